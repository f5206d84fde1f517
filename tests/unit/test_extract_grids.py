"""Tables in old reports: what they say, and what must never be taken from the column beside."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.facts.fields import FactSchema
from assistant.intake.extract import extract_text
from assistant.reports.loader import Library


@pytest.fixture(scope="module")
def schema() -> FactSchema:
    return Library().get("armed-forces-work").facts


def values(text: str, schema: FactSchema) -> dict[str, tuple[Any, Any]]:
    """Label → (this year's value, last year's) of figures."""
    return {
        fact.label: (fact.fact.value, fact.fact.last_year)
        for fact in extract_text(text, schema).facts
        if fact.row is None and isinstance(fact.fact.value, int | Decimal) and fact.label != "年度"
    }


def rows(text: str, label: str, schema: FactSchema) -> list[dict[str, Any]]:
    return [dict(fact.row) for fact in extract_text(text, schema).facts if fact.label == label and fact.row is not None]


def items(text: str, label: str, schema: FactSchema) -> list[str]:
    return [
        item
        for fact in extract_text(text, schema).facts
        if fact.label == label and isinstance(fact.fact.value, tuple)
        for item in fact.fact.value
    ]


def test_an_empty_cell_keeps_its_column(schema: FactSchema) -> None:
    text = "2025年统计\n大类\t序号\t指标\t单位\t本年\t上年\t备注\n征兵\t1\t报名应征\t人\t55\t49\t\n"
    text += "\t2\t体检合格\t人\t24\t\t新标准\n\t3\t预备役登记\t人\t\t26\t未报\n"
    assert values(text, schema) == {"报名应征": (55, 49), "体检合格": (24, None)}


def test_amounts_with_separators_and_cents(schema: FactSchema) -> None:
    text = (
        "2025年统计\n指标\t单位\t本年\t上年\n武装经费预算\t元\t350,000.00\t320,000.00\n库室建设\t元\t42,000.00\t0.00\n"
    )
    assert values(text, schema) == {"武装经费预算": (350000, 320000), "库室建设投入": (42000, 0)}


def test_a_caption_that_says_the_unit(schema: FactSchema) -> None:
    text = "2025年经费支出情况\n（单位：万元）\n项目\t上年\t本年\n器材装备\t6\t5.8\n训练保障\t5\t4.6\n合计\t11\t10.4\n"
    told = values(text, schema)
    assert told["器材装备投入"] == (58000, 60000)
    assert told["训练保障投入"] == (46000, 50000)


def test_plans_and_changes_are_no_values(schema: FactSchema) -> None:
    text = "| 指标 | 年初目标 | 实际完成 | 增减 |\n|---|---|---|---|\n"
    text += "| 党委议军会议（次） | 2 | 3 | 1 |\n| 民兵训练（天） | 8 | 10 | 2 |\n"
    assert values(text, schema) == {"党委议军会议": (3, None), "训练天数": (10, None)}


def test_merged_heads_of_two_lines(schema: FactSchema) -> None:
    text = "指标\t完成数\t\t上年数\t\n\t次数\t人次\t次数\t人次\n点验\t2\t178\t1\t90\n"
    assert values(text, schema) == {"点验次数": (2, 1), "点验人次": (178, 90)}


def test_villages_count_only_together(schema: FactSchema) -> None:
    head = "村名\t适龄青年\t兵役登记\t入伍人数\n李村\t21\t21\t2\n王村\t30\t29\t3\n"
    added = [fact for fact in extract_text(head, schema).facts if fact.doubt]
    assert {fact.label: fact.fact.value for fact in added} == {"适龄青年": 51, "兵役登记": 50, "入伍人数": 5}
    assert len(added) == len(values(head, schema))
    together = {"适龄青年": (51, None), "兵役登记": (50, None), "入伍人数": (5, None)}
    assert values(head + "合计\t51\t50\t5\n", schema) == together


def test_one_line_of_figures_below_their_names(schema: FactSchema) -> None:
    text = "征兵各环节人数\n适龄青年\t兵役登记\t报名\t入伍\t其中大学生\n447\t446\t81\t27\t23\n"
    assert {label: value for label, (value, _) in values(text, schema).items()} == {
        "适龄青年": 447, "兵役登记": 446, "报名应征": 81, "入伍人数": 27, "大学生入伍": 23,
    }  # fmt: skip


def test_years_in_lines(schema: FactSchema) -> None:
    text = "年度\t适龄青年\t兵役登记\n2024年\t320\t318\n2025年\t310\t310\n"
    assert values(text, schema) == {"适龄青年": (310, 320), "兵役登记": (310, 318)}


def test_what_is_missing_is_no_column_of_a_team(schema: FactSchema) -> None:
    text = "民兵分队明细\n序号\t分队\t编制\t实有\t缺编\t其中：党员\t其中干部\n"
    text += "1\t应急排\t50\t48\t2\t20\t5\n2\t排涝分队\t25\t25\t0\t9\t2\n合计\t\t75\t73\t2\t29\t7\n"
    assert rows(text, "民兵分队", schema) == [
        {"名称": "应急排", "编制人数": 50, "实有人数": 48, "民兵干部": 5},
        {"名称": "排涝分队", "编制人数": 25, "实有人数": 25, "民兵干部": 2},
    ]


def test_a_table_without_a_head(schema: FactSchema) -> None:
    text = "优抚资金发放明细（元）\n1\t义务兵家庭优待金\t22\t528,000.00\n2\t烈属抚恤金\t1\t36,000.00\n"
    assert rows(text, "优抚资金", schema) == [
        {"项目": "义务兵家庭优待金", "人数": 22, "金额": 528000},
        {"项目": "烈属抚恤金", "人数": 1, "金额": 36000},
    ]


def test_two_table_facts_in_one_table(schema: FactSchema) -> None:
    text = "优抚和立功\n项目\t人数\t标准（元/年）\t金额（元）\n义务兵优待金\t38\t22000\t836000\n二等功\t1\t\t—\n"
    assert rows(text, "优抚资金", schema) == [{"项目": "义务兵优待金", "人数": 38, "金额": 836000}]
    assert rows(text, "立功受奖", schema) == [{"等次": "二等功", "人数": 1}]


def test_what_is_spent_is_a_row_and_a_fact(schema: FactSchema) -> None:
    text = "武装经费支出（万元）\n用途\t金额\n民兵训练伙食\t9.2\n征兵宣传\t1.9\n合计\t11.1\n"
    told = [(row["项目"], row["金额"]) for row in rows(text, "经费明细", schema)]
    assert told == [("民兵训练伙食", 92000), ("征兵宣传", 19000)]
    assert values(text, schema)["征兵宣传投入"] == (19000, None)


def test_problems_and_measures_side_by_side(schema: FactSchema) -> None:
    text = "问题\t原因\t整改措施\n训练出勤率不高\t青壮年外出多\t错峰安排训练\n台账不规范\t业务不熟\t开展业务培训\n"
    assert items(text, "存在问题", schema) == ["训练出勤率不高", "台账不规范"]
    assert items(text, "原因分析", schema) == ["青壮年外出多", "业务不熟"]
    assert items(text, "下步打算", schema) == ["错峰安排训练", "开展业务培训"]


def test_what_is_done_is_no_plan(schema: FactSchema) -> None:
    text = "2025年工作\n工作内容\t完成情况\n党委议军会议\t召开3次\n民兵点验\t2次，到点180人次\n"
    assert items(text, "下步打算", schema) == []
    assert values(text, schema) == {"党委议军会议": (3, None), "点验次数": (2, None), "点验人次": (180, None)}


def test_names_and_figures_by_turns(schema: FactSchema) -> None:
    text = "党委议军会议\t3\t专题会议\t4\n现场办公\t5\t基干民兵\t90\n"
    assert {label: value for label, (value, _) in values(text, schema).items()} == {
        "党委议军会议": 3, "专题会议": 4, "现场办公": 5, "基干民兵": 90,
    }  # fmt: skip


@given(st.text(alphabet="\t|｜ \u3000\n0123456789年项目单位本上人数合计应急排优待金万元：（）-—，。", max_size=120))
def test_any_cells_at_all_give_quotes_of_the_source(text: str) -> None:
    schema = Library().get("armed-forces-work").facts
    for fact in extract_text(text, schema).facts:
        assert text[fact.start : fact.end] == fact.quote
        assert fact.quote


@pytest.mark.parametrize(
    ("said", "row"),
    [
        ("医疗救护分队编10满10", {"编制人数": 10, "实有人数": 10}),
        ("通信保障班（编/实/干部）12/11/1", {"编制人数": 12, "实有人数": 11, "民兵干部": 1}),
        ("水上救援分队2支，共编25人，已配22人", {"数量": 2, "编制人数": 25, "实有人数": 22}),
        ("应急连1个（编90人、在编88人，含干部6人）", {"数量": 1, "编制人数": 90, "实有人数": 88, "民兵干部": 6}),
        ("无人机分队应编8人，缺2人，在位6人", {"编制人数": 8, "实有人数": 6}),
    ],
)
def test_teams_in_many_shapes(said: str, row: dict[str, int], schema: FactSchema) -> None:
    told = rows(f"2025年民兵整组情况。基干民兵编组为：{said}。", "民兵分队", schema)
    assert [{name: cell for name, cell in each.items() if name != "名称"} for each in told] == [row]


@pytest.mark.parametrize(
    ("said", "label", "value"),
    [
        ("召开党委议军会议4次，较上年多开1次。", "党委议军会议", (4, 3)),
        ("预备储备队伍25人，去年也是25人。", "预备储备队伍", (25, 25)),
        ("参训人次从216提高到240人次。", "参训人次", (240, 216)),
        ("民兵之家净增3个、达到17个。", "民兵之家", (17, None)),
        ("入伍最后走了十二个，不对，是十一个。", "入伍人数", (11, None)),
        ("党委议军会议开了三次，更正一下，四次。", "党委议军会议", (4, None)),
    ],
)
def test_comparisons_and_corrections(said: str, label: str, value: tuple[int, int | None], schema: FactSchema) -> None:
    assert values(f"2025年工作情况。{said}", schema)[label] == value


def test_of_three_years_the_last_counts(schema: FactSchema) -> None:
    text = "类别\t项目\t2023年\t2024年\t2025年\n征兵\t报名\t60\t66\t70\n\t入伍\t17\t18\t20\n"
    assert values(text, schema) == {"报名应征": (70, 66), "入伍人数": (20, 18)}
    assert [fact.fact.value for fact in extract_text(text, schema).facts if fact.label == "年度"] == [2025]


@pytest.mark.parametrize(
    "text",
    [
        "2025年下步计划\n任务\t完成时限\t责任人\n新建民兵之家3个\t6月\t张三\n训练民兵60人\t8月\t李四\n",
        "姓名\t职务\t联系电话\n张三\t民兵连长\t13800000000\n李四\t民兵排长\t13900000000\n",
        "镇名\t入伍人数\t兵役登记\n东河镇\t12\t300\n西河镇\t15\t310\n全县\t27\t610\n",
    ],
)
def test_tables_that_say_nothing_of_this_unit_and_year(text: str, schema: FactSchema) -> None:
    told = [fact for fact in extract_text(text, schema).facts if fact.label not in ("年度", "单位类别")]
    assert told == []


def test_short_names_in_a_table_that_says_what_they_are_given(schema: FactSchema) -> None:
    text = "优抚对象类别\t人数（人）\t标准\t发放金额（万元）\n"
    text += "义务兵\t30\t22000元/年\t66\n残疾军人\t10\t\t30\n合计\t40\t\t96\n"
    assert rows(text, "优抚资金", schema) == [
        {"项目": "义务兵", "人数": 30, "金额": 660000},
        {"项目": "残疾军人", "人数": 10, "金额": 300000},
    ]


FORM = """白马街道党管武装工作基本情况表
（2025年度）　　　　单位：人、万元
填报单位	白马街道	第一书记	孙立群
社区数	13	专武干部	2
适龄青年	512	兵役登记	510
报名应征	88	上站体检	60
体检合格	37	入伍人数	26
其中：大学生	22	其中：女兵	1
现场办公		普通民兵	1200
武装经费	32.5	慰问金	6.8
"""


def test_a_form_of_names_and_values_by_turns(schema: FactSchema) -> None:
    told = values(FORM, schema)
    assert told == {
        "专武干部": (2, None), "适龄青年": (512, None), "兵役登记": (510, None), "报名应征": (88, None),
        "上站体检": (60, None), "体检合格": (37, None), "入伍人数": (26, None), "大学生入伍": (22, None),
        "普通民兵": (1200, None), "武装经费预算": (325000, None), "慰问金总额": (68000, None), "村社区个数": (13, None),
    }  # fmt: skip
    assert values(FORM.replace("\t", "｜"), schema) == told


def test_figures_below_names_are_no_form(schema: FactSchema) -> None:
    text = "2025年统计\n适龄青年\t兵役登记\t报名应征\t上站体检\n512\t510\t88\t60\n"
    assert values(text, schema)["兵役登记"] == (510, None)


def test_a_rough_cell_puts_its_row_in_doubt() -> None:
    schema = Library().get("armed-forces-work").facts
    text = "分队名称\t编制人数\t实有人数\n应急排\t30\t约28\n侦察班\t8\t6余人\n通信班\t9\t9\n"
    found = {str(one.row["名称"]): one for one in extract_text(text, schema).facts if one.row is not None}
    assert [one.doubt for one in found.values()] == ["原文是概数“约28”", "原文是概数“6余人”", ""]
    assert (found["应急排"].row or {})["实有人数"] == 28
