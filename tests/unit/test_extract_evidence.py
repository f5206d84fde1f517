"""What makes a figure or a row sure in a wording that no pattern knows: neighbours, arithmetic, place."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant.intake.extract import extract_text
from assistant.reports.loader import Library

SCHEMA = Library().get("armed-forces-work").facts
REPORT = (
    "清溪镇2025年党管武装工作情况报告\n区委：\n2025年，全镇党管武装工作稳步推进，现报告如下。\n一、主要工作\n"
    "全年召开议军会议2次，专题会议3次，到武装部现场办公2次。编组基干民兵80人，组织点验2次、训练10天。"
    "适龄青年301人全部登记，入伍11人。发放宣传资料2000份，悬挂横幅20条，走访军属40户。\n"
)


def values(text: str) -> dict[str, object]:
    return {one.label: one.fact.value for one in extract_text(text, SCHEMA).facts if one.row is None}


def rows(text: str, label: str) -> list[dict[str, object]]:
    return [dict(one.row) for one in extract_text(text, SCHEMA).facts if one.label == label and one.row is not None]


def items(text: str, label: str) -> list[object]:
    found = [one.fact.value for one in extract_text(text, SCHEMA).facts if one.label == label]
    return [value[0] for value in found if isinstance(value, tuple)]


def test_an_item_built_like_the_row_beside_it_is_a_row() -> None:
    text = "义务兵家庭优待金19人计38万元，伤残军人抚恤6人计12.1万元，残疾军人护理费3人计2.7万元。"
    assert [row["项目"] for row in rows(text, "优抚资金")] == ["义务兵家庭优待金", "伤残军人抚恤", "残疾军人护理费"]


def test_a_unit_may_stand_behind_its_people_and_have_figures_that_are_no_columns() -> None:
    text = "编组基干民兵：由35人组成的应急排；运输分队编制20人，缺编2人，实有18人。"
    assert rows(text, "民兵分队") == [
        {"名称": "应急排", "实有人数": 35},
        {"名称": "运输分队", "编制人数": 20, "实有人数": 18},
    ]


def test_no_row_exceeds_the_whole() -> None:
    text = "武装经费预算50万元。器材装备8万元、库室改造5万元、训练保障6万元、民兵保险1万元、厂房改扩建86万元。"
    assert [row["项目"] for row in rows(text, "经费明细") if row["金额"] in (Decimal(10000), Decimal(860000))] == [
        "民兵保险"
    ]


def test_villages_and_communities_add_up_and_say_so() -> None:
    one = next(one for one in extract_text("全镇辖17个行政村、3个社区。", SCHEMA).facts if one.label == "村社区个数")
    assert one.fact.value == 20
    assert one.doubt
    assert values("行政村17个、社区3个，共20个。")["村社区个数"] == 20


def test_a_sum_of_rows_and_a_product_tell_what_has_no_words() -> None:
    assert values("应急排30人、防汛分队20人、通信分队16人，共66人，均为民兵。")["基干民兵"] == 66
    assert values("过年走访军属57户，每户500元，28500元。")["慰问金总额"] == 28500


def test_all_of_another_fact() -> None:
    said = values("适龄男青年14人，全登记了；上站2人，都合格。")
    assert said["兵役登记"] == 14
    assert said["体检合格"] == 2


@pytest.mark.parametrize(
    ("text", "label", "value"),
    [
        ("今年较去年多送2人，共送兵12人。", "入伍人数", 12),
        ("邻近的东湖镇今年入伍14人，我镇入伍10人。", "入伍人数", 10),
        ("全县共征集新兵320人，我镇入伍9人。", "入伍人数", 9),
        ("最后走兵12人，不对，是11人。", "入伍人数", 11),
        ("召开议军会3月、7月、11月各一次。", "党委议军会议", 3),
        ("退役军人占了四成，准确说是40.9%。", "退伍军人比例", Decimal("40.9")),
        ("党委会专题研究武装工作3次，召开议军会2次。", "党委议军会议", 2),
        ("走访军属60户，按每户600元标准发放慰问金3.6万元。", "慰问金总额", 36000),
    ],
)
def test_what_a_figure_is_and_is_not(text: str, label: str, value: object) -> None:
    assert values(text)[label] == value


def test_a_difference_is_neither_this_years_nor_last_years_value() -> None:
    found = [one for one in extract_text("较去年多送2人，送兵12人。", SCHEMA).facts if one.label == "入伍人数"]
    assert [(one.fact.value, one.fact.last_year) for one in found] == [(12, None)]


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("抗洪一线，应急排民兵赵磊两次跳进激流救人。", ("赵磊", "应急排民兵", "两次跳进激流救人")),
        ("先进典型：李大勇（应急排排长），带领突击队封堵管涌。", ("李大勇", "应急排排长", "带领突击队封堵管涌")),
        ("抢险中，有坚守卡口四十天的村民兵连长殷福海。", ("殷福海", "村民兵连长", "坚守卡口四十天")),
        ("涌现出民兵骨干陈志强等先进典型，陈志强连续奋战36小时。", ("陈志强", "民兵骨干", "连续奋战36小时")),
    ],
)
def test_people_by_office_name_and_deed(text: str, person: tuple[str, str, str]) -> None:
    assert [(row["姓名"], row["身份"], row["事迹"]) for row in rows(text, "先进典型")] == [person]


def test_words_that_look_like_names_are_nobody() -> None:
    assert rows("民兵高度重视训练，民兵应急排组织抢险演练，民兵安全意识增强，民兵方队参加升旗。", "先进典型") == []


@pytest.mark.parametrize(
    "tail",
    [
        "二、困难与问题\n（一）训练场地不足。\n三、来年设想\n（一）与职高共用训练场。\n",
        "当前还有一些短板，主要是训练场地不足。2026年，我们准备与职高共用训练场。\n",
        "（六）存在的差距。①训练场地不足。\n（七）明年的安排。①与职高共用训练场。\n",
    ],
)
def test_faults_and_plans_in_other_words_than_ours(tail: str) -> None:
    assert items(REPORT + tail, "存在问题") == ["训练场地不足"]
    assert items(REPORT + tail, "下步打算") == ["与职高共用训练场"]


def test_a_heading_of_work_done_opens_no_list_of_faults() -> None:
    assert items(REPORT + "（二）解决实际困难，做好双拥\n走访军属40户，安置退役军人3人。\n", "存在问题") == []
