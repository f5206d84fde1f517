"""Facts out of old reports: what a person would expect of one sentence."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.intake.extract import extract_text
from assistant.intake.found import Extraction
from assistant.reports.loader import Library

SCHEMA = Library().get("armed-forces-work").facts


def found(text: str) -> Extraction:
    return extract_text(text, SCHEMA)


def values(text: str) -> dict[str, Any]:
    """label → value of the figures."""
    return {fact.label: fact.fact.value for fact in found(text).facts if fact.row is None}


def rows(text: str, label: str) -> list[dict[str, Any]]:
    return [dict(fact.row) for fact in found(text).facts if fact.label == label and fact.row is not None]


@pytest.mark.parametrize(
    ("text", "label", "value"),
    [
        ("辖区适龄青年326人，完成兵役登记320人。", "兵役登记", 320),
        ("组织国防教育课时8课时。", "国防教育课时", 8),
        ("召开党委议军会议3次。", "党委议军会议", 3),
        ("全年3次召开议军会，研究武装工作。", "党委议军会议", 3),
        ("今年有12名青年光荣入伍。", "入伍人数", 12),
        ("向部队输送新兵12人，其中大学生9人。", "大学生入伍", 9),
        ("编组基干民兵三十二名。", "基干民兵", 32),
        ("投入7万余元购置民兵应急器材。", "器材装备投入", Decimal(70000)),
        ("为58户军属家庭更换光荣牌。", "光荣牌", 58),
        ("基干民兵中退役军人占四成二。", "退伍军人比例", Decimal(42)),
        ("坚持每季度召开一次议军会，一年来共召开4次。", "党委议军会议", 4),
        ("退役军人占比从去年的36%提高到44%。", "退伍军人比例", Decimal(44)),
        ("体检40人，12名体检合格，10名通过政审。", "政治考核", 10),
        ("适齡青年326人，完成兵役登記320人，報名應徵58人，輸送新兵12名，懸掛橫幅40條。", "兵役登记", 320),
    ],
)
def test_a_figure_is_the_fact_that_its_sentence_names(text: str, label: str, value: object) -> None:
    assert values(text)[label] == value


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("明年计划召开议军会议4次。", "党委议军会议"),
        ("力争基干民兵达到100人。", "基干民兵"),
        ("2023年至2024年累计悬挂横幅80条。", "宣传横幅"),
        ("兵役登记率达98%。", "兵役登记"),
        ("大学生报名25人。", "大学生入伍"),
        ("召开党委理论学习中心组学习会8次。", "民兵干部学习"),
        ("较去年增加2人。", "入伍人数"),
        ("发放优待证320张，役前教育7天。", "训练天数"),
        ("清河镇2025年工作报告\n2023年，全镇悬挂横幅80条。", "宣传横幅"),
    ],
)
def test_plans_rates_changes_and_other_years_are_no_facts(text: str, label: str) -> None:
    assert label not in values(text)


def test_respectively_and_each() -> None:
    got = values("召开武装工作专题会议、现场办公会分别为4次和2次。建成民兵器材库、民兵之家各1个。")
    assert (got["专题会议"], got["现场办公"], got["民兵器材库"], got["民兵之家"]) == (4, 2, 1, 1)


def test_last_year_stands_beside_the_value() -> None:
    facts = {fact.label: fact.fact for fact in found("报名应征45人（去年40人），批准入伍由去年的10人增至12人。").facts}
    assert (facts["报名应征"].value, facts["报名应征"].last_year) == (45, 40)
    assert (facts["入伍人数"].value, facts["入伍人数"].last_year) == (12, 10)


def test_the_word_of_an_approximate_figure_is_kept() -> None:
    facts = {fact.label: fact.fact for fact in found("印发宣传资料两千余份，悬挂横幅近40条，出动民兵约60人次。").facts}
    assert [facts[name].approximate for name in ("宣传资料", "宣传横幅", "出动民兵")] == ["余", "近", "约"]
    assert facts["宣传资料"].value == 2000


def test_nought_is_a_value() -> None:
    assert values("征兵期间未发生信访举报。")["信访举报"] == 0
    assert values("实现零信访、零举报、零退兵。")["信访举报"] == 0


def test_two_figures_for_one_fact_are_told() -> None:
    extraction = found("全年召开议军会议3次。总之，议军会议召开了4次。")
    fact = next(fact for fact in extraction.facts if fact.label == "党委议军会议")
    assert "不同的数" in fact.doubt
    assert any(notice.kind == "choice" for notice in extraction.notices)


def test_a_part_of_the_whole_is_no_other_figure() -> None:
    fact = next(f for f in found("全年共点验3次，其中镇点验2次，累计216人次。").facts if f.label == "点验次数")
    assert (fact.fact.value, fact.doubt) == (3, "")


def test_teams_are_rows() -> None:
    text = "编组民兵分队：应急排1个，编制30人，实有28人，民兵干部3人；2支森林防火分队40人；医疗救护分队（12人）。"
    assert rows(text, "民兵分队") == [
        {"名称": "应急排", "数量": 1, "编制人数": 30, "实有人数": 28, "民兵干部": 3},
        {"名称": "森林防火分队", "数量": 2, "实有人数": 40},
        {"名称": "医疗救护分队", "实有人数": 12},
    ]


def test_pairs_of_people_and_money_are_rows() -> None:
    text = "发放义务兵家庭优待金24人43.2万元，为6名伤残军人发放抚恤金13.8万元。2人荣立三等功。"
    assert [(row["人数"], row["金额"]) for row in rows(text, "优抚资金")] == [(24, 432000), (6, 138000)]
    assert rows(text, "立功受奖") == [{"等次": "三等功", "人数": 2}]


REPORT = """清河镇2025年党管武装工作情况报告
区委、区人武部：
2025年以来，我镇在区委、区政府领导下，围绕“强基础、抓规范、提质效”，推动工作落实。
一、主要工作
召开议军会议2次。
二、存在问题
一是年轻民兵外出较多；二是阵地利用率不高。
三、下一步打算
一是建好名册；二是召开议军会议不少于4次。
中共青阳区清河镇委员会
2025年12月8日
"""


def test_the_parts_of_a_report_are_its_text_facts() -> None:
    got = values(REPORT)
    assert got["单位简称"] == "清河镇"
    assert got["主送机关"] == "区委、区人武部"
    assert got["落款单位"] == "中共青阳区清河镇委员会"
    assert str(got["成文日期"]) == "2025-12-08"
    assert got["年度主题"] == "强基础、抓规范、提质效"
    assert (got["文种"], got["年度"], got["党委议军会议"]) == ("工作情况报告", 2025, 2)


def test_items_of_a_section_are_one_fact_each() -> None:
    items = [(fact.label, fact.fact.value) for fact in found(REPORT).facts if isinstance(fact.fact.value, tuple)]
    assert ("存在问题", ("年轻民兵外出较多",)) in items
    assert ("下步打算", ("建好名册",)) in items


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.sampled_from(
                ["兵役登记", "12人", "，", "。\n", "l8万元", "（", "）", "XX", "【】", "一是", "应急排", "分别", "各"]
            ),
            st.sampled_from(
                ["去年", "由", "增至", "3 2 6 人", "① ", "\u200b", "\r\n", "　", "[1]", "三等功", "其中", "大学生9名"]
            ),
            st.text(max_size=6),
        ),
        max_size=40,
    )
)
def test_a_quote_is_what_stands_in_the_source(parts: list[str]) -> None:
    text = "".join(parts)
    extraction = found(text)
    assert extraction.text == text
    for one in (*extraction.facts, *extraction.notices):
        if one.start >= 0:
            assert text[one.start : one.end] == one.quote
            assert one.quote


def test_a_long_text_without_sense_takes_no_time_of_its_own() -> None:
    extraction = found("兵役登记" * 20000)
    assert not [fact for fact in extraction.facts if fact.label == "兵役登记"]


def test_a_grid_under_its_headings_is_rows() -> None:
    text = "编组情况\n名称\t编制\t实有\t干部\n应急排\t30\t28\t3\n合计\t30\t28\t3\n"
    text += "\n项目\t人数\t金额（万元）\n义务兵家庭优待金\t24\t43.2\n"
    assert rows(text, "民兵分队") == [{"名称": "应急排", "编制人数": 30, "实有人数": 28, "民兵干部": 3}]
    assert rows(text, "优抚资金") == [{"项目": "义务兵家庭优待金", "人数": 24, "金额": 432000}]


def test_names_that_share_their_figures() -> None:
    text = "编为应急排、防汛抢险分队2支队伍，人数分别为30人、24人，民兵干部各2人。二等功、三等功各1人。"
    assert rows(text, "民兵分队") == [
        {"名称": "应急排", "实有人数": 30, "民兵干部": 2},
        {"名称": "防汛抢险分队", "实有人数": 24, "民兵干部": 2},
    ]
    assert rows(text, "立功受奖") == [{"等次": "二等功", "人数": 1}, {"等次": "三等功", "人数": 1}]
