"""版头、附件和版记 as a person types them and as they are printed."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from test_embedded import LIBRARY, TYPE, example, report_of

from assistant.checks.enclosed import enclosure_findings
from assistant.checks.report import check_report
from assistant.document.content import Paragraph, Role
from assistant.document.plain import paragraphs_of
from assistant.errors import InputError
from assistant.fittings import Enclosure, Fittings, checked, read_fittings, renamed
from assistant.reports.report import Report
from assistant.reports.types import Length


def test_attachments_kept_by_an_older_version_are_titles_alone() -> None:
    kept = read_fittings(json.dumps({"attachments": ["征兵工作台账", "民兵整组情况表"]}))
    assert kept.attachments == (Enclosure(title="征兵工作台账"), Enclosure(title="民兵整组情况表"))
    assert read_fittings(kept.model_dump_json()) == kept
    assert [item.blocks for item in kept.options.attachments] == [(), ()]


def test_a_title_that_stays_keeps_what_it_holds_wherever_it_goes() -> None:
    kept = (
        Enclosure(title="甲", text="甲的正文"),
        Enclosure(title="乙", table="民兵分队"),
        Enclosure(title="丙", text="丙"),
    )
    assert renamed(kept, ["1.丙。", "", "甲"]) == (kept[2], kept[0])
    assert renamed(kept, ["甲表", "乙", "丙", "丁"]) == (
        Enclosure(title="甲表", text="甲的正文"),
        *kept[1:],
        Enclosure(title="丁"),
    )
    assert renamed(kept, []) == ()


@pytest.mark.parametrize(("typed", "printed"), [("12", "000012"), (" ００００１２ ", "000012"), ("", "")])
def test_a_copy_number_has_six_digits(typed: str, printed: str) -> None:
    assert checked(Fittings(copy_number=typed)).copy_number == printed


@pytest.mark.parametrize("typed", ["1234567", "第3份", "0", "-1", "²"])
def test_what_is_no_copy_number_is_told(typed: str) -> None:
    with pytest.raises(InputError, match="份号"):
        checked(Fittings(copy_number=typed))


def test_text_of_an_attachment_needs_a_title_and_has_an_end() -> None:
    with pytest.raises(InputError, match="没有名称"):
        checked(Fittings(attachments=(Enclosure(title=" 1. ", text="正文"),)))
    with pytest.raises(InputError, match="太长"):
        checked(Fittings(attachments=(Enclosure(title="台账", text="字" * 20_001),)))
    with pytest.raises(InputError, match="太多"):
        checked(Fittings(attachments=(Enclosure(title="台账"),) * 31))
    made = checked(Fittings(attachments=(Enclosure(title="附件1：台账。", text=" 第一段。\n\n\t第二段。"),)))
    assert made.attachments == (Enclosure(title="台账", text="第一段。\n第二段。"),)


def test_lines_of_an_attachment_are_headings_by_how_they_open() -> None:
    typed = "一、组织领导\n（一）抓班子。每季度研究一次。\n1.压实责任\n（1）明确分工；\n一是抓学习。\n二、经费，"
    assert [item.role for item in paragraphs_of(typed)] == [
        *(Role.HEADING1, Role.RUNIN2, Role.HEADING3, Role.BODY, Role.BODY, Role.BODY),
    ]
    assert paragraphs_of(" \n　　首段。\n") == (Paragraph.of("首段。"),)


def _with_text(texts: dict[str, str]) -> Report:
    _, report = report_of("duty-c", example("duty-c"), Length.NORMAL)
    return replace(report, sections=tuple(replace(one, text=texts.get(one.key, "")) for one in report.sections))


@pytest.mark.parametrize(
    ("told", "tables", "mention"),
    [
        ("基干民兵编为{{民兵分队}}^。点验{{点验次数}}。", ("民兵分队",), "（详见附件）"),
        ("实有{{民兵分队合计人数}}，整组完成^。", ("", "民兵分队"), "（详见附件2）"),
        ("应急排{{民兵分队.应急排.实有人数}}；其余到位^。", ("民兵分队",), "（详见附件）"),
        ("整组完成^", ("民兵分队",), "（详见附件）"),
        ("基干民兵编为{{民兵分队}}（见附件）。", ("民兵分队",), ""),
        ("基干民兵编为{{民兵分队}}。", ("",), ""),
    ],
)
def test_a_table_in_an_attachment_is_referred_to_where_it_is_told(
    told: str, tables: tuple[str, ...], mention: str
) -> None:
    text, written = told.replace("^", ""), told.replace("^", mention)
    found = enclosure_findings(_with_text({"militia-reorganisation": text}), tables)
    if not mention:
        assert found == []
        return
    [finding] = found
    assert finding.fix is not None
    made = text[: finding.fix.start] + finding.fix.after + text[finding.fix.end :]
    assert (finding.section_key, made) == ("militia-reorganisation", written)
    mended = _with_text({"militia-reorganisation": made})
    assert enclosure_findings(mended, tables) == []
    numbers = [one for one in check_report(mended, LIBRARY.get(TYPE)) if one.kind == "number"]
    assert numbers == [], "the number of an attachment needs no fact"


@pytest.mark.parametrize(("count", "there"), [(0, "没有附件"), (1, "只有 1 个附件")])
def test_an_attachment_that_is_not_there_is_told(count: int, there: str) -> None:
    report = _with_text({"opening": "整组情况见附件2，台账附件3份。"})
    [finding] = enclosure_findings(report, ("",) * count)
    assert finding.excerpt == "附件2"
    assert there in finding.message
