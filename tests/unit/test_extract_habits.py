"""Facts in habits that came last: figures in front, strokes, run-in headings, messages, questions, arithmetic."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.intake.extract import extract_text
from assistant.reports.loader import Library

SCHEMA = Library().get("armed-forces-work").facts
YEAR = "清河镇2025年党管武装工作情况报告\n"


def facts(text: str) -> dict[str, tuple[object, object]]:
    """label → value and last year's value."""
    return {
        one.label: (one.fact.value, one.fact.last_year) for one in extract_text(text, SCHEMA).facts if one.row is None
    }


def rows(text: str, label: str) -> list[tuple[object, ...]]:
    """The cells of the rows of a table, in the order of its columns, without empty ones at the end."""
    columns = [column.label for column in SCHEMA.by_label[label].columns]
    found = (one.row for one in extract_text(text, SCHEMA).facts if one.label == label and one.row is not None)
    return [tuple(row.get(name) for name in columns) for row in found]


def items(text: str, label: str) -> list[object]:
    found = [one.fact.value for one in extract_text(text, SCHEMA).facts if one.label == label]
    return [value[0] for value in found if isinstance(value, tuple)]


# ---- rows


def test_a_list_whose_figures_stand_in_front() -> None:
    assert rows("制作发放了600条毛巾、100套文具、80顶遮阳帽，群众踊跃领取。", "宣传品明细") == [
        ("毛巾", 600, "条"),
        ("文具", 100, "套"),
        ("遮阳帽", 80, "顶"),
    ]


def test_equipment_in_the_same_form_is_no_gift() -> None:
    said = "征兵宣传深入人心。新添20台对讲机、6台发电机、150套雨衣，用于防汛。"
    assert rows(said, "宣传品明细") == []


def test_strokes_part_what_a_team_shall_have_and_what_it_has() -> None:
    assert rows("民兵编组：应急排（30/28）、通信分队 15/15/1。", "民兵分队") == [
        ("应急排", None, 30, 28, None),
        ("通信分队", None, 15, 15, 1),
    ]


@settings(max_examples=60, deadline=None)
@given(places=st.integers(5, 99), people=st.integers(5, 99))
def test_a_team_has_hardly_more_people_than_places(places: int, people: int) -> None:
    for row in rows(f"民兵编组：应急排（{places}/{people}）。", "民兵分队"):
        shall, has = row[2], row[3]
        assert shall is None or (shall, has) == (places, people)
        assert shall is None or people <= places * 1.1


@pytest.mark.parametrize(
    "said",
    [
        "民兵整组后，水上分队20人编了18人。",
        "民兵整组后，水上分队应到20人，实到18人。",
        "民兵整组后，水上分队编兵20名，实到18名。",
        "民兵整组后，水上分队应编20人、已编18人。",
    ],
)
def test_of_two_figures_the_first_is_what_the_team_shall_have(said: str) -> None:
    assert rows(said, "民兵分队") == [("水上分队", None, 20, 18, None)]


def test_a_full_team_has_all_it_shall_have() -> None:
    assert rows("民兵应急排三十人满编；防汛分队编24人，在编22人。", "民兵分队") == [
        ("民兵应急排", None, 30, 30, None),
        ("防汛分队", None, 24, 22, None),
    ]


def test_people_who_are_put_into_a_team() -> None:
    said = "整组中，把30名退役军人编入应急排，把12名医护人员编入卫生救护分队。"
    assert rows(said, "民兵分队") == [("应急排", None, None, 30, None), ("卫生救护分队", None, None, 12, None)]


def test_a_table_of_payments_is_no_list_of_expenses() -> None:
    said = "优抚资金发放\n项目\t人数\t金额（元）\n义务兵家庭优待金\t21\t378000\n参战人员补助\t17\t132600\n"
    assert rows(said, "经费明细") == []
    assert rows(said, "优抚资金") == [("义务兵家庭优待金", 21, 378000), ("参战人员补助", 17, 132600)]


def test_the_total_of_a_table_is_told_by_its_caption() -> None:
    said = "五、慰问\n｜对象｜户数｜金额｜\n｜现役军人家庭｜54｜27000元｜\n｜烈属｜3｜3000元｜\n｜合计｜57｜30000元｜\n"
    assert facts(said)["走访慰问户数"][0] == 57
    assert facts(said)["慰问金总额"][0] == 30000


def test_what_is_left_over_is_no_expense() -> None:
    said = "全年武装经费支出：器材购置，7.2万元；训练补助，5万元；征兵宣传，1.4万元。结余1.1万元。"
    assert [row[:2] for row in rows(said, "经费明细")] == [
        ("器材购置", Decimal(72000)),
        ("训练补助", Decimal(50000)),
        ("征兵宣传", Decimal(14000)),
    ]


def test_a_person_named_before_office_and_sex() -> None:
    said = "先进典型：何文静，女，民兵卫生员，抗洪一线救治群众40余人。"
    assert rows(said, "先进典型") == [("何文静", "民兵卫生员", "抗洪一线救治群众40余人")]


# ---- lists


def test_a_heading_that_names_a_field_is_no_item() -> None:
    said = (
        "三、存在问题\n（1）思想认识层面。个别社区把武装工作当作软任务。\n（2）训练保障层面。训练场地小而散。\n"
        "四、努力方向\n——在强化责任上下功夫。把武装工作列入书记述职内容。\n——在共建共享上做文章。与高校签订场地共用协议。\n"
    )
    assert items(said, "存在问题") == ["个别社区把武装工作当作软任务", "训练场地小而散"]
    assert items(said, "下步打算") == ["把武装工作列入书记述职内容", "与高校签订场地共用协议"]


def test_a_fault_in_a_word_keeps_what_it_means() -> None:
    said = "四、原因剖析\n1.学习不深。本人对新修订的兵役法学得不够系统。\n2.机制不活。资源共享机制还没有建立起来。\n"
    assert items(said, "原因分析") == [
        "学习不深。本人对新修订的兵役法学得不够系统",
        "机制不活。资源共享机制还没有建立起来",
    ]


def test_what_is_asked_of_others_is_no_fault() -> None:
    said = "二、存在困难：村级阵地面积不足，误工补贴偏低，专武干部变动频繁。建议县里提高补贴标准。\n"
    assert items(said, "存在问题") == ["村级阵地面积不足", "误工补贴偏低", "专武干部变动频繁"]


def test_a_task_is_an_item_once_and_without_the_verb() -> None:
    said = "民兵在防汛抢险、森林灭火、搜救失踪人员等急难险重任务中发挥了重要作用。"
    assert items(said, "急难险重任务") == ["防汛抢险", "森林灭火", "搜救失踪人员"]


# ---- whose figures they are


def test_what_villages_report_is_part_of_what_the_township_reports() -> None:
    said = (
        "石磨村主任 09:10\n今年走了2个兵，都是大学生，慰问军属3户\n"
        "武装部小吕 17:46\n全乡汇总：2025年入伍8人，大学生6人，慰问军属46户\n"
    )
    told = facts(said)
    assert (told["入伍人数"][0], told["大学生入伍"][0], told["走访慰问户数"][0]) == (8, 6, 46)


def test_a_village_that_speaks_for_itself_alone_is_heard() -> None:
    assert facts("石磨村主任 09:10\n2025年入伍2人，慰问军属3户\n")["入伍人数"][0] == 2


def test_an_answer_takes_the_words_of_its_question() -> None:
    said = facts(
        "1.党工委今年议军几次？\n答：3次，1月、6月、11月各一次。\n"
        "2.武装经费是否列入预算？多少？\n答：已列入，30万元。去年是27万元。\n"
        "3.民兵中退役军人和党员各占多少？\n答：41.4%和37.1%。\n"
    )
    assert said["党委议军会议"][0] == 3
    assert said["武装经费预算"] == (300000, 270000)
    assert said["退伍军人比例"][0] == Decimal("41.4")
    assert said["党员比例"][0] == Decimal("37.1")


# ---- last year


@pytest.mark.parametrize(
    "said",
    [
        "入伍15人，比去年多3人。",
        "入伍15人，较上年净增3人。",
        "入伍15人，同比增加3人。",
        "入伍15人（+3人）。",
        "入伍15人（2024年：12人）。",
        "入伍人数：2024年12人，2025年15人。",
        "入伍15人。去年是12人。",
    ],
)
def test_last_year_is_stated_or_worked_out(said: str) -> None:
    assert facts(YEAR + said)["入伍人数"] == (15, 12)


def test_as_many_as_last_year() -> None:
    assert facts(YEAR + "点验2次，与去年持平。")["点验次数"] == (2, 2)


def test_a_share_gives_no_exact_figure() -> None:
    assert facts(YEAR + "入伍15人，比去年增长20%。")["入伍人数"] == (15, None)


def test_last_years_figures_in_a_bracket_follow_the_order_in_front() -> None:
    said = facts(YEAR + "今年入伍8人，大学生6人（去年7人、大学生4人）。")
    assert said["入伍人数"] == (8, 7)
    assert said["大学生入伍"] == (6, 4)


def test_what_follows_last_years_bracket_is_this_years() -> None:
    said = facts(YEAR + "发放宣传资料3000份（上年2500份）、悬挂横幅40条（上年35条）。")
    assert said["宣传资料"] == (3000, 2500)
    assert said["宣传横幅"] == (40, 35)


def test_the_county_of_last_year_is_nobodys_last_year() -> None:
    said = facts(YEAR + "批准20人入伍。\n　　去年区里全部街道共征集300名新兵。")
    assert said["入伍人数"] == (20, None)


def test_a_table_whose_cells_one_blank_parts() -> None:
    said = "基干民兵分队统计\n序号 分队名称 编制数 实有数 干部数\n1 应急排 30 30 3\n2 防汛分队 24 22 2\n"
    assert rows(said, "民兵分队") == [("应急排", None, 30, 30, 3), ("防汛分队", None, 24, 22, 2)]


def test_a_dash_between_a_team_and_its_people() -> None:
    assert rows("民兵队伍：应急排-30人，防汛分队-24人。", "民兵分队") == [
        ("应急排", None, None, 30, None),
        ("防汛分队", None, None, 24, None),
    ]
