"""Ledgers of a user's own: found out, matched, read; nothing counted twice and nothing taken silently."""

from __future__ import annotations

import io
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ledger_kit import VILLAGES, Row, fact, proposed, read, said, workbook
from schemas import SCHEMA

from assistant.facts.sheet import Fact
from assistant.intake.ledger import open_ledger, propose, read_ledger
from assistant.reports.loader import Library
from assistant.storage.store import open_store

# ---- a row for each village


def test_counts_are_summed_with_who_reported_what() -> None:
    found = read(workbook(*VILLAGES, ["东岭村", None, 12]))
    one = fact(found, "适龄青年")
    assert one.fact == Fact(58, source="台账.xlsx：柳庄村 30、石桥村 28", note="没有填的：东岭村")
    assert (one.place, one.doubt) == ("表!B1", "")
    assert fact(found, "兵役登记").fact.value == 68


def test_two_header_rows_titles_and_units() -> None:
    def merge(tab: Any) -> None:
        for area in ("A1:E1", "A3:A4", "B3:C3", "D3:E3"):
            tab.merge_cells(area)

    book = workbook(
        ["2025年征兵和慰问台账"],
        ["填报：武装部"],
        ["村（社区）", "征兵情况", None, "经费（万元）", None],
        [None, "适龄青年", "入伍新兵", "慰问金", "器材投入"],
        ["柳庄村", 30, 2, 0.6, 1.25],
        ["石桥村", 28, 1, 0.3, 2],
        ["合计", 58, 3, 0.9, 3.25],
        change=merge,
    )
    mapping = proposed(book)
    assert (mapping.form, mapping.top, mapping.bottom, mapping.names) == ("units", 3, 4, 1)
    found = read(book)
    assert {one.label: one.fact.value for one in found.facts} == {
        "适龄青年": 58,
        "入伍人数": 3,
        "慰问金总额": Decimal(9000),
        "器材装备投入": Decimal(32500),
    }
    assert found.notices == ()
    assert found.year == 2025


def test_the_unit_may_stand_over_the_table() -> None:
    found = read(workbook(["", "", "单位：万元"], ["单位名称", "入伍人数", "慰问金"], ["柳庄村", 2, 0.6]))
    assert fact(found, "慰问金总额").fact.value == Decimal(6000)
    assert fact(found, "慰问金总额").doubt == ""


@pytest.mark.parametrize(
    ("line", "yuan"),
    [
        ("征兵工作台账（单位：人、万元）", 10000),
        ("填报单位：柳林村  单位：千元", 1000),
        ("（计量单位：万元/人）", 10000),
        ("单位：元、万元", 1),
    ],
)
def test_the_unit_over_the_table_among_others(line: str, yuan: int) -> None:
    found = read(workbook([line], ["村名", "慰问金总额", "入伍人数"], ["柳林村", 3, 1], ["杨湾村", 2, 2]))
    one = fact(found, "慰问金总额")
    assert one.fact.value == 5 * yuan
    assert bool(one.doubt) == (yuan == 1)


@pytest.mark.parametrize(
    ("cell", "count"), [("十二", 12), ("三", 3), ("二十余人", 20), ("约三十", 30), ("两千", 2000), ("一千二百人", 1200)]
)
def test_counts_in_hanzi(cell: str, count: int) -> None:
    found = read(workbook(["村名", "入伍人数", "适龄青年"], ["柳林村", cell, 30], ["杨湾村", 0, 41]))
    one = fact(found, "入伍人数").fact
    assert (one.value, bool(one.approximate)) == (count, "余" in cell or "约" in cell)
    assert f"柳林村 {('约' if '约' in cell else '')}{count}{('余' if '余' in cell else '')}、" in one.source


def test_money_without_any_unit_is_a_doubt() -> None:
    found = read(workbook(["村名", "慰问金"], ["柳庄村", 600], ["石桥村", 800]))
    assert fact(found, "慰问金总额").fact.value == Decimal(1400)
    assert "没有写单位" in fact(found, "慰问金总额").doubt


def test_totals_rows_are_compared_never_counted() -> None:
    rows = [*VILLAGES, ["小计", 58, 56], ["东岭村", 10, 10], ["小  计", 10, 9], ["合 计", 70, 66]]
    found = read(workbook(*rows))
    assert fact(found, "适龄青年").fact.value == 68
    assert fact(found, "兵役登记").fact.value == 66
    assert [notice.place for notice in found.notices] == ["表!B7", "表!C6"]
    assert "是70，各行相加是68" in said(found)
    assert "是9，各行相加是10" in said(found)


def test_a_sum_that_is_not_the_written_total_is_never_taken_unseen() -> None:
    found = read(workbook(*VILLAGES, ["合计", 58, 60]))
    assert fact(found, "适龄青年").doubt == ""
    assert "与合计（表!C4）不一致" in fact(found, "兵役登记").doubt


def test_hidden_rows_columns_and_sheets_are_told_and_left_out() -> None:
    def hide(tab: Any) -> None:
        tab.row_dimensions[3].hidden = True
        tab.column_dimensions["C"].hidden = True
        other = tab.parent.create_sheet("旧表")
        other.append(["村名", "入伍人数"])
        other.append(["柳庄村", 9])
        other.sheet_state = "hidden"

    found = read(workbook(*VILLAGES, change=hide))
    assert [(one.label, one.fact.value) for one in found.facts] == [("适龄青年", 30)]
    assert "“旧表”是隐藏的" in said(found)
    assert "第 3 行是隐藏的（共 1 行）" in said(found)
    assert "C 列是隐藏的" in said(found)


def test_one_village_twice_is_shown_for_decision() -> None:
    found = read(workbook(*VILLAGES, ["柳庄村", 1, 1]))
    assert "“柳庄村”有两行（表!A2 和 表!A4）" in said(found)
    assert all(one.doubt for one in found.facts)


@pytest.mark.parametrize("cell", [-3, "无人", 1.5, "三四十"])
def test_what_is_no_count_is_named_with_its_cell_and_left_out(cell: object) -> None:
    found = read(workbook(*VILLAGES, ["东岭村", cell, 3]))
    assert fact(found, "适龄青年").fact.value == 58
    assert "表!B4" in fact(found, "适龄青年").doubt
    assert "东岭村" not in fact(found, "适龄青年").fact.note
    (notice,) = found.notices
    assert (notice.kind, notice.place) == ("unread", "表!B4")
    assert fact(found, "兵役登记").doubt == ""


def test_text_in_number_cells_is_read_as_it_is_meant() -> None:
    found = read(workbook(["村名", "适龄青年"], ["柳庄村", "30人"], ["石桥村", "约1,200"], ["东岭村", "/"]))
    one = fact(found, "适龄青年").fact
    assert (one.value, one.approximate) == (1230, "约")
    assert "柳庄村 30、石桥村 约1200" in one.source
    assert found.notices == ()


def test_units_that_differ_per_row_are_converted_and_told() -> None:
    found = read(workbook(["村名", "慰问金（万元）"], ["柳庄村", 0.6], ["石桥村", "3000元"]))
    one = fact(found, "慰问金总额")
    assert one.fact.value == Decimal(9000)
    assert "单位不一" in one.doubt
    assert "元（表!B3）" in said(found)


def test_two_columns_for_one_fact_are_shown_for_decision() -> None:
    book = workbook(["村名", "入伍新兵", "入伍人数"], ["柳庄村", 2, 3])
    mapping = proposed(book)
    assert [choice.fact for choice in mapping.choices] == [None, "入伍人数", None]
    assert "也可能是 表!C1" in mapping.choices[1].doubt
    assert "请选一个" in mapping.choices[2].doubt
    found = read_ledger(book, mapping, SCHEMA)
    assert fact(found, "入伍人数").fact.value == 2
    assert "请选一个" in said(found)
    both = mapping.decided(mapping.choices[2].key, "入伍人数").confirm()
    found = read_ledger(book, both, SCHEMA)
    assert [one.fact.value for one in found.facts] == [2, 3]
    assert "有两列：表!B1 和 表!C1" in said(found)
    assert found.facts[1].doubt


def test_a_percentage_is_not_summed() -> None:
    found = read(workbook(["村名", "入伍人数", "党员占比"], ["柳庄村", 2, "35%"], ["石桥村", 1, "40%"]))
    assert [one.label for one in found.facts] == ["入伍人数"]
    assert "“党员占比”是百分数，不能相加" in said(found)


@pytest.mark.parametrize(
    ("head", "cell", "doubted"),
    [
        ("党员占比", Decimal("0.45"), True),
        ("党员占比", 1, True),
        ("党员占比", "45%", False),
        ("党员占比", "0.45%", False),
        ("党员占比", 45, False),
        ("党员占比（%）", Decimal("0.45"), False),
    ],
)
@pytest.mark.parametrize("pairs", [True, False])
def test_a_share_that_may_be_a_fraction_is_doubted_also_after_the_columns_were_confirmed(
    head: str, cell: object, doubted: bool, pairs: bool
) -> None:
    rows = (
        [["项目", "数值"], ["入伍人数", 2], [head, cell]]
        if pairs
        else [["村名", "入伍人数", head], ["柳庄村", 2, cell]]
    )
    book = workbook(*rows)
    doubt = fact(read_ledger(book, proposed(book).confirm(), SCHEMA), "党员比例").doubt
    assert ("没有写成百分数" in doubt) is doubted


def test_last_year_has_a_column_of_its_own() -> None:
    found = read(workbook(["村名", "入伍人数", "去年入伍人数"], ["柳庄村", 2, 1], ["石桥村", 3, 4]))
    one = fact(found, "入伍人数").fact
    assert (one.value, one.last_year) == (5, 5)
    found = read(workbook(["村名", "2024年入伍人数", "2025年入伍人数"], ["柳庄村", 1, 2]))
    assert (fact(found, "入伍人数").fact.value, fact(found, "入伍人数").fact.last_year) == (2, 1)


def test_a_formula_without_a_stored_value_names_its_cell() -> None:
    found = read(workbook(*VILLAGES, ["东岭村", "=5+6", 3]))
    assert fact(found, "适龄青年").fact.value == 58
    assert "表!B4 是公式，文件里没有算出的值" in said(found)


def test_a_formula_counts_with_its_stored_value() -> None:
    book, out = openpyxl.Workbook(), io.BytesIO()
    for row in [*VILLAGES, ["东岭村", "=5+6", 3]]:
        book.active.append(list(row))
    book.save(out)
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(out.getvalue())) as old, zipfile.ZipFile(changed, "w") as new:
        for part in old.infolist():
            text = old.read(part)
            for empty in (b"<v></v>", b"<v/>", b"<v />"):
                text = text.replace(b"<f>5+6</f>" + empty, b"<f>5+6</f><v>11</v>")
            new.writestr(part, text)
    found = read(open_ledger(changed.getvalue(), "台账.xlsx"))
    assert fact(found, "适龄青年").fact.value == 69


def test_a_likeness_is_always_a_doubt() -> None:
    mapping = proposed(workbook(["村名", "适龄青年", "入伍人员"], ["柳庄村", 30, 2]))
    choice = mapping.choices[2]
    assert (choice.fact, choice.sure < 0.9) == ("入伍人数", True)
    assert "相近" in choice.doubt
    assert mapping.confirm().choices[2].doubt == ""


def test_what_the_program_computes_is_not_imported() -> None:
    mapping = proposed(workbook(["村名", "适龄青年", "登记率"], ["柳庄村", 30, "90%"]))
    assert mapping.choices[2].fact is None
    assert "按其他事实计算" in mapping.choices[2].doubt


# ---- a label, its value beside it


def test_labels_with_values_units_years_and_remarks() -> None:
    found = read(
        workbook(
            ["2025年数据表"],
            ["序号", "项目", "计量单位", "2025年", "2024年", "备注"],
            [1, "党委议军会", "次", 4, 3, None],
            [2, "器材投入", "万元", 7.5, 5, "财政所"],
            [3, "完成兵役登记人数", "人", "约320", None, None],
            [4, "党员占比", "%", 43, 40, None],
            [5, "存在问题", None, "场地不足\n经费紧张", None, None],
        )
    )
    facts = {one.label: one.fact for one in found.facts}
    assert (facts["议军会议"].value, facts["议军会议"].last_year) == (4, 3)
    assert facts["议军会议"].source == "台账.xlsx 表!D3"
    assert (facts["器材装备投入"].value, facts["器材装备投入"].note) == (Decimal(75000), "财政所")
    assert (facts["兵役登记"].value, facts["兵役登记"].approximate) == (320, "约")
    assert facts["党员比例"].value == 43
    assert facts["存在问题"].value == ("场地不足", "经费紧张")


def test_figures_in_hanzi_beside_labels_are_no_text() -> None:
    mapping = proposed(workbook(["项目", "数量", "单位"], ["宣传资料", "两千余", "份"], ["议军会议", "二次", ""]))
    assert [choice.doubt for choice in mapping.choices] == ["", ""]
    words = proposed(workbook(["项目", "数量"], ["宣传资料", "很多"], ["议军会议", 3]))
    assert words.choices[0].doubt == "“宣传资料”写的是“很多”，“宣传资料”应是数"


def test_the_unit_beside_a_value_tells_what_a_label_cannot_be() -> None:
    rows = [
        ["项目", "数量", "单位"],
        ["入伍人员", 5, "天"],
        ["宣传资料", 90, "户"],
        ["兵役登记", 30, "位"],
        ["议军会议", 3, "次"],
    ]
    found = {choice.header: (choice.fact, choice.doubt) for choice in proposed(workbook(*rows)).choices}
    assert found["入伍人员"] == (None, ""), "only like 入伍人数, and counted in days"
    assert found["宣传资料"] == ("宣传资料", "“宣传资料”的单位是户，“宣传资料”的单位是份")
    assert found["兵役登记"] == ("兵役登记", ""), "位 and 人 are the same"


def test_one_label_twice_with_two_values() -> None:
    book = workbook(["入伍人数", 12], ["适龄青年", 30], ["入伍新兵", 13])
    found = read(book)
    assert fact(found, "入伍人数").fact.value == 12
    assert "请选一个" in said(found)


def test_villages_side_by_side_are_added_up() -> None:
    rows: list[Row] = [
        ["项目", "单位", "柳庄村", "石桥村", "合计"],
        ["适龄青年", "人", 30, 28, 58],
        ["慰问金", "万元", 1, 2, 4],
    ]
    found = read(workbook(*rows))
    assert {one.label: one.fact.value for one in found.facts} == {"适龄青年": 58, "慰问金总额": Decimal(30000)}
    assert fact(found, "适龄青年").fact.source == "台账.xlsx：柳庄村 30、石桥村 28"
    assert (fact(found, "适龄青年").doubt, fact(found, "适龄青年").place) == ("", "表!A2")
    assert "与合计（表!E3）不一致" in fact(found, "慰问金总额").doubt
    found = read(workbook(*(row[:-1] for row in rows)))
    assert {one.label: one.fact.value for one in found.facts} == {"适龄青年": 58, "慰问金总额": Decimal(30000)}


def test_lines_under_the_table_are_no_village() -> None:
    found = read(workbook(*VILLAGES, ["填表人：张三", None, "审核人：李四"], ["注：以区里数据为准"]))
    assert found.notices == ()
    assert fact(found, "适龄青年").fact.note == ""


# ---- the rows of a table


def test_rows_of_a_table_by_its_columns() -> None:
    found = read(
        workbook(
            ["民兵分队编组情况"],
            ["序号", "名称", "数量", "编制", "实有"],
            [1, "应急排", 1, 30, 28],
            [2, "医疗救护班", 2, "20人", None],
            [None, "合计", 3, 50, 28],
        )
    )
    assert [one.row for one in found.facts] == [
        {"名称": "应急排", "数量": 1, "编制人数": 30, "实有人数": 28},
        {"名称": "医疗救护班", "数量": 2, "编制人数": 20},
    ]
    assert [one.place for one in found.facts] == ["表!B3", "表!B4"]
    assert found.notices == ()


def test_about_so_many_in_a_row_is_a_doubt_for_a_table_holds_bare_counts() -> None:
    found = read(workbook(["名称", "编制", "实有"], ["应急排", 30, "约28"], ["防火排", "二十", 20]))
    assert [one.row and one.row.get("实有人数") for one in found.facts] == [28, 20]
    assert [bool(one.doubt) for one in found.facts] == [True, False]
    assert "约28" in found.facts[0].doubt


def test_the_same_person_twice_in_a_list() -> None:
    found = read(
        workbook(["名称", "数量", "编制"], ["应急排", 1, 30], ["救护班", 1, 10], ["应急排", 2, 30], [None, 3, 4])
    )
    assert [bool(one.doubt) for one in found.facts] == [False, False, True, True]
    assert "“应急排”有两行（表!A2 和 表!A4）" in said(found)
    assert "表!A5 缺“名称”" in said(found)


def test_the_unit_may_stand_in_each_row() -> None:
    found = read(workbook(["项目", "金额", "单位"], ["器材", 7.5, "万元"], ["训练", 800, "元"], tab="经费明细"))
    assert [one.row and one.row["金额"] for one in found.facts] == [Decimal(75000), Decimal(800)]


@pytest.mark.parametrize(
    ("written", "yuan", "word"),
    [
        ("三万八千元", 38000, ""),
        ("二十四万元", 240000, ""),
        ("肆万伍仟元整", 45000, ""),
        ("肆萬伍仟圓整", 45000, ""),
        ("1.2千元", 1200, ""),
        ("3万5千元", 35000, ""),
        ("约两千元", 2000, "约"),
        ("二十余万元", 200000, "余"),
        ("万元", None, ""),
    ],
)
def test_an_amount_in_hanzi_says_its_own_unit(written: str, yuan: int | None, word: str) -> None:
    found = read(workbook(["项目", "金额（万元）"], ["慰问金总额", written], ["器材装备投入", 7.5]))
    amounts = {one.label: (one.fact.value, one.fact.approximate, one.doubt) for one in found.facts}
    assert amounts["器材装备投入"][0] == 75000
    assert amounts.get("慰问金总额") == (None if yuan is None else (Decimal(yuan), word, ""))


@pytest.mark.parametrize(
    "rows",
    [
        [["项目", "数值"], ["入伍人数", 12]],
        [["2025年征兵统计"], ["项目", "单位", "数值"], ["入伍人数", "人", 12]],
        [["清河镇"], ["入伍人数", 12]],
        [["指标", "完成"], ["入伍人数", "十二人"]],
    ],
)
def test_one_fact_is_a_ledger(rows: list[Row]) -> None:
    assert [(one.label, one.fact.value) for one in read(workbook(*rows)).facts] == [("入伍人数", 12)]


# ---- texts


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_table_of_text_in_any_encoding(encoding: str) -> None:
    text = "村名,适龄青年,慰问金（元）\n柳庄村,30,600\n石桥村,28人,0.08万元\n合计,58,1400\n"
    found = read(open_ledger(text.encode(encoding), "台账.csv"))
    assert fact(found, "适龄青年").fact.value == 58
    assert fact(found, "慰问金总额").fact.value == Decimal(1400)
    assert fact(found, "适龄青年").place == "B1"


@pytest.mark.parametrize("mark", ["\t", ";", "|", "，"])
def test_a_table_of_text_by_any_delimiter_with_others_in_quotes(mark: str) -> None:
    rows = [["村名", "适龄青年", "备注"], ["柳庄村", "30", '"外出;务工,多"'], ["石桥村", "28", '"3;4"']]
    text = "\n".join(mark.join(row) for row in rows)
    found = read(open_ledger(text.encode("gb18030"), "台账.csv"))
    assert fact(found, "适龄青年").fact.value == 58


def test_a_mark_of_utf_8_before_another_encoding() -> None:
    data = b"\xef\xbb\xbf" + "村名,适龄青年,入伍\n柳庄村,30,2\n".encode("gb18030")
    assert fact(read(open_ledger(data, "台账.csv")), "适龄青年").fact.value == 30


PAIRS = "項目,數值\n入伍人數,12\n參訓人次,66\n適齡青年,82\n慰問金總額（萬元）,3.8\n"
VILLAGES_TRADITIONAL = "村名,適齡青年,兵役登記\n柳莊村,30,6\n石橋村,28人,7\n合計,58,13\n"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "big5"])
@pytest.mark.parametrize(
    ("text", "values"),
    [
        (PAIRS, {"入伍人数": 12, "参训人次": 66, "适龄青年": 82, "慰问金总额": Decimal(38000)}),
        (VILLAGES_TRADITIONAL, {"适龄青年": 58, "兵役登记": 13}),
    ],
)
def test_a_ledger_in_traditional_characters(text: str, values: dict[str, object], encoding: str) -> None:
    found = read(open_ledger(text.encode(encoding), "台账.csv"))
    assert {one.label: one.fact.value for one in found.facts} == values
    assert "繁体" in said(found)


def test_names_in_a_simplified_ledger_stay_as_they_are_written() -> None:
    names = ["鍾峯", "王昇", "李珮", "陳崑"]
    rows = ["村名,姓名,适龄青年,应征", *(f"柳庄村,{one},3,2" for one in names)]
    book = open_ledger("\n".join(rows).encode(), "台账.csv")
    assert [book.grids[0].text(row, 2) for row in range(2, 6)] == names
    assert not book.notices


def test_nothing_known_is_nothing_proposed() -> None:
    assert propose(workbook(["姓名", "年龄"], ["张三", 30]), SCHEMA) == ()
    assert propose(workbook(), SCHEMA) == ()


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.lists(
            st.one_of(st.none(), st.integers(-9, 99), st.sampled_from(["入伍人数", "慰问金", "合计", "柳庄村", "约3"])),
            max_size=5,
        ),
        max_size=8,
    )
)
def test_any_table_is_read_without_a_crash_and_within_what_stands_there(rows: list[list[object]]) -> None:
    book = workbook(*rows)
    for mapping in propose(book, SCHEMA):
        for one in read_ledger(book, mapping, SCHEMA).facts:
            if one.label == "入伍人数" and isinstance(one.fact.value, int):
                assert (
                    0 <= one.fact.value <= sum(abs(cell) for row in rows for cell in row if isinstance(cell, int)) + 30
                )


# ---- remembered


def test_a_confirmed_mapping_is_remembered_for_the_next_ledger(tmp_path: Path) -> None:
    first = workbook(["村名", "适龄青年", "入伍人员", "备查"], ["柳庄村", 30, 2, 7])
    with open_store(f"sqlite:///{tmp_path / 'a.db'}") as store:
        (mapping,) = propose(first, SCHEMA, store, "t")
        assert not mapping.confirmed
        decided = mapping.decided("备查", "信访举报").decided("入伍人员", None).confirm()
        store.put_ledger_mapping("t", decided.fingerprint, decided.to_json())
        # Next month: other villages, other figures, a title on top.
        second = workbook(["二月"], ["村名", "适龄青年", "入伍人员", "备查"], ["石桥村", 28, 1, 3], ["东岭村", 3, 1, 4])
        (again,) = propose(second, SCHEMA, store, "t")
        assert again.confirmed
        found = read_ledger(second, again, SCHEMA)
        assert {one.label: (one.fact.value, one.doubt) for one in found.facts} == {
            "适龄青年": (31, ""),
            "信访举报": (7, ""),
        }
        assert not propose(second, SCHEMA, store, "another-type")[0].confirmed
        other = workbook(["村名", "适龄青年"], ["石桥村", 28])
        assert not propose(other, SCHEMA, store, "t")[0].confirmed
        store.forget_ledger_mapping("t", decided.fingerprint)
        assert not propose(second, SCHEMA, store, "t")[0].confirmed


def test_a_fact_that_is_gone_is_asked_about_again() -> None:
    book = workbook(*VILLAGES)
    mapping = proposed(book)
    text = mapping.decided("兵役登记", "火箭").confirm().to_json()
    again = mapping.remembered(text, list(SCHEMA.by_label))
    assert [choice.fact for choice in again.choices] == [None, "适龄青年", "兵役登记"]
    assert not again.confirmed


def test_columns_with_figures_that_are_not_taken_are_named() -> None:
    found = read(
        workbook(["序号", "村名", "入伍人数", "鸡舍", "备注"], [1, "柳林村", 3, 7, "迟报"], [2, "杨湾村", 2, "三", ""])
    )
    (notice,) = [one for one in found.notices if one.kind == "untaken"]
    assert "“鸡舍”" in notice.message
    assert not any(word in notice.message for word in ("序号", "入伍人数", "备注", "村名"))


def test_words_of_the_office_for_a_column() -> None:
    schema = Library().get("armed-forces-work").facts
    book = workbook(["村名", "已登记人数", "定兵数", "慰问经费（千元）"], ["柳林村", 30, 3, 2], ["杨湾村", 41, 2, 1.5])
    (mapping,) = propose(book, schema)
    told = {one.label: one.fact.value for one in read_ledger(book, mapping, schema).facts}
    assert told == {"兵役登记": 71, "入伍人数": 5, "慰问金总额": Decimal(3500)}
