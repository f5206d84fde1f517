"""Facts out of a person's own files: what is offered, what is taken, and what never is by itself."""

from __future__ import annotations

import asyncio
import io
import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from docx import Document

from assistant import model_reading
from assistant.checks.leftovers_passages import PassageFinding
from assistant.desk import Desk, open_desk
from assistant.drafting.extraction import Told, ToldFact
from assistant.drafting.leaving import Gate
from assistant.drafting.settings import EndpointSettings, SendValues
from assistant.errors import (
    ConfigurationError,
    ConsentNeeded,
    EndpointUnreachable,
    InputError,
    NigaoError,
    NotFound,
    SheetError,
)
from assistant.intake.ledger import LedgerMapping
from assistant.intake.ledger_expected import Reporting
from assistant.intake.source_year import YearQuestion, year_question
from assistant.intaking import Choice
from assistant.pending import Offer, Pending, read_content
from assistant.reports.report import Report

TEXT = """青枫镇2025年党管武装工作情况报告
区委、区人武部：
2025年，全镇适龄青年412人，完成兵役登记410人，最终批准入伍15名，去年为13名。印发宣传资料4500余份。
应急排编制30人、实有30人，民兵干部3人。
"""
OLD = TEXT.replace("2025", "2024")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = open_desk({"NIGAO_DATABASE_URL": f"sqlite:///{tmp_path / 'nigao.db'}"})
    yield opened
    opened.close()


@pytest.fixture
def report_id(desk: Desk) -> str:
    made = desk.create("armed-forces-work", "work-a").id
    desk.set_fact(made, "年度", "2025")
    return made


def docx(text: str) -> bytes:
    document = Document()
    for line in text.splitlines():
        document.add_paragraph(line)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def xlsx(rows: list[list[object]]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


LEDGER = [["村名", "适龄青年（人）", "兵役登记（人）", "备注说明"], ["柳林村", 30, 28, "无"], ["杨湾村", 41, 41, "无"]]


def begun(desk: Desk, report_id: str, text: str = TEXT) -> tuple[Report, Pending]:
    made = desk.begin(report_id, [("旧稿.docx", docx(text))])[0]
    report = desk.report(report_id)
    return report, desk.pending(report, made)


def offered(desk: Desk, report_id: str, import_id: str, label: str) -> Offer:
    report = desk.report(report_id)
    found = [one for one in desk.offers(report, desk.pending(report, import_id)) if one.proposal.label == label]
    assert len(found) == 1, found
    return found[0]


def take(desk: Desk, report_id: str, import_id: str, *labels: str) -> None:
    found = [offered(desk, report_id, import_id, label) for label in labels]
    desk.accept(report_id, import_id, [Choice(one.number, one.proposal.here) for one in found])


def test_nothing_is_taken_by_reading(desk: Desk, report_id: str) -> None:
    before = desk.report(report_id).sheet
    begun(desk, report_id)
    assert desk.report(report_id).sheet == before


def test_taken_facts_say_where_they_come_from_and_go_back_in_one_step(desk: Desk, report_id: str) -> None:
    _, pending = begun(desk, report_id)
    before = desk.report(report_id).sheet
    take(desk, report_id, pending.id, "入伍人数", "宣传资料", "民兵分队")
    sheet = desk.report(report_id).sheet
    assert (sheet.fact("入伍人数").value, sheet.fact("入伍人数").last_year) == (15, 13)
    assert "旧稿.docx" in sheet.fact("入伍人数").source
    assert "批准入伍15名" in sheet.fact("入伍人数").source
    assert (sheet.fact("宣传资料").value, sheet.fact("宣传资料").approximate) == (4500, "余")
    assert sheet.value("民兵分队") == ({"名称": "应急排", "编制人数": 30, "实有人数": 30, "民兵干部": 3},)
    assert offered(desk, report_id, pending.id, "入伍人数").settled
    step = desk.fact_ways(report_id).undo
    assert step is not None
    assert (step.origin.name_shown, len(step.changes)) == ("导入", 3)
    desk.undo_facts(report_id, step.number)
    assert desk.report(report_id).sheet == before
    assert offered(desk, report_id, pending.id, "入伍人数").open


def test_a_review_outlives_the_program(desk: Desk, report_id: str) -> None:
    _, pending = begun(desk, report_id)
    number = offered(desk, report_id, pending.id, "宣传资料").number
    desk.refuse(pending.id, number)
    desk.edit_find(desk.report(report_id), pending.id, offered(desk, report_id, pending.id, "入伍人数").number, "16人")
    again = open_desk({"NIGAO_DATABASE_URL": str(desk.store.database.url)})
    try:
        assert offered(again, report_id, pending.id, "宣传资料").refused
        assert offered(again, report_id, pending.id, "入伍人数").proposal.found_text == "16人"
        assert (
            again.pending(again.report(report_id), pending.id).content
            == desk.pending(desk.report(report_id), pending.id).content
        )
    finally:
        again.close()


def test_an_edit_is_taken_in_the_place_of_what_was_found(desk: Desk, report_id: str) -> None:
    report, pending = begun(desk, report_id)
    desk.edit_find(report, pending.id, offered(desk, report_id, pending.id, "宣传资料").number, "近5000份")
    take(desk, report_id, pending.id, "宣传资料")
    fact = desk.report(report_id).sheet.fact("宣传资料")
    assert (fact.value, fact.approximate) == (5000, "近")
    assert "改过" in fact.source
    row = offered(desk, report_id, pending.id, "民兵分队").number
    desk.edit_find(report, pending.id, row, {"名称": "应急排", "编制人数": "30人", "实有人数": "29"})
    take(desk, report_id, pending.id, "民兵分队")
    assert desk.report(report_id).sheet.value("民兵分队") == ({"名称": "应急排", "编制人数": 30, "实有人数": 29},)


@pytest.mark.parametrize("typed", ["十几个吧", "", "-3", "50-45", "45－50", "3～5名", "12至15人"])
def test_an_edit_that_cannot_be_read_changes_nothing(desk: Desk, report_id: str, typed: str) -> None:
    report, pending = begun(desk, report_id)
    offer = offered(desk, report_id, pending.id, "入伍人数")
    with pytest.raises(InputError):
        desk.edit_find(report, pending.id, offer.number, typed)
    assert offered(desk, report_id, pending.id, "入伍人数") == offer


def test_a_conflict_is_never_certain_and_taken_only_on_its_own(desk: Desk, report_id: str) -> None:
    desk.set_fact(report_id, "入伍人数", "12")
    _, pending = begun(desk, report_id)
    offer = offered(desk, report_id, pending.id, "入伍人数")
    assert (offer.proposal.state, offer.proposal.here, offer.certain) == ("conflict", "12人", False)
    take(desk, report_id, pending.id, "入伍人数")
    assert desk.report(report_id).sheet.value("入伍人数") == 15


def test_another_figure_of_last_year_is_decided_on_its_own(desk: Desk, report_id: str) -> None:
    desk.set_fact(report_id, "入伍人数", {"value": None, "last_year": 11})
    report, pending = begun(desk, report_id)

    def both() -> list[Offer]:
        found = desk.offers(desk.report(report_id), desk.pending(report, pending.id))
        return [one for one in found if one.proposal.label == "入伍人数"]

    now, last = both()
    assert (now.proposal.found_text, now.proposal.target, now.certain) == ("15人", "value", True)
    assert (last.proposal.found_text, last.proposal.here, last.proposal.target) == ("13人", "11人", "last_year")
    assert (last.proposal.state, last.certain, last.place) == ("conflict", False, now.number)
    desk.accept(report_id, pending.id, [Choice(now.number, now.proposal.here)])
    assert (desk.report(report_id).sheet.value("入伍人数"), both()[0].settled) == (15, True)
    assert desk.report(report_id).sheet.fact("入伍人数").last_year == 11
    desk.refuse(pending.id, last.number)
    assert [one.refused for one in both()] == [False, True]
    desk.refuse(pending.id, last.number, False)
    desk.edit_find(report, pending.id, last.number, "14")
    desk.accept(report_id, pending.id, [Choice(last.number, "11人")])
    fact = desk.report(report_id).sheet.fact("入伍人数")
    assert (fact.value, fact.last_year) == (15, 14)


def test_last_years_rough_figure_is_no_exact_one(desk: Desk, report_id: str) -> None:
    desk.set_fact(report_id, "宣传资料", {"value": None, "last_year": 2500})
    report, pending = begun(desk, report_id, "2025年，印发宣传资料3000份，去年为近2500份。")
    last = next(one for one in desk.offers(report, pending) if one.proposal.target == "last_year")
    assert (last.proposal.found_text, last.proposal.here, last.proposal.state) == ("近2500份", "2500份", "conflict")
    desk.edit_find(report, pending.id, last.number, "近2600")
    desk.accept(report_id, pending.id, [Choice(last.number, "2500份")])
    assert desk.report(report_id).sheet.fact("宣传资料").last_told == (2600, "近")


def test_a_figure_of_last_year_alone_stays_one_when_it_is_edited(desk: Desk, report_id: str) -> None:
    other = desk.create("armed-forces-work", "work-a").id
    desk.set_facts(other, {"入伍人数": {"last_year": 13}})
    made = desk.begin(report_id, [("表.xlsx", desk.form_file(other))])[0]
    desk.edit_find(desk.report(report_id), made, offered(desk, report_id, made, "入伍人数").number, "14")
    take(desk, report_id, made, "入伍人数")
    fact = desk.report(report_id).sheet.fact("入伍人数")
    assert (fact.value, fact.last_year) == (None, 14)


def test_a_sum_is_worked_out_as_in_the_form(desk: Desk, report_id: str) -> None:
    report, pending = begun(desk, report_id)
    desk.edit_find(report, pending.id, offered(desk, report_id, pending.id, "入伍人数").number, "=22-1")
    row = offered(desk, report_id, pending.id, "民兵分队").number
    desk.edit_find(report, pending.id, row, {"名称": "应急排", "实有人数": "20+9"})
    take(desk, report_id, pending.id, "入伍人数", "民兵分队")
    sheet = desk.report(report_id).sheet
    assert (sheet.value("入伍人数"), sheet.value("民兵分队")) == (21, ({"名称": "应急排", "实有人数": 29},))


def test_what_somebody_wrote_meanwhile_is_not_overwritten(desk: Desk, report_id: str) -> None:
    _, pending = begun(desk, report_id)
    seen = offered(desk, report_id, pending.id, "入伍人数")
    desk.set_fact(report_id, "入伍人数", "14")
    done = desk.accept(report_id, pending.id, [Choice(seen.number, seen.proposal.here)])
    assert (done.taken, done.changed) == ((), ("入伍人数",))
    assert desk.report(report_id).sheet.value("入伍人数") == 14


def test_last_years_report_is_asked_about_and_fills_last_year(desk: Desk, report_id: str) -> None:
    report, pending = begun(desk, report_id, OLD)
    assert year_question(pending.extraction, report.sheet) == YearQuestion(2024, 2025)
    assert not any(one.certain for one in desk.offers(report, pending))
    desk.aim(pending.id, "last_year")
    take(desk, report_id, pending.id, "入伍人数", "适龄青年")
    fact = desk.report(report_id).sheet.fact("入伍人数")
    assert (fact.value, fact.last_year) == (None, 15)
    labels = {one.proposal.label for one in desk.offers(report, desk.pending(report, pending.id))}
    assert "年度" not in labels


def test_last_years_report_may_be_meant_for_this_year(desk: Desk, report_id: str) -> None:
    _, pending = begun(desk, report_id, OLD)
    desk.aim(pending.id, "value")
    take(desk, report_id, pending.id, "入伍人数")
    assert desk.report(report_id).sheet.value("入伍人数") == 15
    year = offered(desk, report_id, pending.id, "年度")
    assert (year.proposal.state, year.certain) == ("conflict", False)


def test_last_years_report_without_a_year_in_the_sheet(desk: Desk) -> None:
    made = desk.create("armed-forces-work", "work-a").id
    report, pending = begun(desk, made, OLD)
    assert year_question(pending.extraction, report.sheet) == YearQuestion(2024, None)
    assert not any(one.certain for one in desk.offers(report, pending))
    desk.aim(pending.id, "last_year")
    take(desk, made, pending.id, "入伍人数")
    assert desk.report(made).sheet.fact("入伍人数").last_year == 15


@pytest.mark.parametrize(
    ("text", "asked", "last"),
    [
        (OLD, YearQuestion(2024, 2025), True),
        (TEXT.replace("2025", "2023"), YearQuestion(2023, 2025), False),
        (TEXT.replace("2025", "2026"), YearQuestion(2026, 2025), False),
        (TEXT.replace("2025年", "") + "党委带头抓武装。" * 50, YearQuestion(None, 2025), False),
        (TEXT, None, False),
        # A message speaks of now.
        ("全镇适龄青年34人，兵役登记34人，批准入伍2人。", None, False),
    ],
)
def test_the_year_is_asked_unless_it_is_surely_the_reports(
    desk: Desk, report_id: str, text: str, asked: YearQuestion | None, last: bool
) -> None:
    report, pending = begun(desk, report_id, text)
    question = year_question(pending.extraction, report.sheet)
    assert question == asked
    assert question is None or question.last_year == last
    assert any(one.certain for one in desk.offers(report, pending)) == (asked is None)


def test_a_ledger_waits_for_its_columns_and_is_remembered(desk: Desk, report_id: str) -> None:
    made = desk.begin(report_id, [("台账.xlsx", xlsx(LEDGER))])[0]
    report = desk.report(report_id)
    pending = desk.pending(report, made)
    assert pending.extraction is None
    (mapping,) = desk.mappings(report, pending)
    assert {choice.fact for choice in mapping.taken} == {"适龄青年", "兵役登记"}
    youth = next(choice for choice in mapping.choices if choice.fact == "适龄青年")
    desk.assign(made, mapping.sheet, youth.key, None)
    desk.confirm_columns(report, made)
    take(desk, report_id, made, "兵役登记")
    sheet = desk.report(report_id).sheet
    assert sheet.value("兵役登记") == 69
    assert "柳林村 28" in sheet.fact("兵役登记").source
    assert sheet.value("适龄青年") is None
    again = desk.begin(report_id, [("台账二.xlsx", xlsx([*LEDGER, ["岭下村", 5, 4, "无"]]))])[0]
    assert offered(desk, report_id, again, "兵役登记").proposal.found_text == "73人"
    desk.reassign(again)
    assert desk.pending(desk.report(report_id), again).extraction is None


def several_years(desk: Desk, report_id: str, first: int, teams: bool = False) -> Pending:
    """A tab for each of three years, with a figure that tells them apart; read by its proposed columns."""
    book, out = openpyxl.Workbook(), io.BytesIO()
    book.remove(book.active)
    for age in range(3):
        tab = book.create_sheet(f"{first + age}年")
        rows: list[list[object]] = [["名称", "编制人数", "实有人数"], [f"{first + age}排", 30, 28], ["通信班", 9, 9]]
        for row in rows if teams else [["项目", "数值"], ["适龄青年", 300 + age], ["入伍人数", 10 + age]]:
            tab.append(row)
    book.save(out)
    (waiting,) = desk.begin(report_id, [("台账.xlsx", out.getvalue())])
    desk.confirm_columns(desk.report(report_id), waiting)
    return desk.pending(desk.report(report_id), waiting)


def placed(desk: Desk, report_id: str, pending: Pending, label: str) -> list[tuple[object, str, str, bool]]:
    """(value, its place in the sheet, doubt, certain) of all finds for a fact."""
    report = desk.report(report_id)
    found = [one for one in desk.offers(report, desk.pending(report, pending.id)) if one.proposal.label == label]
    said = [(one.proposal, one.certain) for one in found]
    return [(one.found.row or one.found.fact.value, one.target, one.doubt, certain) for one, certain in said]


def test_each_tab_of_a_workbook_counts_for_its_own_year(desk: Desk, report_id: str) -> None:
    pending = several_years(desk, report_id, 2023)
    assert year_question(pending.extraction, desk.report(report_id).sheet) is None
    assert placed(desk, report_id, pending, "入伍人数") == [
        (10, "value", "这一处是2023年的数，报告是2025年", False),
        (11, "last_year", "", True),
        (12, "value", "", True),
    ]
    certain = [one for one in desk.offers(desk.report(report_id), pending) if one.certain]
    desk.accept(report_id, pending.id, [Choice(one.number, one.proposal.here) for one in certain])
    fact = desk.report(report_id).sheet.fact("适龄青年")
    assert (fact.value, fact.last_year) == (302, 301)


def test_rows_of_another_years_tab_are_no_rows_of_this_year(desk: Desk, report_id: str) -> None:
    pending = several_years(desk, report_id, 2024, teams=True)
    assert [one[1:] for one in placed(desk, report_id, pending, "民兵分队")] == [
        *[("last_year", "", True)] * 2,
        *[("value", "", True)] * 2,
        *[("value", "这一处是2026年的数，报告是2025年", False)] * 2,
    ]


def test_the_years_of_a_workbook_keep_their_distance_when_a_person_says_its_year(desk: Desk) -> None:
    report_id = desk.create("armed-forces-work", "work-a").id
    pending = several_years(desk, report_id, 2022)
    for year in ("", "2026"):
        if year:
            desk.set_fact(report_id, "年度", year)
        desk.aim(pending.id, "value")
        ages = [(one[0], one[1], bool(one[2])) for one in placed(desk, report_id, pending, "入伍人数")]
        assert ages == [(10, "value", True), (11, "last_year", False), (12, "value", False)]
        desk.aim(pending.id, "last_year")
        ages = [(one[0], one[1], bool(one[2])) for one in placed(desk, report_id, pending, "入伍人数")]
        assert ages == [(10, "value", True), (11, "value", True), (12, "last_year", False)]


def test_the_unit_of_a_column_is_a_persons_to_say_and_remembered(desk: Desk, report_id: str) -> None:
    rows: list[list[object]] = [["村名", "慰问金总额", "兵役登记"], ["柳林村", 0.5, 28], ["杨湾村", "3000元", 41]]
    made = desk.begin(report_id, [("台账.xlsx", xlsx(rows))])[0]
    report = desk.report(report_id)
    (mapping,) = desk.mappings(report, desk.pending(report, made))
    money = next(choice for choice in mapping.choices if choice.fact == "慰问金总额")
    assert "没有写单位" in money.doubt
    with pytest.raises(InputError, match="慰问金总额"):
        desk.confirm_columns(report, made)
    desk.assign(made, mapping.sheet, money.key, money.fact, money.part, "万元")
    desk.confirm_columns(report, made)
    assert offered(desk, report_id, made, "慰问金总额").proposal.found_text == "8000元"
    again = desk.begin(report_id, [("台账二.xlsx", xlsx([*rows, ["岭下村", 0.2, 3]]))])[0]
    assert offered(desk, report_id, again, "慰问金总额").proposal.found_text == "1万元"


def test_a_unit_is_said_of_the_column_that_was_read_then(desk: Desk, report_id: str) -> None:
    data = xlsx([["项目", "镇级", "区级（元）"], ["慰问金总额", 5, 48000], ["器材装备投入", 6, 50000]])
    made = desk.begin(report_id, [("台账.xlsx", data)])[0]

    def read_now() -> LedgerMapping:
        (mapping,) = desk.mappings(desk.report(report_id), desk.pending(desk.report(report_id), made))
        return mapping

    def chosen(column: int) -> LedgerMapping:
        desk.choose_column(made, read_now(), column)
        return read_now()

    desk.assign(made, "Sheet", read_now().choices[1].key, "慰问金总额")
    money = chosen(2).taken[0]
    assert [one.fact for one in chosen(2).taken] == ["慰问金总额"] * 2, "what a label is stays, whatever column is read"
    desk.assign(made, "Sheet", read_now().choices[1].key, "器材装备投入")
    assert money.unit_asked
    desk.assign(made, "Sheet", money.key, money.fact, "", "万元")
    assert chosen(3).taken[0].unit == "元"
    desk.confirm_columns(desk.report(report_id), made)
    assert offered(desk, report_id, made, "慰问金总额").proposal.found.fact.value == 48000


def test_a_ledger_as_text_in_gb18030(desk: Desk, report_id: str) -> None:
    data = "村名,兵役登记（人）\n柳林村,28\n杨湾村,41\n".encode("gb18030")
    made = desk.begin(report_id, [("台账.csv", data)])[0]
    desk.confirm_columns(desk.report(report_id), made)
    take(desk, report_id, made, "兵役登记")
    assert desk.report(report_id).sheet.value("兵役登记") == 69


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("长" * 90 + ".txt", "长" * 90 + ".txt"),
        ("a\0b\ud800.txt", "ab.txt"),
        ("..", ".."),
        ("C:\\稿\\旧?.txt", "旧?.txt"),
    ],
)
def test_a_file_may_have_any_name(desk: Desk, report_id: str, name: str, shown: str) -> None:
    desk.begin(report_id, [(name, "全年召开党委议军会议3次。".encode())])
    (waiting,) = desk.pendings(desk.report(report_id))
    assert waiting.name == shown


def form_of(desk: Desk, facts: dict[str, str]) -> bytes:
    made = desk.create("armed-forces-work", "work-a").id
    desk.set_facts(made, facts)
    return desk.form_file(made)


def test_one_form_is_offered_and_several_are_summed(desk: Desk, report_id: str) -> None:
    one = form_of(desk, {"兵役登记": "28", "器材装备投入": "2万元"})
    two = form_of(desk, {"兵役登记": "41", "器材装备投入": "3.5万元"})
    single = desk.begin(report_id, [("柳林村.xlsx", one)])[0]
    assert offered(desk, report_id, single, "兵役登记").proposal.found_text == "28人"
    both = desk.begin(report_id, [("柳林村-事实表.xlsx", one), ("杨湾村-事实表.xlsx", two)])[0]
    pending = desk.pending(desk.report(report_id), both)
    assert [one.who for one in pending.content.forms] == ["柳林村", "杨湾村"]
    take(desk, report_id, both, "兵役登记", "器材装备投入")
    sheet = desk.report(report_id).sheet
    assert (sheet.value("兵役登记"), sheet.value("器材装备投入")) == (69, Decimal(55000))
    assert "柳林村 28" in sheet.fact("兵役登记").source


def test_a_blank_form_holds_the_unit_and_no_figure_and_loads_again(desk: Desk, report_id: str) -> None:
    desk.set_facts(report_id, {"单位简称": "青枫镇", "入伍人数": "12"})
    other = desk.create("armed-forces-work", "work-a").id
    desk.load_form(other, "空表.xlsx", desk.form_file(report_id, blank=True))
    assert desk.report(other).sheet.value("单位简称") == "青枫镇"
    assert desk.report(other).sheet.value("入伍人数") is None
    desk.load_form(other, "全表.xlsx", desk.form_file(report_id))
    assert desk.report(other).sheet.value("入伍人数") == 12


def filled(desk: Desk, cells: dict[str, object]) -> bytes:
    """A form as it came back: 征兵工作!C5 → what somebody typed there."""
    made = desk.create("armed-forces-work", "work-a").id
    book = openpyxl.load_workbook(io.BytesIO(desk.form_file(made, blank=True)))
    for place, value in cells.items():
        tab, cell = place.split("!")
        book[tab][cell] = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_one_bad_cell_leaves_the_rest_of_the_forms_usable(desk: Desk, report_id: str) -> None:
    tab = openpyxl.load_workbook(io.BytesIO(filled(desk, {})))["征兵工作"]
    young, listed = (f"征兵工作!C{row}" for row in (4, 5))
    assert (tab["B4"].value, tab["B5"].value) == ("适龄青年", "兵役登记")
    one = filled(desk, {young: "三十五", listed: "12+9+3"})
    two = filled(desk, {young: 40, listed: -3})
    made = desk.begin(report_id, [("柳林村（已填）.xlsx", one), ("杨湾村(1).xlsx", two)])[0]
    pending = desk.pending(desk.report(report_id), made)
    assert [one.who for one in pending.content.forms] == ["柳林村", "杨湾村"]
    young_offer, listed_offer = (offered(desk, report_id, made, label) for label in ("适龄青年", "兵役登记"))
    assert (young_offer.proposal.found_text, young_offer.certain) == ("75人", True)
    assert (listed_offer.proposal.found_text, listed_offer.certain) == ("24人", False)
    assert pending.extraction is not None
    (told,) = [one.message for one in pending.extraction.notices if one.kind == "unread"]
    assert told == "“杨湾村”的 征兵工作!C5 “兵役登记”写的是“-3”，应为不小于 0 的整数（可带“人”）；没有读"
    alone = desk.begin(report_id, [("杨湾村.xlsx", two)])[0]
    assert offered(desk, report_id, alone, "适龄青年").proposal.found_text == "40人"
    with pytest.raises(SheetError):
        # Loading replaces all facts: a cell that cannot be read would empty one.
        desk.load_form(report_id, "杨湾村.xlsx", two)


def test_a_form_of_another_report_type_is_refused_and_nothing_kept(desk: Desk, report_id: str) -> None:
    other = desk.create("work-safety", "summary").id
    with pytest.raises(SheetError):
        desk.begin(report_id, [("旧稿.docx", docx(TEXT)), ("安全.xlsx", desk.form_file(other))])
    assert desk.pendings(desk.report(report_id)) == []


def test_one_bad_file_among_several_says_that_the_others_wait(desk: Desk, report_id: str) -> None:
    with pytest.raises(NigaoError) as told:
        desk.begin(report_id, [("旧稿.docx", docx(TEXT)), ("坏的.docx", b"PK\x03\x04broken")])
    assert "“坏的.docx”" in told.value.for_user()
    assert "别的文件也没有读" in told.value.for_user()
    with pytest.raises(NigaoError) as alone:
        desk.begin(report_id, [("坏的.docx", b"PK\x03\x04broken")])
    assert "别的文件" not in alone.value.for_user()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("表.xlsx", b"not a workbook"),
        ("稿.docx", b"PK\x03\x04broken"),
        ("稿.exe", b"MZ"),
        ("空.txt", b""),
        ("../x.txt", b""),
        ("长" * 90 + ".docx", b"PK\x03\x04broken"),
    ],
)
def test_bad_files_are_refused_with_a_sentence(desk: Desk, report_id: str, name: str, data: bytes) -> None:
    with pytest.raises(NigaoError) as told:
        desk.begin(report_id, [(name, data)])
    assert told.value.message
    assert desk.pendings(desk.report(report_id)) == []


def test_letting_go_keeps_what_was_taken(desk: Desk, report_id: str) -> None:
    report, pending = begun(desk, report_id)
    take(desk, report_id, pending.id, "入伍人数")
    desk.drop_import(pending.id)
    assert desk.report(report_id).sheet.value("入伍人数") == 15
    with pytest.raises(NotFound):
        desk.pending(report, pending.id)


def test_leftovers_of_an_old_report_are_told(desk: Desk, report_id: str) -> None:
    report, pending = begun(desk, report_id, OLD + "联系人：XX，电话XXXX。\n")
    found = desk.leftovers(report, pending)
    assert any("2024" in one.excerpt for one in found)
    assert any("XX" in one.excerpt for one in found)


# ---- a model

SETTINGS = EndpointSettings(base_url="http://127.0.0.1:9/v1", model="m")


class Finder:
    """In the place of a model."""

    def __init__(self, settings: EndpointSettings, send_values: SendValues, gate: Gate) -> None:  # noqa: ARG002
        if not send_values.allows(settings):
            raise ConfigurationError("不能发。")

    async def find(self, text: str, schema: object) -> Told:  # noqa: ARG002
        await asyncio.sleep(0)
        at = text.find("到场的足足")
        if at < 0:
            raise EndpointUnreachable("连不上模型服务。", "请检查地址。")
        quote = "足足有96人次"
        start = text.index(quote)
        return Told((ToldFact("点验人次", "96人次", quote, start, start + len(quote)),), dropped=1)

    async def aclose(self) -> None:
        return None


def test_a_model_adds_in_the_background_and_what_it_adds_is_doubted(
    desk: Desk, report_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(model_reading, "FactFinder", Finder)
    report, pending = begun(desk, report_id, TEXT + "到场的足足有96人次。\n")
    before = {one.number: one.proposal.found for one in desk.offers(report, pending)}
    desk.ask_model(pending.id, SETTINGS, SendValues.LOCAL, Gate())
    assert desk.readings.wait(pending.id, 10)
    after = desk.pending(report, pending.id)
    assert after.content.model == "done"
    found = desk.offers(report, after)
    assert {one.number: one.proposal.found for one in found if one.number in before} == before
    added = [one for one in found if one.number not in before]
    assert [one.proposal.label for one in added] == ["点验人次"]
    assert not added[0].certain


def test_a_model_that_fails_leaves_what_the_rules_found(
    desk: Desk, report_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(model_reading, "FactFinder", Finder)
    report, pending = begun(desk, report_id)
    desk.ask_model(pending.id, SETTINGS, SendValues.LOCAL, Gate())
    assert desk.readings.wait(pending.id, 10)
    after = desk.pending(report, pending.id)
    assert "连不上" in after.content.model
    assert after.extraction == pending.extraction


def test_a_text_does_not_go_where_values_may_not(desk: Desk, report_id: str) -> None:
    _, pending = begun(desk, report_id)
    with pytest.raises(ConfigurationError):
        desk.ask_model(pending.id, SETTINGS, SendValues.NEVER, Gate())


def test_nothing_goes_elsewhere_before_a_person_agreed(desk: Desk, report_id: str) -> None:
    _, pending = begun(desk, report_id)
    remote = EndpointSettings(base_url="https://models.example.com/v1", model="m")
    with pytest.raises(ConsentNeeded):
        desk.ask_model(pending.id, remote, SendValues.ALWAYS, Gate())
    assert desk.reading(pending.id) is None


# ---- several units, hidden rows


def test_who_is_missing_is_told_for_forms_and_for_a_ledger(desk: Desk, report_id: str) -> None:
    desk.expect_units(report_id, "柳林村、杨湾村\n岭下村")
    forms = [
        (f"{who}.xlsx", form_of(desk, {"兵役登记": count})) for who, count in (("柳林村（已填）", "28"), ("甲村", "4"))
    ]
    pending = desk.pending(desk.report(report_id), desk.begin(report_id, forms)[0])
    assert pending.came == ("柳林村", "甲村"), "named as on the list"
    told = desk.reporting(pending)
    assert (told.absent, told.unlisted) == (("杨湾村", "岭下村"), ("甲村",))
    made = desk.begin(report_id, [("台账.xlsx", xlsx([*LEDGER, ["合计", 71, 69, ""]]))])[0]
    desk.confirm_columns(desk.report(report_id), made)
    assert desk.reporting(desk.pending(desk.report(report_id), made)) == Reporting(
        ("柳林村", "杨湾村", "岭下村"), ("岭下村",), ()
    )
    desk.expect_units(report_id, " ")
    assert desk.reporting(pending) == Reporting((), (), ())


def test_hidden_rows_count_when_a_person_says_so(desk: Desk, report_id: str) -> None:
    book = openpyxl.Workbook()
    for row in [*LEDGER, ["岭下村", 9, 7, ""], ["合计", 80, 76, ""]]:
        book.active.append(row)
    book.active.row_dimensions[4].hidden = True
    out = io.BytesIO()
    book.save(out)
    made = desk.begin(report_id, [("台账.xlsx", out.getvalue())])[0]
    report = desk.report(report_id)
    assert desk.hidden_rows(desk.pending(report, made)) == {"Sheet": (4,)}
    desk.confirm_columns(report, made)
    assert offered(desk, report_id, made, "兵役登记").proposal.found_text == "69人"
    desk.count_hidden(report, made, "Sheet", True)
    assert offered(desk, report_id, made, "兵役登记").proposal.found_text == "76人"
    pending = desk.pending(report, made)
    assert pending.extraction is not None
    assert "隐藏" not in "".join(notice.message for notice in pending.extraction.notices)
    assert desk.hidden_rows(pending) == {"Sheet": (4,)}, "the way back stays"
    desk.count_hidden(report, made, "Sheet", False)
    assert offered(desk, report_id, made, "兵役登记").proposal.found_text == "69人"
    pending = desk.pending(report, made)
    assert pending.extraction is not None
    assert "第 4 行是隐藏的" in "".join(notice.message for notice in pending.extraction.notices)


def test_a_file_that_waits_since_before_is_still_read(desk: Desk, report_id: str) -> None:
    report, pending = begun(desk, report_id)
    stored = json.loads(pending.content.to_json())
    del stored["with_hidden"], stored["left_rows"], stored["units"], stored["left_forms"]
    assert read_content(json.dumps(stored), report.sheet.schema) == pending.content


OWN_WORDS = "我们把武装部长包片、专武干部包村、民兵骨干包户的做法坚持下来，把登记台账送到田间地头和务工车间。"


def test_a_sentence_of_the_old_paper_is_known_again_in_the_draft(desk: Desk, report_id: str) -> None:
    old = "\n".join(
        [*OLD.splitlines(), OWN_WORDS, *(f"第{n}项工作已按计划完成，效果较好，群众满意。" for n in range(20))]
    )
    made = desk.begin_text(report_id, old, "去年的报告.docx")
    section = next(one for one in desk.report(report_id).sections if one.template)
    desk.edit(report_id, section.key, f"今年工作有新起色。{OWN_WORDS}", section.revision)
    (found,) = [one for one in desk.compared(desk.report(report_id)) if isinstance(one, PassageFinding)]
    assert found.section_key == section.key
    assert found.other == "去年的报告.docx"
    assert found.share > 90
    desk.drop_import(made)
    assert not desk.compared(desk.report(report_id))


def test_a_paper_that_repeats_a_report_of_the_list_is_shown_beside_it(desk: Desk, report_id: str) -> None:
    other = desk.create_from_example("qinghe-work-a.yaml").id
    section = next(one for one in desk.report(other).sections if one.template)
    desk.edit(other, section.key, OWN_WORDS, section.revision)
    report, pending = begun(desk, report_id, f"{OLD}{OWN_WORDS}\n")
    (found,) = [one for one in desk.leftovers(report, pending) if isinstance(one, PassageFinding)]
    assert "清河镇" in found.other
    assert found.theirs
