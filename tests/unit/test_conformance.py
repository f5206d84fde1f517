"""The conformance checker: good files of any maker pass, planted faults are told, bad files are refused or survived."""

from __future__ import annotations

import ast
import contextlib
import datetime
import io
import json
import os
import random
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from format_faults import FAULTS, Fault
from format_samples import BYLINE, FULL, GOOD, PLAIN, made, part, repacked
from lxml import etree

from assistant.cli import main
from assistant.copies import ReviewOptions
from assistant.desk import open_desk
from assistant.document import conformance
from assistant.document.conformance import conformance_findings
from assistant.document.conformance.numbering import from_hanzi, hanzi
from assistant.document.content import Paragraph
from assistant.document.profile import load_profile
from assistant.errors import DocumentInputError
from assistant.fittings import Enclosure, Fittings

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = sorted((ROOT / "examples").glob("*.yaml"))


@pytest.mark.parametrize("name", GOOD)
def test_good_files_raise_no_alarm(name: str) -> None:
    found = conformance_findings(GOOD[name]())
    assert [one.sentence for one in found if one.severity != "hint"] == []
    if name.startswith("ours"):
        assert found == []


@pytest.mark.parametrize("content", [PLAIN, FULL, BYLINE], ids=["plain", "full", "byline"])
def test_our_file_of_the_compensated_profile(content) -> None:
    name = "gbt9704-2012-compensated"
    assert conformance_findings(made(content, name), load_profile(name)) == []
    # By the standard's own margins it stands out.
    assert {one.rule for one in conformance_findings(made(content, name))} >= {"page.margin"}


@pytest.mark.parametrize(
    "change",
    [
        {"signature": None, "date": None},
        {"signature": "平安镇", "date": None, "note": "联系人：李文书，电话：12345678"},
        {"signature": "清河镇人民政府\n清河镇人民武装部"},
        {"signature": "中国共产党江口区清河街道工作委员会党政综合办公室党建办"},
        {"signature": "中国共产党江口区清河街道工作委员会", "sealed": True},
        {"signature": "张三", "sealed": True},
        {"signature": "述职人：张建国", "addressee": None, "title": "述职报告"},
        {"addressee": "江口区委、区政府，区人武部，区委办公室、区政府办公室，区纪委监委、区委组织部、区委宣传部"},
        {"title": "工作总结"},
        {
            "paragraphs": (
                Paragraph.of("第一，抓好训练。"),
                Paragraph.of("3名同志立功，投入3.5万元。"),
                Paragraph.of("12.5%。"),
            )
        },
    ],
    ids=lambda change: "、".join(change),
)
def test_other_papers_of_ours_raise_no_alarm(change) -> None:
    assert conformance_findings(made(replace(PLAIN, **change))) == []


def _split(xml: str) -> str:
    """Every character a run of its own, as Word leaves a text that was much edited."""
    run = '<w:r><w:rPr><w:rFonts w:hint="eastAsia" /></w:rPr>'
    return re.sub(
        f"{run}<w:t>([^<]+)</w:t></w:r>",
        lambda match: "".join(f'{run}<w:t xml:space="preserve">{char}</w:t></w:r>' for char in match.group(1)),
        xml,
    )


@pytest.mark.parametrize(
    "change",
    [
        _split,
        lambda xml: xml.replace("<w:body>", "<w:body><w:sdt><w:sdtContent>").replace(
            "<w:sectPr>", "</w:sdtContent></w:sdt><w:sectPr>"
        ),
        lambda xml: xml.replace("<w:sectPr>", "<w:p/><w:p/><w:sectPr>"),
        lambda xml: xml.replace("<w:t>特此", "<w:lastRenderedPageBreak/><w:t>特此"),
    ],
    ids=["single characters", "content control", "empty lines at the end", "marks of a renderer"],
)
def test_traces_of_other_programs_are_no_fault(change) -> None:
    good = made(PLAIN)
    old = part(good, "word/document.xml")
    assert change(old) != old
    assert conformance_findings(repacked(good, {"word/document.xml": change(old)})) == []


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_planted_fault_is_told(fault: Fault) -> None:
    found = [one for one in conformance_findings(fault.planted()) if one.rule.startswith(fault.rule)]
    assert found
    assert all(one.expected and one.found and one.where for one in found)
    assert {one.severity for one in found} == {
        {"规定": "error", "一般": "warning", "推荐": "warning", "实务": "hint"}[one.strength] for one in found
    }
    # What the standard does not say is never said in its name.
    assert all(one.clause or one.strength == "实务" for one in found)


def test_a_finding_names_its_paragraph() -> None:
    fault = next(one for one in FAULTS if one.name == "half-width comma")
    (found,) = conformance_findings(fault.planted())
    paragraph = docx.Document(io.BytesIO(fault.planted())).paragraphs[found.paragraph - 1]
    assert "议事日程," in paragraph.text
    assert paragraph.text.startswith(found.where.rstrip("…"))


def test_one_fault_in_many_paragraphs_is_one_finding() -> None:
    fault = next(one for one in FAULTS if one.name == "body in 宋体")
    found = [one for one in conformance_findings(fault.planted()) if one.rule == "body.font"]
    assert len(found) == 1
    assert found[0].count > 3


def test_the_checker_shares_no_code_with_the_writer() -> None:
    shared = {"layout", "rules", "opening", "profile"}
    for file in Path(conformance.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            for name in names:
                if name.startswith("assistant.document."):
                    assert name.split(".")[2] in shared | {"conformance"}, f"{file.name} imports {name}"


def test_damaged_xml_ends_in_findings_or_a_refusal() -> None:
    """Elements and attributes taken away or spoilt at random: never a crash."""
    chance = random.Random(9704)
    good = made(FULL)
    for turn in range(150):
        name = chance.choice(["word/document.xml", "word/styles.xml", "word/footer1.xml", "word/settings.xml"])
        root = etree.fromstring(part(good, name).encode())
        nodes = [node for node in root.iter() if node.getparent() is not None]
        for node in chance.sample(nodes, min(len(nodes), 12)):
            if turn % 3 == 0 and node.getparent() is not None:
                node.getparent().remove(node)
            elif node.attrib:
                node.set(
                    chance.choice(list(node.attrib)), chance.choice(["", "-1", "0", "x", "9" * 40, "1e999", "nan"])
                )
        with contextlib.suppress(DocumentInputError):
            conformance_findings(repacked(good, {name: etree.tostring(root)}))


def test_odd_files_are_no_crash(tmp_path: Path) -> None:
    empty = docx.Document()
    empty.save(str(tmp_path / "空.docx"))
    assert {one.rule for one in conformance_findings((tmp_path / "空.docx").read_bytes())} >= {"page.margin"}
    long = docx.Document()
    for _ in range(3000):
        long.add_paragraph("一、" * 30)
    long.save(str(tmp_path / "长.docx"))
    # However long a file is, each fault is told once.
    assert len(conformance_findings((tmp_path / "长.docx").read_bytes())) < 60


@pytest.mark.parametrize("value", range(1, 100))
def test_hanzi_numbers(value: int) -> None:
    assert from_hanzi(hanzi(value)) == value


_SAVED = ("ours, plain", "ours, everything", "ours, with a byline", "python-docx, direct formatting")


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Good files as LibreOffice saves them: one start for all."""
    if shutil.which("soffice") is None:
        if os.environ.get("CI") == "true":
            pytest.fail("soffice not installed")
        pytest.skip("soffice not installed")
    folder = tmp_path_factory.mktemp("saved")
    for name in _SAVED:
        (folder / f"{name}.docx").write_bytes(GOOD[name]())
    home = f"-env:UserInstallation={(folder / 'office').as_uri()}"
    command = ["soffice", home, "--headless", "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(folder / "b")]
    files = [str(folder / f"{name}.docx") for name in _SAVED]
    subprocess.run([*command, *files], check=True, timeout=180, capture_output=True)
    return {name: (folder / "b" / f"{name}.docx").read_bytes() for name in _SAVED}


@pytest.mark.pdf
@pytest.mark.parametrize("name", _SAVED)
def test_saved_again_by_libreoffice_it_is_still_good(name: str, saved: dict[str, bytes]) -> None:
    """Another program writes other styles, other properties and other parts for the same look."""
    assert saved[name] != GOOD[name]()
    assert [one.sentence for one in conformance_findings(saved[name]) if one.severity != "hint"] == []


# ---- the command, and the whole way


@pytest.mark.parametrize("sheet", EXAMPLES, ids=lambda path: path.stem)
def test_what_a_draft_writes_passes(sheet: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "a.docx"
    assert main(["draft", str(sheet), "-o", str(file), "--engine", "embedded"]) in (0, 1)
    capsys.readouterr()
    assert main(["format-check", str(file), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)["findings"]
    assert [one for one in told if one["severity"] != "hint"] == []


@pytest.mark.parametrize("profile", ["gbt9704-2012", "gbt9704-2012-compensated"])
@pytest.mark.parametrize("sheet", EXAMPLES, ids=lambda path: path.stem)
def test_every_copy_of_a_dressed_report_passes(sheet: Path, profile: str, tmp_path: Path) -> None:
    desk = open_desk({"NIGAO_DATABASE_URL": f"sqlite:///{tmp_path / 'a.db'}"})
    try:
        doc = desk.create_from_example(sheet.name).id
        desk.draft_all(doc)
        assert desk.wait(doc, 90)
        desk.keep_milestone(doc, "初稿")
        first = desk.report(doc).written[0]
        desk.edit(doc, first.key, f"{first.text}\n补充一段，成效明显。", first.revision)
        report = desk.report(doc)
        desk.use_layout(profile)
        desk.put_fittings(doc, dressed(tuple((one.key, label) for one, label in desk.table_facts(report))))
        moment = next(one for one in desk.moments(report) if one.name == "初稿")
        files = {
            "送审稿": desk.review_copy(report, ReviewOptions(hints=True, sources=True)),
            "正式稿": desk.export(report, final=False),
            "花脸稿": desk.redline(report, moment),
        }
    finally:
        desk.close()
    for name, file in files.items():
        told = conformance_findings(file.data, load_profile(profile))
        assert [one.sentence for one in told if one.rule not in ("text.comments", "text.revisions")] == [], name


def dressed(tables: tuple[tuple[str, str], ...]) -> Fittings:
    return Fittings(
        sealed=True, head=True, mark="中共清河镇委员会文件", number="清党〔2026〕5号", signers=("张建国", "李明"),
        urgency="特急", copy_number="000012", note="联系人：李文书，电话：12345678",
        attachments=(Enclosure(title="民兵组织情况表"), Enclosure(title="说明", text="一、来由\n说明如下。")),
        copies=("区人武部", "区委办公室"), printer="清河镇党政综合办公室", printed=datetime.date(2026, 1, 6),
        tables=tables,
    )  # fmt: skip


def test_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "坏.docx"
    file.write_bytes(next(one for one in FAULTS if one.name == "top margin 30 mm").planted())
    assert main(["format-check", str(file)]) == 1
    out = capsys.readouterr().out
    assert "天头（上边距）37.0mm" in out
    assert "5.2.1" in out
    assert main(["format-check", str(file), "--json"]) == 1
    (found,) = json.loads(capsys.readouterr().out)["findings"]
    keys = {"rule", "clause", "strength", "severity", "expected", "found", "paragraph", "where"}
    assert keys <= set(found)
    assert (found["rule"], found["clause"], found["strength"], found["severity"]) == (
        *("page.margin", "5.2.1", "规定", "error"),
    )
    assert main(["format-check", str(tmp_path / "没有.docx")]) == 2
    file.write_bytes(b"PK")
    assert main(["format-check", str(file)]) == 2
    file.write_bytes(made(PLAIN))
    assert main(["format-check", str(file), "--profile", "没有"]) == 2
    county = tmp_path / "county.yaml"
    county.write_text(
        "based_on: gbt9704-2012\nname: 某县\npage:\n  top: {value: 40}\n  bottom: {value: 32}\n", encoding="utf-8"
    )
    capsys.readouterr()
    assert main(["format-check", str(file), "--profile", str(county)]) == 1
    assert "某县" in capsys.readouterr().out
