"""Fact sheets: read, faults named all at once, and written back without loss."""

from __future__ import annotations

import datetime
from dataclasses import replace
from decimal import Decimal

import pytest
from form_kit import back, written
from hypothesis import given
from hypothesis import strategies as st
from schemas import FACTS, SCHEMA, sheet

from assistant.errors import SheetError
from assistant.facts.fields import FactSchema
from assistant.facts.sheet import Fact, FactSheet, read_facts
from assistant.facts.yaml_form import blank_sheet, dump_sheet, load_sheet
from assistant.reports.fact_entry import Change, enter, part_shown
from assistant.reports.loader import Library
from assistant.slots.render import render_text


def schema_of(_type: str, _shape: str) -> FactSchema:
    return SCHEMA


def load(body: str) -> FactSheet:
    return load_sheet(f"report_type: t\nshape: s\nfacts:\n{body}", schema_of).sheet


def problems(body: str) -> list[str]:
    with pytest.raises(SheetError) as caught:
        load(body)
    return [str(problem) for problem in caught.value.problems]


def test_values_are_typed() -> None:
    read = sheet()
    assert read.value("入伍人数") == 12
    assert read.fact("入伍人数").last_year == 10
    assert read.value("器材装备投入") == Decimal(75000)
    assert read.value("成文日期") == datetime.date(2025, 12, 1)
    assert read.fact("宣传资料").approximate == "余"
    assert read.value("信访举报") == 0
    assert read.value("参训人次") is None
    assert read.value("兵役登记率") == Decimal("98.2")
    assert read.value("经费明细") == (
        {"项目": "器材装备", "金额": Decimal(75000)},
        {"项目": "训练", "金额": Decimal(40000)},
    )


def test_aliases_name_facts() -> None:
    assert read_facts({"明白纸": "2000多张"}, SCHEMA).fact("宣传资料") == Fact(2000, "多")


def test_no_numbers_by_yaml_rules() -> None:
    read = load("  入伍人数: 012\n  成文日期: 2025-12-01\n  单位简称: 1.10\n  参训人次: 1,200人次\n")
    assert read.value("入伍人数") == 12
    assert read.value("成文日期") == datetime.date(2025, 12, 1)
    assert read.value("单位简称") == "1.10"
    assert read.value("参训人次") == 1200
    assert problems("  入伍人数: 1:30\n") == ["第4行 “入伍人数”写的是“1:30”，应为不小于 0 的整数（可带“人”）。"]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("  入伍人数: -1\n", "第4行 “入伍人数”写的是“-1”，应为不小于 0 的整数（可带“人”）。"),
        ("  入伍人数: [1]\n", "第4行 “入伍人数”写的是“['1']”，应为不小于 0 的整数（可带“人”）。"),
        ("  入伍人数: true\n", "第4行 “入伍人数”写的是“True”，应为不小于 0 的整数（可带“人”）。"),
        ("  入伍人: 3\n", "第4行 “入伍人”不是已知的事实，应为“入伍人数”（最接近的一项）。"),
        ("  火箭: 3\n", "第4行 “火箭”不是已知的事实。"),
        ("  自称: 我校\n", "第4行 “自称”写的是“我校”，应为我镇、我街道 之一。"),
        (
            "  成文日期: 2025年2月30日\n",
            "第4行 “成文日期”写的是“2025年2月30日”，应为日历上有的日期，如 2025年12月1日。",
        ),
        ("  单位简称: {value: 镇, approximate: true}\n", "第4行 “单位简称”不是数量，不能标为概数。"),
        ("  单位简称: {value: 镇, last_year: 镇}\n", "第4行 “单位简称”不是数量，没有去年数。"),
        (
            "  入伍人数: {值: 3}\n",
            "第4行 “入伍人数”的“值”写法不对，应为value、approximate、last_year、source、note、private 这几项。",
        ),
        ("  入伍人数: 3\n  输送新兵: 4\n", "第5行 “输送新兵”与“入伍人数”是同一项，写了两次。"),
        ("  民兵分队: 3\n", "第4行 “民兵分队”不是表格，应为若干行，每行写名称、数量、编制人数、实有人数。"),
        ("  民兵分队: [三]\n", "第4行 “民兵分队.第1行”不是一行，应为{列名: 值, …}。"),
        ("  民兵分队: [{数量: 3}]\n", "第4行 “民兵分队.第1行”缺“名称”。"),
        (
            "  民兵分队: [{名称: 一}, {名称: 一}]\n",
            "第4行 “民兵分队.第2行”的“名称”与前面重复：一，应为每行一个不同的名称。",
        ),
        (
            "  民兵分队: [{名称: 一, 数量: 多}]\n",
            "第4行 “民兵分队.第1行.数量”写的是“多”，应为不小于 0 的整数（可带“个”）。",
        ),
        (
            "  民兵分队: [{名称: 一, 数量: 约6}]\n",
            "第4行 “民兵分队.第1行.数量”写的是“约6”，应为准数（表格里的数要相加，不写“约”；还没有准数的，先空着）。",
        ),
        (
            "  入伍人数: 3\n  民兵分队: [{名称: 一, 数量: 6}, {名称: 合计, 数量: 6}]\n",
            "第5行 “民兵分队”里的“合计”由程序算，请删去这一行。",
        ),
        (
            "  民兵分队: [{名称: 一, 年龄: 3}]\n",
            "第4行 “民兵分队.第1行”没有“年龄”这一列，应为名称、数量、编制人数、实有人数 之一。",
        ),
    ],
)
def test_faults_name_line_label_and_what_was_expected(body: str, said: str) -> None:
    assert problems(body) == [said]


def test_every_fault_at_once() -> None:
    said = problems("  入伍人数: -1\n  火箭: 3\n  成文日期: 明天\n  民兵分队: [{数量: x}, 3]\n")
    assert [line.split("”")[0] for line in said] == [
        "第4行 “入伍人数",
        "第5行 “火箭",
        "第6行 “成文日期",
        "第7行 “民兵分队.第1行.数量",
        "第7行 “民兵分队.第2行",
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("facts: [\n", "不是正确的 YAML"),
        ("- 1\n", "不是事实表"),
        ("", "不是事实表"),
        ("a: &x 1\nb: *x\n", "引用"),
        ("facts:\n  入伍人数: 1\n  入伍人数: 2\n", "第3行 不是正确的 YAML：“入伍人数”写了两次"),
        ("\tfacts: 1\n", "第1行 不是正确的 YAML"),
        ("{? [1]: 2}\n", "不是正确的 YAML"),
        ("[" * 5000, "不是正确的 YAML"),
        ("facts: {}\n", "“report_type”没有写"),
        ("report_type: t\nshape: s\nfact: {}\n", "第3行 “fact”不是事实表的内容"),
        ("report_type: t\nshape: s\nfacts: 3\n", "第3行 “facts”写法不对"),
        ("x" * 1_000_001, "文件过大"),
        ("report_type: !!python/object:os.system t\n", "不是正确的 YAML"),
    ],
)
def test_broken_files(text: str, said: str) -> None:
    with pytest.raises(SheetError) as caught:
        load_sheet(text, schema_of, "甲.yaml")
    assert said in str(caught.value)


def test_the_files_name_is_told() -> None:
    with pytest.raises(SheetError, match=r"甲\.yaml"):
        load_sheet("report_type: t\nshape: s\nfacts: {火箭: 1}\n", schema_of, "甲.yaml")


def test_empty_is_not_zero() -> None:
    read = load("  入伍人数:\n  信访举报: 0\n  存在问题: []\n  单位简称: ''\n")
    assert list(read.facts) == ["信访举报"]
    assert read.fact("入伍人数").empty
    assert not read.fact("信访举报").empty


def test_a_blank_sheet_reads_as_an_empty_one() -> None:
    blank = blank_sheet("t", "s", SCHEMA, FactSheet(SCHEMA))
    assert not load_sheet(blank, schema_of).sheet.facts
    assert "入伍人数:" in blank


def test_next_year() -> None:
    later = sheet().next_year(["单位简称"])
    assert later.value("年度") == 2026
    assert later.fact("入伍人数") == Fact(last_year=12)
    assert later.value("单位简称") == "清河镇"
    assert later.value("成文日期") is None


@pytest.mark.parametrize(
    ("label", "given", "printed"),
    [
        ("宣传资料", "2000余", "2000余份"),
        ("宣传资料", "近2000", "近2000份"),
        ("器材装备投入", "7.5余万元", "7.5万余元"),
        ("器材装备投入", "约75000元", "约7.5万元"),
    ],
)
def test_last_years_round_figure_stays_one(label: str, given: str, printed: str) -> None:
    later = sheet(**{label: given}).next_year([])
    later = load_sheet(dump_sheet("t", "s", later), schema_of).sheet
    assert back(written(later)).fact(label) == later.fact(label), "an Excel form holds it too"
    later = later.with_fact(label, replace(later.fact(label), value=Decimal(90000) if "投入" in label else 2500))
    assert render_text(f"{{{{{label}|去年}}}}", later) == printed
    assert render_text(f"{{{{{label}|同比}}}}", later) == f"【待补：{label}去年的准数】", "nothing is worked out of it"
    item = later.schema.by_label[label]
    assert part_shown(later.fact(label), "last_year", item) == printed.removesuffix("份")
    typed = enter(item, later.fact(label), {"last_year": Change(printed.removesuffix("份"), "1800")})
    assert typed.fact.last_approximate == "", "another figure is exact"
    assert replace(later.fact(label), last_year=1800).last_approximate == ""


def test_last_years_round_figure_is_kept_as_it_was_typed() -> None:
    item = SCHEMA.by_label["宣传资料"]
    typed = enter(item, Fact(), {"last_year": Change("", "1800余")})
    assert (typed.fact.last_year, typed.fact.last_approximate) == (1800, "余")


COUNTS = st.integers(0, 10**9)
YUAN = st.integers(0, 10**14).map(lambda cents: Decimal(cents) / 100)
POINTS = st.integers(0, 10**5).map(lambda value: Decimal(value) / 1000)
WORDS = st.text(max_size=8)
APPROXIMATE = st.sampled_from(["", "余", "多", "近", "约"])


def entry(values: st.SearchStrategy[object]) -> st.SearchStrategy[dict[str, object]]:
    return st.fixed_dictionaries(
        {"value": st.none() | values},
        optional={
            "last_year": values,
            "approximate": APPROXIMATE,
            "source": WORDS,
            "note": WORDS,
            "private": st.just(True),
        },
    )


ROWS = st.lists(
    st.fixed_dictionaries(
        {"名称": WORDS.filter(lambda text: bool(text.strip()))}, optional={"数量": COUNTS, "实有人数": COUNTS}
    ),
    max_size=4,
)
SHEETS = st.fixed_dictionaries(
    {},
    optional={
        "单位简称": WORDS,
        "年度": st.integers(1949, 2100),
        "成文日期": st.dates(datetime.date(1000, 1, 1)),
        "入伍人数": entry(COUNTS),
        "器材装备投入": entry(YUAN),
        "党员比例": entry(POINTS),
        "存在问题": st.lists(WORDS, max_size=4),
        "民兵分队": ROWS,
    },
)


@given(SHEETS)
def test_a_dumped_sheet_loads_back(raw: dict[str, object]) -> None:
    try:
        first = read_facts(raw, SCHEMA)
    except SheetError:
        return  # two rows of one name, or a name of control characters only
    assert load_sheet(dump_sheet("t", "s", first), schema_of).sheet.facts == first.facts


def test_the_sample_loads_back() -> None:
    assert load_sheet(dump_sheet("t", "s", sheet()), schema_of).sheet.facts == read_facts(FACTS, SCHEMA).facts


def test_the_word_of_a_rough_figure_is_kept_as_it_was_said() -> None:
    # 近1800份 are fewer than 1,800, 1800余份 more.
    assert read_facts({"宣传资料": "近1800份"}, SCHEMA).fact("宣传资料") == Fact(1800, "近")
    ticked = {"value": "约1800", "approximate": True}
    assert read_facts({"宣传资料": ticked}, SCHEMA).fact("宣传资料").approximate == "约"
    assert read_facts({"宣传资料": {**ticked, "value": "1800"}}, SCHEMA).fact("宣传资料").approximate == "余"


def test_what_is_worked_out_of_an_approximate_figure_is_not_printed_as_exact() -> None:
    schema = Library().get("armed-forces-work").facts
    exact = read_facts({"普通民兵": 500, "基干民兵": 88, "适龄青年": 415, "兵役登记": 410}, schema)
    assert exact.value("民兵总数") == 588
    assert exact.value("兵役登记率") == Decimal("98.8")
    about = read_facts({"普通民兵": "500余", "基干民兵": 88, "适龄青年": 415, "兵役登记": "410余"}, schema)
    assert about.value("民兵总数") is None
    assert about.value("兵役登记率") is None
    given = read_facts({"普通民兵": "500余", "基干民兵": 88, "民兵总数": 602}, schema)
    assert given.value("民兵总数") == 602
