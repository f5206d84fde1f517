"""Columns of a ledger: which year, which unit, what was done and not planned; what is remembered and what is asked."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from ledger_kit import Row, fact, proposed, read, said, workbook
from schemas import SCHEMA

from assistant.intake.ledger import LedgerMapping, propose, read_ledger
from assistant.intake.ledger_choices import with_units
from assistant.intake.workbook_grid import Book
from assistant.ledger_review import questioned_in, reporters_of
from assistant.storage.store import open_store


def by_header(mapping: LedgerMapping, header: str) -> Any:
    (one,) = [choice for choice in mapping.choices if choice.header == header]
    return one


def after(tmp_path: Path, first: Book, then: Book, change: Any = None) -> LedgerMapping:
    """How a second ledger is proposed when the first was confirmed."""
    with open_store(f"sqlite:///{tmp_path / 'a.db'}") as store:
        (mapping,) = propose(first, SCHEMA, store, "t")
        assert not mapping.confirmed
        confirmed = (change(mapping) if change else mapping).confirm()
        store.put_ledger_mapping("t", confirmed.fingerprint, confirmed.to_json())
        (again,) = propose(then, SCHEMA, store, "t")
        return again


# ---- years


def years_of(first: str, second: str) -> Book:
    return workbook(["村名", f"{first}入伍人数", f"{second}入伍人数"], ["柳庄村", 1, 20], ["石桥村", 2, 30])


def test_which_year_a_column_is_of_is_said_by_the_file_and_never_remembered(tmp_path: Path) -> None:
    then = years_of("2026年", "2025年")
    one = fact(read_ledger(then, after(tmp_path, years_of("2024年", "2025年"), then), SCHEMA), "入伍人数").fact
    assert (one.value, one.last_year) == (3, 50)


def test_the_next_years_ledger_with_the_same_order_is_read_at_once(tmp_path: Path) -> None:
    then = years_of("2025年", "2026年")
    again = after(tmp_path, years_of("2024年", "2025年"), then)
    assert again.confirmed
    assert fact(read_ledger(then, again, SCHEMA), "入伍人数").fact.value == 50


def test_of_three_years_only_two_are_taken() -> None:
    rows: list[Row] = [["村名", "2023年入伍人数", "2024年入伍人数", "2025年入伍人数"], ["柳庄村", 1, 2, 3]]
    book = workbook(*rows)
    one = fact(read(book), "入伍人数")
    assert (one.fact.value, one.fact.last_year, one.doubt) == (3, 2, "")
    assert "2023 年的，没有取" in by_header(proposed(book), "2023年入伍人数").doubt


@pytest.mark.parametrize(
    ("title", "year"),
    [
        ("2025年征兵台账（截至2026年1月5日）", 2025),
        ("2025年征兵台账  填报日期：2026年1月5日", 2025),
        ("2025年台账 2026.1.5", 2025),
        ("征兵台账 填报日期：2026年1月5日", 2025),
        ("征兵台账 2025年12月20日", 2025),
        ("2021—2025年征兵台账", 2025),
        ("征兵台账", None),
    ],
)
def test_the_day_it_was_filled_in_is_not_the_year_it_speaks_of(title: str, year: int | None) -> None:
    assert read(workbook([title], ["村名", "适龄青年", "兵役登记"], ["柳庄村", 30, 29])).year == year


def test_the_year_of_the_figures_goes_before_that_of_the_title() -> None:
    rows = [["2026年工作会材料"], ["村名", "2024年入伍人数", "2025年入伍人数", "2026年目标"], ["柳庄村", 1, 2, 3]]
    found = read(workbook(*rows))
    assert (found.year, fact(found, "入伍人数").fact.value) == (2025, 2)


# ---- plans, rates, parts of the year


def test_what_was_planned_is_not_what_was_done() -> None:
    found = read(workbook(["指标", "全年目标", "实际完成", "完成率"], ["兵役登记", 30, 29, 96], ["入伍人数", 3, 2, 66]))
    assert {one.label: (one.fact.value, one.doubt) for one in found.facts} == {
        "兵役登记": (29, ""),
        "入伍人数": (2, ""),
    }


def test_plans_stand_under_a_merged_header_too() -> None:
    def merge(tab: Any) -> None:
        for area in ("A1:A2", "B1:D1"):
            tab.merge_cells(area)

    rows: list[Row] = [["村名", "入伍人数", None, None], [None, "计划", "完成", "完成率"], ["柳庄村", 3, 2, "67%"]]
    book = workbook(*rows, change=merge)
    assert fact(read(book), "入伍人数").fact.value == 2
    assert "是计划数，没有取" in by_header(proposed(book), "入伍人数 计划").doubt


def test_a_likeness_that_speaks_of_a_plan_is_not_taken() -> None:
    mapping = proposed(workbook(["村名", "适龄青年", "计划入伍人数"], ["柳庄村", 30, 2]))
    assert by_header(mapping, "计划入伍人数").fact is None


def test_the_whole_year_goes_before_its_parts() -> None:
    heads = ["指标", "一季度", "二季度", "三季度", "四季度", "全年"]
    found = read(workbook(heads, ["议军会议", 1, 0, 1, 0, 2], ["信访举报", 1, 1, 1, 1, 4]))
    assert {one.label: (one.fact.value, one.doubt) for one in found.facts} == {"议军会议": (2, ""), "信访举报": (4, "")}
    found = read(workbook(["村名", "上半年入伍人数", "入伍人数"], ["柳庄村", 1, 3]))
    assert fact(found, "入伍人数").fact.value == 3


def test_of_columns_under_one_header_the_total_is_meant() -> None:
    def merge(tab: Any) -> None:
        for area in ("A1:A2", "B1:D1"):
            tab.merge_cells(area)

    rows: list[Row] = [["村名", "入伍人数", None, None], [None, "高中", "大专", "合计"], ["柳庄村", 1, 2, 3]]
    one = fact(read(workbook(*rows, change=merge)), "入伍人数")
    assert (one.fact.value, one.doubt) == (3, "")


def test_a_column_that_only_stands_under_the_same_line_leaves_no_doubt() -> None:
    def merge(tab: Any) -> None:
        for area in ("A1:A2", "B1:C1", "D1:D2", "E1:E2"):
            tab.merge_cells(area)

    rows: list[Row] = [
        ["村名", "入伍", None, "适龄青年", "兵役登记"],
        [None, "入伍人数", "其中：党员"],
        ["柳庄村", 3, 1, 9, 8],
    ]
    one = fact(read(workbook(*rows, change=merge)), "入伍人数")
    assert (one.fact.value, one.doubt) == (3, "")


def test_halves_of_the_year_are_added_up() -> None:
    rows = [["村名", "上半年入伍人数", "下半年入伍人数"], ["柳庄村", 1, 2], ["石桥村", 3, 0]]
    book = workbook(*rows)
    assert "几列相加" in by_header(proposed(book), "上半年入伍人数").doubt
    one = fact(read_ledger(book, proposed(book).confirm(), SCHEMA), "入伍人数")
    assert (one.fact.value, one.doubt) == (6, "")
    assert one.fact.source.startswith("上半年：台账.xlsx：柳庄村 1")
    rows = [["村名", "1月入伍人数", "2月入伍人数", "3月入伍人数"], ["柳庄村", 1, 2, 3]]
    book = workbook(*rows)
    assert "请核对是不是全年的" in fact(read_ledger(book, proposed(book).confirm(), SCHEMA), "入伍人数").doubt


def quarters(*parts: str) -> Book:
    counts = range(3, 3 + len(parts))
    return workbook(["村名", *(f"{part}兵役登记" for part in parts)], ["柳庄村", *counts], ["石桥村", *counts])


@pytest.mark.parametrize(
    ("parts", "value", "doubt"),
    [
        (("一季度", "二季度", "三季度", "四季度"), 36, ""),
        (("上半年", "三季度", "四季度"), 24, ""),
        (("1—6月", "7至12月"), 14, ""),
        (("截至6月底", "截至12月底"), 8, ""),
        (("一季度", "二季度"), 14, "是一季度、二季度相加的数，请核对是不是全年的"),
        (("3月", "9月"), 14, "是3月、9月相加的数，请核对是不是全年的"),
        (("前三季度", "10月"), 14, "是前三季度、10月相加的数，请核对是不是全年的"),
        (("上半年", "一季度", "二季度", "三季度"), 6, "是上半年的数，请核对是不是全年的"),
        (("三季度", "第3季度"), 6, "是三季度的数，请核对是不是全年的"),
        (("截至11月底",), 6, "是截至11月底的数，请核对是不是全年的"),
    ],
)
def test_parts_of_the_year_are_the_year_only_when_every_month_is_there_once(
    parts: tuple[str, ...], value: int, doubt: str
) -> None:
    book = quarters(*parts)
    one = fact(read_ledger(book, proposed(book).confirm(), SCHEMA), "兵役登记")
    assert (one.fact.value, one.doubt) == (value, doubt)


def test_a_village_named_after_a_month_is_a_village() -> None:
    book = workbook(["村名", "适龄青年", "兵役登记"], ["五月村", 3, 4], ["四季青社区", 5, 6])
    assert reporters_of(book, [proposed(book)], ()) == ("五月村", "四季青社区")
    book = workbook(["项目", "2025年一季度", "5月份"], ["适龄青年", 30, 28], ["兵役登记", 29, 27])
    assert reporters_of(book, propose(book, SCHEMA, across={"表": True}), ()) == ()


# ---- which column


NO_TOTAL: list[Row] = [["项目", "甲", "乙", "丙"], ["适龄青年", 30, 28, 2], ["兵役登记", 29, 27, 2]]


def test_columns_that_nobody_can_tell_apart_are_for_a_person_to_choose(tmp_path: Path) -> None:
    book = workbook(*NO_TOTAL)
    mapping = proposed(book)
    assert "B、C、D 3 列都是数" in mapping.unsure
    assert [column.letters for column in mapping.columns] == ["B", "C", "D"]
    chosen = mapping.with_column(3)
    assert chosen.unsure == ""
    assert fact(read_ledger(book, chosen.confirm(), SCHEMA), "适龄青年").fact.value == 28
    (summed,) = propose(book, SCHEMA, across={"表": True})
    assert fact(read_ledger(book, summed.confirm(), SCHEMA), "适龄青年").fact.value == 60
    again = after(tmp_path, book, workbook(*NO_TOTAL), lambda mapping: mapping.with_column(3))
    assert (again.confirmed, again.value_column) == (True, 3)


def test_villages_side_by_side_are_not_read_as_a_list_that_was_confirmed(tmp_path: Path) -> None:
    first = workbook(["项目", "数值"], ["适龄青年", 30], ["兵役登记", 29])
    then = workbook(["项目", "柳庄村", "石桥村"], ["适龄青年", 30, 28], ["兵役登记", 29, 27])
    again = after(tmp_path, first, then)
    assert not again.confirmed
    assert fact(read_ledger(then, again, SCHEMA), "适龄青年").fact.value == 58
    assert reporters_of(then, [again], ()) == ("柳庄村", "石桥村")


def test_the_total_on_top_does_not_hide_the_column_of_names() -> None:
    rows: list[Row] = [["序号", "村（社区）", "适龄青年"], ["合计", None, 58], [1, "柳庄村", 30], [2, "石桥村", 28]]
    book = workbook(*rows)
    assert proposed(book).names == 2
    found = read(book)
    assert [one.label for one in found.facts] == ["适龄青年"]
    assert "柳庄村 30、石桥村 28" in fact(found, "适龄青年").fact.source


def test_of_two_columns_of_names_the_finer_one_counts() -> None:
    def merge(tab: Any) -> None:
        tab.merge_cells("A2:A4")
        tab.merge_cells("A5:A6")

    rows: list[Row] = [["片区", "村名", "适龄青年"], ["东片", "柳庄村", 30], [None, "石桥村", 28], [None, "小计", 58]]
    book = workbook(*rows, ["西片", "东岭村", 5], [None, "小计", 5], change=merge)
    mapping = proposed(book)
    assert mapping.names == 2
    found = read(book)
    assert (fact(found, "适龄青年").fact.value, fact(found, "适龄青年").doubt, found.notices) == (63, "", ())
    assert reporters_of(book, [mapping.with_column(1)], ()) == ("东片", "西片")


# ---- units


def test_the_unit_may_stand_over_the_values_of_a_list() -> None:
    book = workbook(["2025年器材装备情况"], ["项目", "金额（万元）"], ["器材装备投入", 5], ["慰问金", 2])
    found = read(book)
    assert {one.label: one.fact.value for one in found.facts} == {
        "器材装备投入": Decimal(50000),
        "慰问金总额": Decimal(20000),
    }
    assert not any(one.doubt for one in found.facts)
    assert [choice.header for choice in proposed(book).choices] == ["器材装备投入", "慰问金"]


@pytest.mark.parametrize(
    ("heads", "chosen", "value", "last"),
    [
        (("镇级（万元）", "区级（元）"), 3, 48000, None),
        (("镇级（万元）", "区级（元）"), 2, 50000, None),
        (("今年（万元）", "去年（元）"), 0, 50000, 48000),
        (("2024年（万元）", "2025年（元）"), 0, 48000, 50000),
        (("柳庄村（万元）", "石桥村（元）"), 3, 48000, None),
    ],
)
def test_each_column_has_the_unit_of_its_own_header(
    heads: tuple[str, str], chosen: int, value: int, last: int | None
) -> None:
    book = workbook(["项目", *heads], ["慰问金总额", 5, 48000], ["器材装备投入", 6, 50000])
    (mapping,) = propose(book, SCHEMA, across={"表": False})
    mapping = with_units(mapping.with_column(chosen), SCHEMA).confirm()
    one = fact(read_ledger(book, mapping, SCHEMA), "慰问金总额")
    assert (one.fact.value, one.fact.last_year, one.doubt) == (value, last, "")


def test_a_column_without_a_unit_is_asked_about_also_where_another_has_one(tmp_path: Path) -> None:
    book = workbook(["项目", "镇级（万元）", "区级"], ["慰问金总额", 5, 48000], ["器材装备投入", 6, 50000])
    chosen = with_units(proposed(book).with_column(3), SCHEMA)
    assert "没有写单位" in by_header(chosen, "慰问金总额").doubt
    assert by_header(with_units(chosen.with_column(2), SCHEMA), "慰问金总额").doubt == ""
    again = after(tmp_path, book, book, lambda mapping: with_units(mapping.with_column(3), SCHEMA))
    assert fact(read_ledger(book, again, SCHEMA), "慰问金总额").fact.value == 48000


def test_last_year_without_a_unit_is_a_doubt_where_only_this_years_header_has_one() -> None:
    book = workbook(["项目", "今年（万元）", "去年"], ["慰问金总额", 5, 4], ["器材装备投入", 6, 5])
    one = fact(read(book), "慰问金总额")
    assert (one.fact.last_year, one.doubt) == (40000, "去年数没有写单位，按万元计，请核对")
    one = fact(
        read(workbook(["单位：万元"], ["项目", "今年", "去年"], ["慰问金总额", 5, 4], ["器材装备投入", 6, 5])),
        "慰问金总额",
    )
    assert (one.fact.last_year, one.doubt) == (40000, "")


@pytest.mark.parametrize(
    ("heads", "value", "doubt"),
    [(("柳庄村（万元）", "石桥村（元）"), 98000, True), (("柳庄村（万元）", "石桥村（万元）"), 480050000, False)],
)
def test_villages_side_by_side_have_each_its_own_unit(heads: tuple[str, str], value: int, doubt: bool) -> None:
    book = workbook(["项目", *heads], ["慰问金总额", 5, 48000], ["器材装备投入", 6, 50000])
    one = fact(read(book), "慰问金总额")
    assert (one.fact.value, "单位不一" in one.doubt) == (value, doubt)
    assert "柳庄村 5万元、石桥村" in one.fact.source


def test_the_unit_beside_each_amount_goes_before_any_other() -> None:
    book = workbook(["村名", "入伍人数", "慰问金", "单位"], ["柳庄村", 2, 3000, "元"], ["石桥村", 1, 0.24, "万元"])
    assert proposed(book).names == 1
    one = fact(read(book), "慰问金总额")
    assert one.fact.value == Decimal(5400)
    assert "单位不一" in one.doubt


def money(*above: str, head: str = "慰问金") -> Book:
    return workbook(*([line] for line in above), ["村名", "入伍人数", head], ["柳庄村", 2, 3], ["石桥村", 1, 2])


def test_a_unit_that_the_file_gave_is_not_remembered_for_one_that_gives_none(tmp_path: Path) -> None:
    again = after(tmp_path, money("单位：万元"), money())
    assert not again.confirmed
    assert "没有写单位" in by_header(again, "慰问金").doubt


def test_a_unit_that_a_person_chose_is_remembered_until_a_file_says_another(tmp_path: Path) -> None:
    def choose(mapping: LedgerMapping) -> LedgerMapping:
        return mapping.decided("慰问金", "慰问金总额", "", "万元")

    again = after(tmp_path, money(), money(), choose)
    assert again.confirmed
    assert fact(read_ledger(money(), again, SCHEMA), "慰问金总额").fact.value == 50000
    with_line = money("单位：元")
    (tmp_path / "b").mkdir()
    again = after(tmp_path / "b", money(), with_line, choose)
    assert fact(read_ledger(with_line, again, SCHEMA), "慰问金总额").fact.value == 5


@pytest.mark.parametrize(
    "head", ["慰问金万元", "慰问金，万元", "慰问金（人民币万元）", "慰问金（万元，保留两位小数）", "慰问金 万元"]
)
def test_units_in_any_writing(head: str) -> None:
    one = fact(read(money(head=head)), "慰问金总额")
    assert (one.fact.value, one.doubt) == (50000, "")


@pytest.mark.parametrize("line", ["单位：人民币万元", "单 位：万元", "金额：万元", "（金额单位：人民币万元）"])
def test_units_over_the_table_in_any_writing(line: str) -> None:
    one = fact(read(money(line)), "慰问金总额")
    assert (one.fact.value, one.doubt) == (50000, "")


def test_a_line_over_several_columns_says_where_they_belong() -> None:
    def merge(tab: Any) -> None:
        for area in ("A1:A2", "B1:C1"):
            tab.merge_cells(area)

    rows: list[Row] = [["村名", "分队合计（万元）", None], [None, "器材装备", "慰问金"], ["柳庄村", 1, 2]]
    choice = by_header(proposed(workbook(*rows, change=merge)), "分队合计（万元） 器材装备")
    assert choice.fact == "器材装备投入"
    assert "由程序" not in choice.doubt
    assert "相近" in choice.doubt


def test_nothing_is_asked_twice(tmp_path: Path) -> None:
    again = after(tmp_path, money("单位：万元"), money("单位：万元"))
    assert again.confirmed
    assert said(read_ledger(money("单位：万元"), again, SCHEMA)) == ""


@pytest.mark.parametrize(
    "rows",
    [
        [["村名", "慰问金总额（美元）", "适龄青年"], ["柳庄村", 3, 4], ["石桥村", 3, 5]],
        [["村名", "慰问金总额（万港币）", "适龄青年"], ["柳庄村", 3, 4], ["石桥村", 3, 5]],
        [["单位：美元"], ["村名", "慰问金总额", "适龄青年"], ["柳庄村", 3, 4], ["石桥村", 3, 5]],
        [["项目", "数值", "单位"], ["慰问金总额", 3, "美元"], ["适龄青年", 9, "人"], ["入伍人数", 1, "人"]],
    ],
)
def test_amounts_that_are_no_yuan_are_told_and_never_taken(rows: list[Row]) -> None:
    book = workbook(*rows)
    found = read(book)
    assert "慰问金总额" not in {one.label for one in found.facts}
    assert fact(found, "适龄青年").fact.value == 9
    assert "换算成人民币" in said(found)


def test_a_row_of_another_currency_is_left_out_and_named() -> None:
    book = workbook(["村名", "慰问金总额", "单位"], ["柳庄村", 3, "元"], ["石桥村", 3, "美元"])
    found = read(book)
    assert fact(found, "慰问金总额").fact.value == 3
    assert fact(found, "慰问金总额").doubt == "有 1 格没有读进来（表!B3）"
    assert "表!B3 是按美元计的" in said(found)


@pytest.mark.parametrize(("unit", "yuan"), [("人民币", 3), ("RMB万元", 30000), ("人民币：万元", 30000)])
def test_yuan_by_its_other_names(unit: str, yuan: int) -> None:
    assert (
        fact(read(workbook(["村名", f"慰问金总额（{unit}）", "适龄青年"], ["柳庄村", 3, 4])), "慰问金总额").fact.value
        == yuan
    )


@pytest.mark.parametrize(
    "years", [("2023年", "2024年", "2025年"), (2023, 2024, 2025), ("2023年度", "2024年度", "2025年度")]
)
@pytest.mark.parametrize("head", ["年度", "年份", None])
def test_rows_of_years_are_not_added_up(years: tuple[object, ...], head: object) -> None:
    rows = [[year, 300 + at, 8 + at] for at, year in enumerate(years)]
    found = read(workbook([head, "适龄青年", "入伍人数"], *rows, ["合计", 903, 27]))
    assert {one.label: (one.fact.value, one.fact.last_year) for one in found.facts} == {
        "适龄青年": (302, 301),
        "入伍人数": (10, 9),
    }
    assert found.year == 2025
    assert "第 2 行是 2023 年的，没有取" in said(found)


def test_days_of_two_years_are_told_apart() -> None:
    rows = [["2024年12月5日", 30, 1], ["2025年3月5日", 28, 2], ["2025年6月5日", 20, 3]]
    found = read(workbook(["时间", "参训人次", "专题会议"], *rows))
    assert fact(found, "参训人次").fact.value == 48
    assert fact(found, "参训人次").fact.last_year == 30


def test_years_are_nobody_who_reported() -> None:
    book = workbook(["年度", "适龄青年", "兵役登记"], ["2024年", 30, 29], ["2025年", 31, 30])
    assert reporters_of(book, [proposed(book)], ()) == ()


@pytest.mark.parametrize("years", [(2024, 2025), ("2024年", "2025年")])
def test_years_may_name_the_rows_beside_a_column_of_texts(years: tuple[object, ...]) -> None:
    mapping = proposed(workbook(["年份", "适龄青年", "备注"], [years[0], 30, "无"], [years[1], 28, "有人外出"]))
    assert (mapping.names, [column.letters for column in mapping.columns]) == (1, ["A", "C"])
    assert mapping.with_column(3).with_column(1).names == 1, "a person can go back to them"


def test_a_row_of_each_village_and_year_counts_for_its_year() -> None:
    rows: list[Row] = [
        ["柳庄村", "2024年", 30],
        ["柳庄村", "2025年", 32],
        ["石桥村", "2024年", 28],
        ["石桥村", "2025年", 30],
    ]
    book = workbook(["村名", "年度", "适龄青年"], *rows)
    one = fact(read(book), "适龄青年")
    assert (one.fact.value, one.fact.last_year, one.doubt) == (62, 58, "")
    assert questioned_in(book, [proposed(book)], {}) == []
    assert reporters_of(book, [proposed(book)], ()) == ("柳庄村", "石桥村")
    twice = workbook(["村名", "年度", "适龄青年"], *rows, rows[-1])
    assert fact(read(twice), "适龄青年").doubt == "有单位出现两次，请核对"


def test_the_day_on_which_a_row_was_filled_in_is_no_year_of_it() -> None:
    rows: list[Row] = [["柳庄村", "2024年12月30日", 30], ["石桥村", "2025年1月2日", 28]]
    assert fact(read(workbook(["村名", "填报日期", "适龄青年"], *rows)), "适龄青年").fact.value == 58


def test_rows_of_a_table_with_columns_of_two_years_are_those_of_the_newer() -> None:
    head = ["名称", "2024年编制", "2024年实有", "2025年编制", "2025年实有"]
    found = read(workbook(head, ["应急排", 30, 27, 31, 28], ["通信班", 9, 8, 10, 9]))
    assert [one.row for one in found.facts] == [
        {"名称": "应急排", "编制人数": 31, "实有人数": 28},
        {"名称": "通信班", "编制人数": 10, "实有人数": 9},
    ]


def test_last_years_sum_over_other_villages_is_a_doubt() -> None:
    found = fact(
        read(workbook(["村", "宣传资料", "去年宣传资料"], ["柳林村", 3000, 2500], ["石桥村", 1000, None])), "宣传资料"
    )
    assert (found.fact.value, found.fact.last_year) == (4000, 2500)
    assert (found.fact.note, found.doubt) == ("去年数没有填的：石桥村", "去年数没有填的：石桥村，请核对")


@pytest.mark.parametrize(
    "rows",
    [
        [["项目", "今年", "去年"], ["宣传资料", 3000, "近2500"], ["入伍人数", 12, 10]],
        [["村", "宣传资料", "去年宣传资料"], ["柳林村", 2000, "近1500"], ["石桥村", 1000, 1000]],
    ],
)
def test_last_years_rough_figure_stays_rough(rows: list[Row]) -> None:
    found = fact(read(workbook(*rows)), "宣传资料").fact
    assert (found.value, found.approximate, found.last_told) == (3000, "", (2500, "近"))


def test_who_left_one_half_of_the_year_empty_is_told_with_the_sum() -> None:
    book = workbook(["村", "上半年入伍人数", "下半年入伍人数"], ["柳林村", 3, "近4"], ["石桥村", "约1", None])
    found = fact(read_ledger(book, proposed(book).confirm(), SCHEMA), "入伍人数").fact
    assert (found.value, found.approximate, found.note) == (8, "约", "下半年没有填的：石桥村")
