"""Cells from a spreadsheet: header or order, units, totals, sums, and every wrong cell by row and column."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant.facts.fields import FactField, FieldType, TableColumn
from assistant.facts.paste import Block, PastedRows, appended, bare_amounts, filled_in, read_block, rows_of
from assistant.facts.pasting import Aside, Placed, place

TEAMS = FactField(
    label="分队",
    type=FieldType.TABLE,
    group="g",
    columns=(
        TableColumn(label="名称", type=FieldType.TEXT, aliases=("分队名称",)),
        TableColumn(label="实有人数", type=FieldType.COUNT, measure="人", aliases=("实有",)),
        TableColumn(label="经费", type=FieldType.MONEY),
    ),
)


def read(text: str) -> tuple[Block, PastedRows]:
    block = read_block(text, TEAMS)
    assert block is not None
    return block, rows_of(block, TEAMS, block.matched)


def test_columns_by_their_header_in_any_order() -> None:
    block, pasted = read("序号\t实有\t分队名称\r\n1\t28\t应急排\r\n2\t18人\t通信班\r\n")
    assert block.matched == ("", "实有人数", "名称")
    assert pasted.rows == ({"实有人数": 28, "名称": "应急排"}, {"实有人数": 18, "名称": "通信班"})
    assert pasted.problems == ()


def test_columns_in_order_where_there_is_no_header() -> None:
    block, pasted = read("应急排\t28\t2万\n通信班\t9+9")
    assert block.heads == ()
    assert pasted.rows == (
        {"名称": "应急排", "实有人数": 28, "经费": Decimal(20000)},
        {"名称": "通信班", "实有人数": 18},
    )


def test_unit_in_the_header_counts_for_bare_figures() -> None:
    _, pasted = read("名称\t经费（万元）\n应急排\t2.5\n通信班\t800元")
    assert [row["经费"] for row in pasted.rows] == [Decimal(25000), Decimal(800)]


@pytest.mark.parametrize(
    ("text", "number", "matched"),
    [("\n28\t2万\t9", 2, ("实有人数", "经费", "")), ("\n实有人数\t经费\n28\t2万", 3, ("实有人数", "经费"))],
)
def test_cells_without_names_go_beside_the_rows_they_were_pasted_beside(
    text: str, number: int, matched: tuple[str, ...]
) -> None:
    block = read_block(text, TEAMS, "实有人数")
    assert block is not None
    assert block.matched == matched
    # The row above is left as it is.
    assert rows_of(block, TEAMS, block.matched).rows == ({}, {"实有人数": 28, "经费": Decimal(20000)})
    assert block.first + 1 == number, "as counted in the pasted text"


@pytest.mark.parametrize("head", ["经费（美元）", "经费(万美元)", "经费（港币）", "经费（USD）", "经费($)"])
def test_a_unit_that_is_no_yuan_is_told(head: str) -> None:
    _, pasted = read(f"名称\t{head}\n应急排\t2.5")
    (problem,) = pasted.problems
    assert str(problem).startswith(f"“{head}”写的是")
    assert "人民币" in str(problem)


@pytest.mark.parametrize(
    ("head", "cell", "count"),
    [("实有人数（万人）", "2.5", 25000), ("实有（百人）", "3", 300), ("实有（万人）", "28人", 28)],
)
def test_counts_by_the_ten_thousand(head: str, cell: str, count: int) -> None:
    assert read(f"名称\t{head}\n应急排\t{cell}")[1].rows[0]["实有人数"] == count


def test_totals_are_left_out_and_named() -> None:
    _, pasted = read("名称\t实有人数\n应急排\t28\n合 计\t28")
    assert len(pasted.rows) == 1
    assert pasted.left_out == (3,)


def test_wrong_cells_are_named_with_row_and_column() -> None:
    _, pasted = read("名称\t实有人数\t经费\n应急排\t不少\t2万\n通信班\t18\t若干")
    said = [str(problem) for problem in pasted.problems]
    assert len(said) == 2
    assert "第2行“实有人数”写的是“不少”" in said[0]
    assert "第3行“经费”写的是“若干”" in said[1]


def test_two_columns_for_one_are_told() -> None:
    block = read_block("应急排\t28\t30", TEAMS)
    assert block is not None
    pasted = rows_of(block, TEAMS, ("名称", "实有人数", "实有人数"))
    assert "有两列都对到这里" in str(pasted.problems[0])
    block = read_block("名称\t实有\t实有人数\n应急排\t28\t30", TEAMS)
    assert block is not None
    assert block.matched == ("名称", "实有人数", "")


def test_cell_with_a_line_end_stays_one_cell() -> None:
    block = read_block('"应急\n排"\t28', TEAMS)
    assert block is not None
    assert block.rows == (("应急\n排", "28"),)


def test_column_of_figures_alone_goes_to_the_first_column_of_figures() -> None:
    block, pasted = read("28\n18\n")
    assert block.matched == ("实有人数",)
    old = ({"名称": "应急排", "实有人数": 1}, {"名称": "通信班"}, {"名称": "医疗班", "实有人数": 5})
    rows = filled_in(old, pasted.rows)
    assert [row.get("实有人数") for row in rows] == [28, 18, 5]
    with pytest.raises(ValueError, match="表里只有 1 行"):
        filled_in(old[:1], pasted.rows)


def test_appending_fills_in_rows_of_the_same_name() -> None:
    old = ({"名称": "应急排", "实有人数": 1, "经费": Decimal(5)},)
    rows = appended(old, ({"名称": "通信班", "实有人数": 18}, {"名称": "应急排", "实有人数": 28}), TEAMS)
    assert rows == [{"名称": "应急排", "实有人数": 28, "经费": Decimal(5)}, {"名称": "通信班", "实有人数": 18}]


def test_nothing_and_too_much() -> None:
    assert read_block(" \n\t\n", TEAMS) is None
    for text in ("甲\t1\n" * 501, "甲" * 200_000, '"' + "甲\n" * 80_000):
        with pytest.raises(ValueError, match="请只复制要用的那几行"):
            read_block(text, TEAMS)


def test_a_gap_in_a_column_leaves_its_row_as_it_is() -> None:
    old = tuple({"名称": name, "实有人数": 1} for name in ("甲", "乙", "丙"))
    for text, filled in (
        ("实有\r\n28\r\n\r\n17\r\n", [28, 1, 17]),
        ("\n30\n18", [1, 30, 18]),
        ("28\n\n17", [28, 1, 17]),
    ):
        _, pasted = read(text)
        assert [row["实有人数"] for row in filled_in(old, pasted.rows)] == filled
    block, pasted = read("\n名称\t实有\n甲\t2\n\n乙\t3")
    assert block.first == 3
    assert len(pasted.rows) == 2


@pytest.mark.parametrize(
    ("head", "yuan"),
    [
        ("经费(千元)", 68000),
        ("经费（百万元）", 68000000),
        ("经费/万元", 680000),
        ("经费 万元", 680000),
        ("经费（单位：万元）", 680000),
        ("（万元）经费", 680000),
        ("经费（万元）*", 680000),
        ("经费（万元）：", 680000),
        ("经费（万元/年）", 680000),
        ("经费（万元，含税）", 680000),
        ("经费（以万元计）", 680000),
        ("经费（2025年）（万元）", 680000),
        ("经费（万）", 680000),
        ("经费（元）", 68),
        ("经费（含元旦慰问）", 68),
    ],
)
def test_the_unit_of_a_head_in_every_way_of_writing_it(head: str, yuan: int) -> None:
    block, pasted = read(f"名称\t{head}\n甲\t68\n乙\t60+8\n丙\t68元")
    assert block.matched == ("名称", "经费")
    assert [row["经费"] for row in pasted.rows] == [yuan, yuan, 68]


@pytest.mark.parametrize("head", ["经费（万元左右）", "经费（万元、元）"])
def test_a_unit_that_is_not_understood_is_told_and_not_read_as_yuan(head: str) -> None:
    _, pasted = read(f"名称\t{head}\n甲\t68")
    assert f"看不出表头“{head}”下面的数按什么单位" in str(pasted.problems[0])
    _, pasted = read(f"名称\t{head}\n甲\t68万元")
    assert (pasted.problems, pasted.rows[0]["经费"]) == ((), 680000)


@pytest.mark.parametrize("total", ["合计：", "合计（人）", "合计数", "总额", "全年合计", "总 计"])
def test_totals_in_every_way_of_writing_them(total: str) -> None:
    _, pasted = read(f"名称\t实有人数\n小计排\t28\n{total}\t28")
    assert (len(pasted.rows), pasted.left_out) == (1, (3,))


def test_two_rows_of_one_name_are_told() -> None:
    _, pasted = read("名称\t实有\n通信班\t9\n通信班\t7")
    assert "第3行“名称”写的是“通信班”，与第2行同名" in str(pasted.problems[0])


# ---- pasted into the grid


def pasted_into(text: str, start: str = "名称", held: int = 0) -> Placed | Aside:
    block = read_block(text, TEAMS, start)
    assert block is not None
    return place(block, TEAMS, start, held)


@pytest.mark.parametrize(
    ("text", "start", "rows"),
    [
        ("24\n12+9\n\n三十", "实有人数", ({"实有人数": "24"}, {"实有人数": "12+9"}, {}, {"实有人数": "三十"})),
        ("应急排\t28\n通信班\t9", "名称", ({"名称": "应急排", "实有人数": "28"}, {"名称": "通信班", "实有人数": "9"})),
        ("1.36万元\n¥9,000", "经费", ({"经费": "1.36万元"}, {"经费": "¥9,000"})),
        ("应急排\t无\n通信班\t9", "名称", ({"名称": "应急排", "实有人数": "无"}, {"名称": "通信班", "实有人数": "9"})),
    ],
)
def test_values_without_a_head_go_into_the_grid_as_they_are(text: str, start: str, rows: object) -> None:
    assert pasted_into(text, start, held=3) == Placed(rows)  # type: ignore[arg-type]


def test_a_block_with_a_head_it_knows_is_read_by_it() -> None:
    found = pasted_into("序号\t分队名称\t实有\t经费（万元）\n1\t应急排\t28\t1.36\n2\t通信班\t9\t2\n\t合计\t37\t3.36")
    assert isinstance(found, Placed)
    assert found.rows == (
        {"名称": "应急排", "实有人数": "28", "经费": "13600"},
        {"名称": "通信班", "实有人数": "9", "经费": "20000"},
    )
    assert "按表头" in found.said
    assert "“经费”按表头的万元" in found.said
    assert "第 4 行像是合计" in found.said


def test_a_column_with_its_own_head_goes_below_the_cell_it_was_pasted_into() -> None:
    found = pasted_into("实有\n28\n9", "实有人数", held=2)
    assert isinstance(found, Placed)
    assert found.rows == ({"实有人数": "28"}, {"实有人数": "9"})


@pytest.mark.parametrize(
    ("heads", "matched"),
    [
        ("开支内容\t经费（元）", ("名称", "经费")),
        ("队别\t实有", ("名称", "实有人数")),
        ("备注\t实有", ("", "实有人数")),
        ("科目\t用途\t实有\t经费（元）", ("", "", "实有人数", "经费")),
    ],
)
def test_the_only_column_of_another_name_holds_the_names(heads: str, matched: tuple[str, ...]) -> None:
    cells = ["甲", "乙"][: matched.count("") + matched.count("名称")]
    block, _ = read(f"{heads}\n" + "\t".join([*cells, *["5"] * (len(matched) - len(cells))]))
    assert block.matched == matched


def test_a_total_below_values_is_left_out_and_told() -> None:
    found = pasted_into("应急排\t28\n通信班\t9\n小 计\t37", held=1)
    assert isinstance(found, Placed)
    assert [cells["名称"] for cells in found.rows] == ["应急排", "通信班"]
    assert "第 3 行像是合计" in found.said


@pytest.mark.parametrize(
    ("text", "start", "held", "why"),
    [
        ("应急排\t28\t2万\t缺2", "名称", 0, "有 4 列，从“名称”起只有 3 列"),
        ("28\t2万\t9\n9\t1万\t8", "实有人数", 0, "有 3 列，从“实有人数”起只有 2 列"),
        ("分队名称\t实有\t备注\n应急排\t28\t缺2", "名称", 0, "“备注”在这张表里没有对应的列"),
        ("分队名称\t实有\n应急排\t28", "名称", 2, "已经有 2 行"),
        ("实有\n28\n9", "经费", 2, "表头写的是“实有人数”，却贴在“经费”一列"),
        ("队伍\t人头\n应急排\t28", "名称", 0, "第一行像是表头"),
        ("几个人\n28\n二十", "实有人数", 0, "第一行像是表头"),
        ("购置对讲机\t\t1.36\n训练伙食\t\t0.9", "名称", 0, "“经费”没有写单位"),
        ("1.36\n0.9\n2", "经费", 3, "“经费”没有写单位"),
        ("分队名称\t经费\n应急排\t1.36", "名称", 0, "“经费”没有写单位"),
        ("分队名称\t实有\n应急排\t不少", "名称", 0, "有的格读不出来"),
    ],
)
def test_what_cannot_be_placed_for_certain_is_shown_with_the_reason(text: str, start: str, held: int, why: str) -> None:
    found = pasted_into(text, start, held)
    assert isinstance(found, Aside)
    assert why in found.why


def test_bare_amounts_are_counted_in_what_a_person_says() -> None:
    block = read_block("应急排\t28\t1.36\n通信班\t9\t800元\n合计\t37\t9", TEAMS)
    assert block is not None
    assert bare_amounts(block, TEAMS, block.matched) == (2,)
    for unit, yuan in (("万元", Decimal(13600)), ("元", Decimal("1.36"))):
        rows = rows_of(block, TEAMS, block.matched, {2: unit}).rows
        assert [row["经费"] for row in rows] == [yuan, Decimal(800)]


@pytest.mark.parametrize(("cell", "yuan"), [("三百", 3000000), ("三万", 30000), ("五", 50000), ("300元", 300)])
def test_hanzi_below_a_head_with_a_unit(cell: str, yuan: int) -> None:
    assert read(f"名称\t经费（万元）\n应急排\t{cell}")[1].rows[0]["经费"] == yuan


@pytest.mark.parametrize("cell", ["约6", "6余", "近6人", "六余"])
def test_a_rough_figure_is_no_exact_one(cell: str) -> None:
    _, pasted = read(f"名称\t实有\n应急排\t{cell}")
    [problem] = pasted.problems
    assert "准数" in str(problem)
    assert f"写的是“{cell}”" in str(problem)
