"""Every file that we hand over, with all options on, stands in the order that Word insists on."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree
from schema_order import W, faults
from test_conformance import EXAMPLES, dressed

from assistant.copies import ReviewOptions, redline_copy, review_copy
from assistant.desk import Desk, open_desk
from assistant.document.profile import load_profile
from assistant.exporting import Paper, export_report
from assistant.facts.sheet import FactSheet
from assistant.fittings import Fittings
from assistant.reports.report import Report

COUNTY = """\
based_on: gbt9704-2012
name: 某县
page_number:
  odd_even: {value: false}
styles:
  page_number:
    align: {value: center}
"""
MET = {
    *("pPr.pBdr", "pPr.tabs", "pPr.pageBreakBefore", "pPr.keepNext", "pPr.rPr", "pPr.outlineLvl", "tblPr.tblpPr"),
    *(
        "rPr.highlight",
        "rPr.ins",
        "rPr.del",
        "rPr.rStyle",
        "trPr.tblHeader",
        "trPr.ins",
        "tcPr.tcBorders",
        "sectPr.docGrid",
    ),
    *("p.commentRangeStart", "r.commentReference", "del.r", "ins.r", "r.delText", "r.noBreakHyphen", "p.bookmarkStart"),
    *("comment.p", "settings.noLineBreaksAfter", "compat.compatSetting", "font.altName", "style.uiPriority"),
}
"""What the files must have shown, so that no order is held over nothing."""


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Name → file: each sample, plain in one layout and with everything around it in two, as each of the copies."""
    folder = tmp_path_factory.mktemp("order")
    (folder / "county.yaml").write_text(COUNTY, encoding="utf-8")
    made: dict[str, bytes] = {}
    desk = open_desk({"NIGAO_DATABASE_URL": f"sqlite:///{folder / 'a.db'}"})
    try:
        for sheet in EXAMPLES:
            doc = desk.create_from_example(sheet.name).id
            desk.draft_all(doc)
            assert desk.wait(doc, 90)
            before = desk.report(doc)
            first = before.written[0]
            text = f"{first.text}\n另有{{{{没有的事实}}}}，值班电话0515-8888，共30 km。\n99人"
            desk.edit(doc, first.key, text, first.revision)
            report = shortened(desk.report(doc))
            tables = tuple((one.key, label) for one, label in desk.table_facts(report))
            for layout, fittings in (
                ("gbt9704-2012-compensated", Fittings()),
                ("gbt9704-2012", dressed(tables)),
                (str(folder / "county.yaml"), dressed(tables)),
            ):
                made |= copies(desk, report, before, fittings, layout, f"{sheet.stem} {Path(layout).stem}")
    finally:
        desk.close()
    return made


def shortened(report: Report) -> Report:
    """Without the last row of each table, so that a 花脸稿 has rows that come or go."""
    facts = {
        label: replace(fact, value=fact.value[:-1])
        for label, fact in report.sheet.facts.items()
        if isinstance(fact.value, tuple) and len(fact.value) > 1
    }
    return replace(report, sheet=FactSheet(report.sheet.schema, {**report.sheet.facts, **facts}))


def copies(desk: Desk, report: Report, before: Report, fittings: Fittings, layout: str, name: str) -> dict[str, bytes]:
    path = Path(layout)
    profile = load_profile(path.stem, path.parent) if path.suffix else load_profile(layout)
    paper = Paper(profile, fittings.options)
    asked = ReviewOptions(hints=True, sources=True)
    return {
        f"{name} 正式稿": export_report(before, "x", final=True, profile=profile, options=fittings.options).data,
        f"{name} 送审稿": review_copy(report, "x", desk.findings(report), asked, paper=paper).data,
        f"{name} 花脸稿": redline_copy(before, report, "x", "李部长", paper=paper).data,
        f"{name} 花脸稿 backwards": redline_copy(report, before, "x", paper=paper).data,
    }


def test_children_ids_relations_and_types(files: dict[str, bytes]) -> None:
    seen: set[str] = set()
    assert {name: told for name, data in files.items() if (told := faults(data, seen))} == {}
    assert len(files) == len(EXAMPLES) * 3 * 4
    assert MET - seen == set()


def spoilt(data: bytes, part: str, old: str, new: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            text = source.read(name)
            if name == part:
                assert old.encode() in text
                text = text.replace(old.encode(), new.encode())
            target.writestr(name, text)
    return out.getvalue()


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        ("word/styles.xml", '<w:widowControl w:val="0" /><w:snapToGrid', '<w:snapToGrid w:val="0" /><w:widowControl'),
        ("word/settings.xml", "<w:characterSpacingControl", "<w:footnotePr /><w:characterSpacingControl"),
        ("word/document.xml", '<w:jc w:val="center"', '<w:jc w:val="middle"'),
        ("word/document.xml", 'w:header="851"', 'w:header="851.5"'),
        ("word/document.xml", "<w:pgSz", "<w:docGrid /><w:pgSz"),
        ("word/comments.xml", 'w:id="1"', 'w:id="0"'),
        ("word/document.xml", "w:commentReference w:id", "w:commentReference w:other"),
        ("word/document.xml", '<w:bookmarkEnd w:id="9', '<w:bookmarkEnd w:id="8'),
        ("[Content_Types].xml", "/word/comments.xml", "/word/comment.xml"),
        ("word/_rels/document.xml.rels", 'Target="comments.xml"', 'Target="comment.xml"'),
        ("word/document.xml", 'w:val="GwBody"', 'w:val="GwBodi"'),
    ],
)
def test_what_word_would_refuse_is_seen(files: dict[str, bytes], part: str, old: str, new: str) -> None:
    good = next(data for name, data in files.items() if name.endswith(" gbt9704-2012 送审稿"))
    assert faults(spoilt(good, part, old, new))


def test_deleted_words_outside_a_deletion_are_seen(files: dict[str, bytes]) -> None:
    good = next(data for name, data in files.items() if name.endswith("花脸稿 backwards"))
    assert faults(spoilt(good, "word/document.xml", "w:delText", "w:t"))
    document = etree.fromstring(zipfile.ZipFile(io.BytesIO(good)).read("word/document.xml"))
    assert list(document.iter(f"{{{W}}}delText"))
