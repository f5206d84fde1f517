"""The form in Excel: what is written reads back, and what a clerk types is read as it is meant or named by its cell."""

from __future__ import annotations

import datetime
import io
import zipfile
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from form_kit import DUTY, LIBRARY, SHAPE, back, cell_of, edited, problems, typed, written
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemas import FACTS, SCHEMA, sheet

from assistant.errors import SheetError, WorkbookInputError
from assistant.facts.fields import FactField, FieldType
from assistant.facts.sheet import Fact, FactSheet, read_facts
from assistant.intake.xlsx_form_layout import used_labels
from assistant.intake.xlsx_form_read import read_form
from assistant.intake.xlsx_form_write import write_form

# ---- write → read


def test_a_sheet_with_every_type_reads_back() -> None:
    given = sheet(入伍人数={"value": 12, "last_year": 10, "source": "征兵办台账", "note": "以区里批复为准"})
    assert back(written(given)) == given


_TEXT = st.text(
    st.one_of(st.sampled_from("=+-@_#NA/x000D5F'\"<>&，。\n\t 清河镇"), st.characters(exclude_categories=["C"])),
    max_size=30,
)
_LINE = _TEXT.map(lambda text: " ".join(text.split()))
_COUNT = st.integers(0, 10**9)
_MONEY = st.decimals(0, Decimal(10) ** 13 - 1, places=2)
_PERCENT = st.decimals(0, 100, places=3)


def _numbers(values: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(
        {"value": values},
        optional={
            "last_year": values,
            "approximate": st.sampled_from(["余", "多", "近", "约"]),
            "source": _TEXT,
            "note": _TEXT,
        },
    )


def _rows(*columns: tuple[str, st.SearchStrategy[Any]]) -> st.SearchStrategy[list[dict[str, Any]]]:
    (key, names), *rest = columns
    row = st.fixed_dictionaries({key: names}, optional=dict(rest))
    return st.lists(row, max_size=4, unique_by=lambda cells: cells[key])


_NAME = _LINE.filter(bool)


def _of_type(item: FactField) -> st.SearchStrategy[Any]:
    match item.type:
        case FieldType.COUNT:
            return _numbers(_COUNT)
        case FieldType.MONEY:
            return _numbers(_MONEY)
        case FieldType.PERCENT:
            return _numbers(_PERCENT)
        case FieldType.YEAR:
            return st.integers(1949, 2100)
        case FieldType.DATE:
            return st.dates(datetime.date(1000, 1, 1))
        case FieldType.CHOICE:
            return st.sampled_from(item.choices)
        case FieldType.LIST:
            return st.lists(_LINE, max_size=8)
        case FieldType.TEXT:
            return st.fixed_dictionaries({"value": _TEXT, "source": _TEXT, "note": _TEXT})
    kinds = {FieldType.TEXT: _NAME, FieldType.COUNT: _COUNT, FieldType.MONEY: _MONEY}
    rows = _rows(*((column.label, kinds[column.type]) for column in item.columns))
    return st.fixed_dictionaries({"value": rows}, optional={"last_year": rows, "source": _TEXT, "note": _TEXT})


_SHEETS = st.fixed_dictionaries({}, optional={item.label: _of_type(item) for item in SCHEMA.fields})


def _filled(given: FactSheet) -> FactSheet:
    """An empty list or table is no value; nothing tells it from one that was not filled in."""
    facts = {
        label: Fact(
            None if fact.empty else fact.value, fact.approximate, fact.last_year or None, fact.source, fact.note
        )
        if isinstance(fact.last_year, tuple) or fact.empty
        else fact
        for label, fact in given.facts.items()
    }
    return FactSheet(given.schema, {label: fact for label, fact in facts.items() if not fact.blank})


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(_SHEETS)
def test_what_is_written_reads_back(raw: dict[str, Any]) -> None:
    given = _filled(read_facts(raw, SCHEMA))
    read = back(written(given))
    assert dict(read.facts) == dict(given.facts)


@pytest.mark.parametrize("shape", [(found.key, shape.key) for found in LIBRARY.all() for shape in found.shapes])
def test_the_forms_of_all_shapes_read_back(shape: tuple[str, str]) -> None:
    kind, found = LIBRARY.shape(*shape)
    presets = read_facts(found.presets, kind.facts)
    read = read_form(write_form(kind, found, presets), "表.xlsx", LIBRARY.schema_of)
    assert (read.report_type, read.shape, read.sheet) == (*shape, presets)


def test_zero_is_a_value_and_an_empty_cell_is_none() -> None:
    read = back(typed(信访举报=0))
    assert read.value("信访举报") == 0
    assert "参训人次" not in read.facts


def test_a_rate_given_by_hand_is_kept() -> None:
    given = read_facts({"兵役登记率": "98.2%"}, SCHEMA)
    assert back(written(given)) == given


@pytest.mark.parametrize(
    "text", ["=1+1", "+86", "-", "@某人", "=cmd|' /C calc'!A0", "\t=1", "#N/A", "007", "1.10", "_x000D_", "a_x005F_b"]
)
def test_a_text_never_becomes_a_formula(text: str) -> None:
    data = written(read_facts({"单位简称": {"value": text, "note": text}}, SCHEMA))
    cell = cell_of(openpyxl.load_workbook(io.BytesIO(data)), "单位简称")
    assert cell.data_type == "s"
    assert cell.quotePrefix or cell.value[0] not in "=+-@"
    assert back(data).fact("单位简称").value == text.strip()


# ---- what a clerk sees


def test_required_facts_come_first_and_say_so() -> None:
    book = openpyxl.load_workbook(io.BytesIO(write_form(DUTY, SHAPE, FactSheet(DUTY.facts))))
    tab = book["征兵工作"]
    states = [str(tab.cell(row, 1).value).partition("·")[2] for row in range(4, tab.max_row + 1)]
    must = [item.label for item in DUTY.facts.required("duty-c") if item.group == "征兵工作"]
    assert [tab.cell(row, 2).value for row in range(4, 4 + len(must))] == must
    assert states[: len(must)] == ["必填"] * len(must)
    assert "必填" not in states[len(must) :]


def test_a_fact_without_use_for_the_shape_is_last() -> None:
    used = used_labels(SHAPE, DUTY.facts)
    assert {"适龄青年", "述职人", "普通民兵"} <= used
    assert "落款单位" not in used
    assert {"落款单位", "成文日期"} <= used_labels(DUTY.shape("work-a") or SHAPE, DUTY.facts)


def test_only_what_is_filled_in_can_be_changed() -> None:
    book = openpyxl.load_workbook(io.BytesIO(written(sheet())))
    assert all(tab.protection.sheet and not tab.protection.password for tab in book.worksheets)
    assert not cell_of(book, "入伍人数").protection.locked
    assert not cell_of(book, "入伍人数", "去年").protection.locked
    assert cell_of(book, "入伍人数", "事实").protection.locked
    assert cell_of(book, "入伍人数", "计量单位").protection.locked
    assert not cell_of(book, "慰问金总额", "计量单位").protection.locked
    assert not book["基本"]["B2"].protection.locked, "who fills it in"
    assert book["_拟稿"].sheet_state == "veryHidden"


def test_cells_are_checked_while_typing() -> None:
    book = openpyxl.load_workbook(io.BytesIO(written(sheet())))

    def check(label: str, header: str = "数值") -> Any:
        cell = cell_of(book, label, header)
        return next(found for found in cell.parent.data_validations.dataValidation if cell.coordinate in found.sqref)

    assert check("入伍人数").type == "whole"
    assert check("慰问金总额").type == "decimal"
    assert check("成文日期").type == "date"
    assert check("宣传资料", "概数").formula1 == '"余,多,近,约"'
    assert check("慰问金总额", "计量单位").formula1 == '"元,万元,亿元"'
    choices = check("自称").formula1.rpartition("!")[2].replace("$", "")
    assert [row[0].value for row in book["_拟稿"][choices]] == ["我镇", "我街道"]


def test_a_printed_page_is_a4_with_its_header() -> None:
    tab = openpyxl.load_workbook(io.BytesIO(written(sheet())))["数量"]
    assert (tab.page_setup.paperSize, tab.page_setup.orientation) == (9, "landscape")
    assert (tab.page_setup.fitToWidth, tab.page_setup.fitToHeight) == (1, 0)
    assert tab.print_title_rows == "$1:$3"
    assert tab.freeze_panes == "A4"


def test_money_is_written_as_an_office_does() -> None:
    book = openpyxl.load_workbook(io.BytesIO(written(sheet())))
    assert (cell_of(book, "器材装备投入").value, cell_of(book, "器材装备投入", "计量单位").value) == (7.5, "万元")
    assert (cell_of(book, "每户慰问金").value, cell_of(book, "每户慰问金", "计量单位").value) == (600, "元")


# ---- what a clerk types


@pytest.mark.parametrize(
    ("cells", "fact"),
    [
        ({"入伍人数": "12人"}, Fact(12)),
        ({"入伍人数": "约30"}, Fact(30, "约")),
        ({"入伍人数": "近500"}, Fact(500, "近")),
        ({"入伍人数": "2000余"}, Fact(2000, "余")),
        ({"入伍人数": "2000多人"}, Fact(2000, "多")),
        ({"入伍人数": "30左右"}, Fact(30, "约")),
        ({"入伍人数": 12.0, "入伍人数__去年": "10人"}, Fact(12, last_year=10)),
        ({"入伍人数": "1,200", "入伍人数__概数": "余"}, Fact(1200, "余")),
        ({"器材装备投入": 7.5, "器材装备投入__计量单位": "万元"}, Fact(Decimal(75000))),
        ({"器材装备投入": "7.5万"}, Fact(Decimal(75000))),
        ({"器材装备投入": "7.5万", "器材装备投入__计量单位": "元"}, Fact(Decimal(75000))),
        ({"器材装备投入": "7.5万元", "器材装备投入__计量单位": "万元"}, Fact(Decimal(75000))),
        ({"器材装备投入": "7万余元"}, Fact(Decimal(70000), "余")),
        ({"器材装备投入": "约7", "器材装备投入__计量单位": "万元"}, Fact(Decimal(70000), "约")),
        ({"器材装备投入": 0}, Fact(Decimal(0))),
        ({"器材装备投入": 800, "器材装备投入__计量单位": "元"}, Fact(Decimal(800))),
        ({"党员比例": "98.5%"}, Fact(Decimal("98.5"))),
        ({"党员比例": 98.5}, Fact(Decimal("98.5"))),
        ({"年度": "2025年"}, Fact(2025)),
        ({"成文日期": "2025.12.1"}, Fact(datetime.date(2025, 12, 1))),
        ({"成文日期": datetime.date(2025, 12, 1)}, Fact(datetime.date(2025, 12, 1))),
        ({"单位简称": 110}, Fact("110")),
        ({"存在问题（第1条）": "场地不足", "存在问题（第3条）": "台账不全"}, Fact(("场地不足", "台账不全"))),
        ({"存在问题（第1条）": "场地不足\n台账不全"}, Fact(("场地不足", "台账不全"))),
    ],
)
def test_what_people_write_is_read_as_they_mean_it(cells: dict[str, object], fact: Fact) -> None:
    (read,) = back(typed(**cells)).facts.values()
    assert read == fact


def test_a_percent_typed_as_such_is_read_as_such() -> None:
    def change(book: Any) -> None:
        cell = cell_of(book, "党员比例")
        cell.value, cell.number_format = 0.985, "0.0%"

    assert back(edited(change)).value("党员比例") == Decimal("98.5")


def test_a_formula_counts_with_its_stored_value() -> None:
    data = typed(入伍人数="=12+9+3", 村社区个数=3)
    assert problems(data) == [
        "数量!C9 “入伍人数”是公式，文件里没有算出的值，应为数值（用 Excel 或 WPS 打开保存一次，就有了）。"
    ]
    assert _with_cached(data, "12+9+3", "24").value("入伍人数") == 24


def _with_cached(data: bytes, formula: str, value: str) -> FactSheet:
    """As a program that computes would have saved it."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for part in old.infolist():
            text = old.read(part)
            for empty in (b"<v></v>", b"<v />", b"<v/>"):
                text = text.replace(f"<f>{formula}</f>".encode() + empty, f"<f>{formula}</f><v>{value}</v>".encode())
            new.writestr(part, text)
    return back(out.getvalue())


def test_rows_may_be_inserted_and_tabs_of_others_are_left_alone() -> None:
    def change(book: Any) -> None:
        book["数量"].insert_rows(4, 2)
        book.create_sheet("我的草稿")["A1"] = "随便记的"
        cell = next(cell for row in book["数量"] for cell in row if cell.value == "入伍人数")
        cell.offset(0, 1).value = 12

    assert back(edited(change)).value("入伍人数") == 12


def test_every_fault_at_once_each_with_its_cell() -> None:
    def change(book: Any) -> None:
        for label, header, value in (
            ("入伍人数", "数值", "十几人吧"),
            ("村社区个数", "数值", -3),
            ("信访举报", "去年", 1.5),
            ("器材装备投入", "数值", 7.5),
            ("慰问金总额", "数值", "3.9万元"),
            ("慰问金总额", "计量单位", "元"),
            ("宣传资料", "概数", "许多"),
            ("自称", "数值", "我校"),
            ("成文日期", "数值", "2025年2月30日"),
            ("单位简称", "去年", "镇"),
        ):
            cell_of(book, label, header).value = value
        book["民兵分队"]["A5"], book["民兵分队"]["B5"] = "应急排", "多"
        book["民兵分队"]["B6"] = 2
        book["经费明细"]["A5"], book["经费明细"]["B5"] = "器材", 3

    said = problems(edited(change))
    assert [line.split(" ")[0] for line in said] == [
        "基本!F4",
        "基本!C6",
        "基本!C7",
        "数量!C6",
        "数量!C9",
        "数量!F11",
        "数量!E12",
        "经费!C4",
        "经费!C5",
        "民兵分队!B5",
        "民兵分队!A6",
        "经费明细!B5",
    ]
    assert said[4] == "数量!C9 “入伍人数”写的是“十几人吧”，应为不小于 0 的整数（可带“人”）。"
    assert said[7] == "经费!C4 “器材装备投入”写的是“7.5”，应为带计量单位的金额：请选元或万元。"
    assert "写的是万元" in said[8]
    assert said[10] == "民兵分队!A6 “民兵分队.第2行”缺“名称”。"


def test_one_fact_twice_and_an_unknown_one() -> None:
    def change(book: Any) -> None:
        tab = book["数量"]
        for row, label, value in ((40, "输送新兵", 5), (41, "火箭", 1), (42, "入伍人", 1)):
            tab.cell(row, 2).value, tab.cell(row, 3).value = label, value

    assert problems(edited(change, read_facts({"入伍人数": 4}, SCHEMA))) == [
        "数量!B40 “入伍人数”写了两次，前一次在 数量!B9。",
        "数量!B41 “火箭”不是已知的事实。",
        "数量!B42 “入伍人”不是已知的事实，应为“入伍人数”（最接近的一项）。",
    ]


def test_the_same_row_twice_in_a_table() -> None:
    def change(book: Any) -> None:
        for row in (5, 9):
            book["民兵分队"].cell(row, 1).value = "应急排"

    (said,) = problems(edited(change))
    assert said.startswith("民兵分队!A9 ")
    assert "与第 5 行重复：应急排" in said


def test_a_text_too_long_for_a_cell_is_refused_not_cut() -> None:
    with pytest.raises(SheetError, match="一格放不下") as caught:
        written(read_facts({"单位简称": "长" * 40_000}, SCHEMA))
    assert caught.value.problems[0].place == "基本!C4"


def test_a_workbook_of_somebody_else_is_no_form() -> None:
    book, out = openpyxl.Workbook(), io.BytesIO()
    book.active["A1"] = "入伍人数"
    book.save(out)
    with pytest.raises(WorkbookInputError, match="不是本程序生成的事实表"):
        back(out.getvalue())


def test_facts_of_the_tests_are_all_there() -> None:
    """The identity above is worth nothing if the schema loses a type."""
    assert {item.type for item in SCHEMA.fields} == set(FieldType)
    assert FACTS.keys() <= SCHEMA.by_label.keys()
