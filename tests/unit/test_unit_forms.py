"""Forms of several units: whose each is, forms of other years, and one and the same form given twice."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from assistant.desk import Desk, open_desk
from assistant.errors import InputError
from assistant.intake.ledger_year import year_of_name
from assistant.intake.source_year import YearQuestion, year_question
from assistant.intake.unit_forms import unit_of
from assistant.intaking import Choice
from assistant.pending import Offer, Pending, read_content

FULL = {"年度": "2025", "适龄青年": "30", "兵役登记": "29", "入伍人数": "2", "大学生入伍": "1"}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = open_desk({"NIGAO_DATABASE_URL": f"sqlite:///{tmp_path / 'nigao.db'}"})
    yield opened
    opened.close()


@pytest.fixture
def doc(desk: Desk) -> str:
    made = desk.create("armed-forces-work", "work-a").id
    desk.set_facts(made, {"年度": "2025", "单位简称": "清河镇"})
    return made


def form(desk: Desk, by: str = "", **facts: str) -> bytes:
    made = desk.create("armed-forces-work", "work-a").id
    desk.set_facts(made, {**FULL, **facts})
    book = openpyxl.load_workbook(io.BytesIO(desk.form_file(made)))
    if by:
        book["征兵工作"]["B2"] = by
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def begun(desk: Desk, doc: str, *files: tuple[str, bytes]) -> Pending:
    return desk.pending(desk.report(doc), desk.begin(doc, files)[0])


def offer(desk: Desk, doc: str, pending: Pending, label: str) -> Offer:
    report = desk.report(doc)
    again = desk.pending(report, pending.id)
    return next(one for one in desk.offers(report, again) if one.proposal.label == label)


@pytest.mark.parametrize(
    "stem",
    ["柳林村", "柳林村(1)",
     "柳林村 - 副本", "柳林村 - 副本 (2)", "柳林村2025年度事实表（已填）", "柳林村_v2", "副本柳林村",
     "柳林村-最新版", "柳林村（新）", "柳林村20251205", "2025年柳林村"],
)  # fmt: skip
def test_the_unit_by_the_files_name(stem: str) -> None:
    assert unit_of(f"{stem}.xlsx") == "柳林村"


@pytest.mark.parametrize("file", ["建新.xlsx", "土改.xlsx", "三十里铺.xlsx", "表.xlsx", "2025.xlsx", "村1.xlsx"])
def test_names_that_stay_whole(file: str) -> None:
    assert unit_of(file) == file.removesuffix(".xlsx")


def test_a_form_of_last_year_is_asked_about(desk: Desk, doc: str) -> None:
    pending = begun(desk, doc, ("石桥村.xlsx", form(desk, 年度="2024")))
    assert year_question(pending.extraction, desk.report(doc).sheet) == YearQuestion(2024, 2025)
    assert not any(one.certain for one in desk.offers(desk.report(doc), pending))
    desk.aim(pending.id, "last_year")
    one = offer(desk, doc, pending, "入伍人数")
    desk.accept(doc, pending.id, [Choice(one.number, one.proposal.here)])
    fact = desk.report(doc).sheet.fact("入伍人数")
    assert (fact.value, fact.last_year) == (None, 2)


def test_the_year_may_stand_in_the_files_name_alone(desk: Desk, doc: str) -> None:
    pending = begun(desk, doc, ("石桥村2024年事实表.xlsx", form(desk, 年度="")))
    assert year_question(pending.extraction, desk.report(doc).sheet) == YearQuestion(2024, 2025)


def test_forms_that_are_all_last_years_are_asked_about(desk: Desk, doc: str) -> None:
    files = [(f"{who}.xlsx", form(desk, 年度="2024", 入伍人数=count)) for who, count in (("甲村", "3"), ("乙村", "4"))]
    pending = begun(desk, doc, *files)
    assert year_question(pending.extraction, desk.report(doc).sheet) == YearQuestion(2024, 2025)
    assert pending.came == ("甲村", "乙村")


def test_a_form_of_another_year_among_others_is_left_out_until_a_person_says_so(desk: Desk, doc: str) -> None:
    given = (("甲村", "2025", "3"), ("乙村", "2024", "40"), ("丙村", "2025", "5"))
    files = [(f"{who}.xlsx", form(desk, 年度=year, 入伍人数=count)) for who, year, count in given]
    pending = begun(desk, doc, *files)
    report = desk.report(doc)
    assert (offer(desk, doc, pending, "入伍人数").proposal.found_text, pending.came) == ("8人", ("甲村", "丙村"))
    assert offer(desk, doc, pending, "入伍人数").certain
    assert desk.form_remarks(report, pending) == {1: "“乙村.xlsx”是 2024 年的表"}
    desk.count_form(report, pending.id, 1, True)
    assert offer(desk, doc, pending, "入伍人数").proposal.found_text == "48人"
    assert year_question(desk.pending(report, pending.id).extraction, report.sheet) is None


@pytest.mark.parametrize(
    ("stem", "year"),
    [("柳林村2024年", 2024), ("柳林村20260105", 2025), ("柳林村2026年1月5日", 2025), ("柳林村2025年 2026.1.5", 2025),
     ("柳林村20251205", 2025), ("柳林村2024年2025年", None), ("柳林村", None)],
)  # fmt: skip
def test_the_day_in_a_files_name_is_not_the_year_that_it_is_about(stem: str, year: int | None) -> None:
    assert year_of_name(f"{stem}.xlsx") == year


def test_a_form_that_came_in_january_counts_for_the_year_before(desk: Desk, doc: str) -> None:
    given = (("柳林村20260105", "3"), ("石桥村2025年", "4"))
    pending = begun(desk, doc, *((f"{stem}.xlsx", form(desk, 年度="", 入伍人数=count)) for stem, count in given))
    assert (offer(desk, doc, pending, "入伍人数").proposal.found_text, pending.came) == ("7人", ("柳林村", "石桥村"))


def test_one_form_of_last_year_says_nothing_of_those_without_a_year(desk: Desk, doc: str) -> None:
    given = (("甲村", "2024", "5"), ("乙村", "", "6"), ("丙村", "", "7"))
    files = [(f"{who}.xlsx", form(desk, 年度=year, 入伍人数=count)) for who, year, count in given]
    pending = begun(desk, doc, *files)
    report = desk.report(doc)
    assert (offer(desk, doc, pending, "入伍人数").proposal.found_text, pending.came) == ("13人", ("乙村", "丙村"))
    assert desk.form_remarks(report, pending) == {0: "“甲村.xlsx”是 2024 年的表"}
    desk.count_form(report, pending.id, 0, True)
    assert year_question(desk.pending(report, pending.id).extraction, report.sheet) is None


def test_one_unit_twice_is_never_summed_unseen(desk: Desk, doc: str) -> None:
    other = ("石桥村.xlsx", form(desk, 入伍人数="5"))
    pending = begun(desk, doc, ("柳林村.xlsx", form(desk)), ("柳林村(1).xlsx", form(desk, 入伍人数="3")), other)
    report = desk.report(doc)
    one = offer(desk, doc, pending, "入伍人数")
    assert (one.proposal.found_text, one.certain) == ("10人", False)
    assert "“柳林村”交了两份" in one.proposal.doubt
    assert list(desk.form_remarks(report, pending)) == [0, 1]
    desk.count_form(report, pending.id, 0, False)
    one = offer(desk, doc, pending, "入伍人数")
    assert (one.proposal.found_text, one.certain) == ("8人", True)


def test_a_second_copy_of_the_same_form_does_not_count(desk: Desk, doc: str) -> None:
    same = form(desk)
    pending = begun(
        desk, doc, ("柳林村.xlsx", same), ("柳林村(1).xlsx", same), ("石桥村.xlsx", form(desk, 入伍人数="5"))
    )
    one = offer(desk, doc, pending, "入伍人数")
    assert (one.proposal.found_text, one.certain) == ("7人", True)
    assert desk.form_remarks(desk.report(doc), pending)[1] == "“柳林村(1).xlsx”和“柳林村.xlsx”填的一样"


def test_the_same_under_two_names_is_a_doubt(desk: Desk, doc: str) -> None:
    pending = begun(desk, doc, ("柳林村.xlsx", form(desk)), ("石桥村.xlsx", form(desk)))
    assert "填的完全一样" in offer(desk, doc, pending, "入伍人数").proposal.doubt


def test_who_wrote_the_form_goes_before_the_files_name(desk: Desk, doc: str) -> None:
    pending = begun(
        desk, doc, ("事实表(1).xlsx", form(desk, "柳林村")), ("事实表(2).xlsx", form(desk, "石桥村", 入伍人数="3"))
    )  # fmt: skip
    assert pending.came == ("柳林村", "石桥村")
    # A township's name that all were sent out with says nothing.
    pending = begun(
        desk, doc, ("柳林村.xlsx", form(desk, "清河镇")), ("石桥村.xlsx", form(desk, "清河镇", 入伍人数="3"))
    )  # fmt: skip
    assert pending.came == ("柳林村", "石桥村")


def test_files_that_came_back_under_one_name_are_told_apart(desk: Desk, doc: str) -> None:
    files = [(f"清河镇-空白事实表({n}).xlsx", form(desk, 入伍人数=str(n))) for n in (1, 2, 3)]
    pending = begun(desk, doc, *files)
    assert offer(desk, doc, pending, "入伍人数").certain
    assert len(set(pending.came)) == 3


def test_the_last_form_cannot_be_left_out(desk: Desk, doc: str) -> None:
    pending = begun(desk, doc, ("甲村.xlsx", form(desk)), ("乙村.xlsx", form(desk, 入伍人数="3")))
    report = desk.report(doc)
    desk.count_form(report, pending.id, 0, False)
    with pytest.raises(InputError, match="至少要计入一份"):
        desk.count_form(report, pending.id, 1, False)


def test_what_is_kept_of_forms_reads_back(desk: Desk, doc: str) -> None:
    pending = begun(desk, doc, ("甲村.xlsx", form(desk, 入伍人数="")), ("乙村2024.xlsx", form(desk, 年度="2024")))
    assert read_content(pending.content.to_json(), desk.report(doc).sheet.schema) == pending.content


def test_a_share_below_one_percent_is_a_doubt(desk: Desk, doc: str) -> None:
    schema = desk.report(doc).sheet.schema
    label = next(item.label for item in schema.fields if item.type == "percent")
    one = offer(desk, doc, begun(desk, doc, ("甲村.xlsx", form(desk, **{label: "0.35"}))), label)
    assert (one.certain, one.proposal.doubt) == (False, "填的是 0.35%，像是没有写成百分数（35%），请核对")
    whole = offer(desk, doc, begun(desk, doc, ("甲村.xlsx", form(desk, **{label: "35"}))), label)
    assert whole.certain


def test_a_forms_own_name_says_whose_it_is_and_is_no_fact_to_take(desk: Desk, doc: str) -> None:
    own = {"单位简称": "杨家坝村", "自称": "我乡", "落款单位": "杨家坝村民委员会"}
    other = {"单位简称": "石桥沟村", "入伍人数": "3", "单位全称": "石桥沟村民委员会"}
    pending = begun(desk, doc, ("甲上报.xlsx", form(desk, **own)), ("乙上报.xlsx", form(desk, **other)))
    assert pending.came == ("杨家坝村", "石桥沟村")
    labels = {one.proposal.label for one in desk.offers(desk.report(doc), pending)}
    assert "入伍人数" in labels
    assert not labels & {"单位简称", "单位全称", "自称", "落款单位"}


def test_a_name_that_was_copied_along_is_not_whose_form_it_is(desk: Desk, doc: str) -> None:
    forms = [
        (f"{village}.xlsx", form(desk, 单位简称=name, 入伍人数=count))
        for village, name, count in (
            ("石桥沟村", "石桥沟村", "3"),
            ("杨家坝村", "石桥沟村", "1"),
            ("大湾村", "清河镇", "2"),
        )
    ]
    assert begun(desk, doc, *forms).came == ("石桥沟村", "杨家坝村", "大湾村")


def test_a_sum_to_which_a_unit_gave_nothing_is_in_doubt(desk: Desk, doc: str) -> None:
    pending = begun(
        desk, doc, ("甲村.xlsx", form(desk, 慰问金总额="2500", 信访举报="0")),
        ("乙村.xlsx", form(desk, 信访举报="0", 入伍人数="3")),
    )  # fmt: skip
    told = offer(desk, doc, pending, "慰问金总额")
    assert (told.certain, told.proposal.doubt) == (False, "乙村没有填")
    assert offer(desk, doc, pending, "信访举报").certain
    assert offer(desk, doc, pending, "入伍人数").certain
