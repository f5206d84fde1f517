"""People who are praised: where a name ends, whose deed it is, and who is none of them."""

from __future__ import annotations

import pytest

from assistant.intake.extract import extract_text
from assistant.reports.loader import Library

SCHEMA = Library().get("armed-forces-work").facts
TITLE = "石桥镇2025年武装工作报告\n一、急难任务\n民兵全年抢险5次。"


def praised(said: str, title: str = TITLE) -> list[tuple[object, object]]:
    """Names and deeds that were found."""
    rows = [one.row for one in extract_text(f"{title}{said}\n", SCHEMA).facts if one.label == "先进典型"]
    return [(row["姓名"], row["事迹"]) for row in rows if row]


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("河口村民兵排长杜成林连续五夜守在坝上。", "杜成林"),
        ("河口村民兵排长杜长水连续五夜守在坝上。", "杜长水"),
        ("河口村民兵杜强三次下井排险。", "杜强"),
        ("河口村民兵杜小兵首个发现管涌并堵住。", "杜小兵"),
        ("水上搜救分队队长杜志坚驾艇救出老人两名。", "杜志坚"),
        ("河口村民兵连长杜长贵六十天没有下过卡口。", "杜长贵"),
        ("抢险分队的杜勇背出老人3名。", "杜勇"),
        ("护林员杜远山雪夜救回走失群众两名。", "杜远山"),
        ("民兵工程师杜嘉禾自制探照灯架。", "杜嘉禾"),
        ("退役老兵、民兵之家管理员杜永祥自掏腰包买来防滑垫。", "杜永祥"),
    ],
)
def test_where_a_name_ends(said: str, name: str) -> None:
    assert [one for one, _ in praised(said)] == [name]


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("草坝村民兵连长扎西次仁带民兵抢通雪崩道路。", "扎西次仁"),
        ("护边员巴桑雪夜救回走失的牧民。", "巴桑"),
        ("救护分队民兵卓玛吉连续三次徒步进沟寻人。", "卓玛吉"),
        ("骑兵排民兵巴特尔冒雪转移羊群。", "巴特尔"),
    ],
)
def test_names_without_a_chinese_surname(said: str, name: str) -> None:
    assert [one for one, _ in praised(said)] == [name]


def test_an_honour_of_his_own_belongs_to_the_deed() -> None:
    said = "河口村民兵杜小兵连续值守四十天，被评为全县抗疫先进个人。"
    assert praised(said) == [("杜小兵", "连续值守四十天，被评为全县抗疫先进个人")]


@pytest.mark.parametrize("what", ["都受到县里通报表扬", "两人的事迹上了广播", "二人被评为先进个人", "均受到嘉奖"])
def test_what_several_got_together_is_no_part_of_a_deed(what: str) -> None:
    said = f"河口村民兵杜建军跳水救起两名落水者，无人机分队的陶思源连续12天担负空中巡查，{what}。"
    assert praised(said) == [("杜建军", "跳水救起两名落水者"), ("陶思源", "连续12天担负空中巡查")]


def test_two_people_with_one_deed() -> None:
    said = "热电公司民兵班长杜大力、纺织厂民兵陶红霞均在抢修中三天不下火线，分别受到嘉奖。"
    assert praised(said) == [("杜大力", "在抢修中三天不下火线"), ("陶红霞", "在抢修中三天不下火线")]


def test_what_befell_his_family_stands_in_front_of_the_deed() -> None:
    said = "河口村民兵连长杜志高的妻子住院，他一直坚守卡口没有回家。"
    assert praised(said) == [("杜志高", "他一直坚守卡口没有回家")]


def test_praise_behind_a_reason_is_praise() -> None:
    said = "出动次数下降，是火情少了的缘故。河口村民兵连长杜大山带头扑打火头，两昼夜没有下山。"
    assert [name for name, _ in praised(said)] == ["杜大山"]


@pytest.mark.parametrize(
    "said",
    [
        "民兵水电抢修分队（编制30人，实有28人）随时能动。",
        "民兵荣誉激励措施跟不上。",
        "家在河口村的海军战士杜明海立三等功，全镇上下都高兴。",
        "河口村战士杜明荣立二等功一次，喜报送到家。",
        "推广民兵小程序，扫码报到。",
        "民兵骨干盘活了闲置库房。",
    ],
)
def test_who_is_no_praised_militiaman(said: str) -> None:
    assert praised(said) == []


@pytest.mark.parametrize(
    "said",
    [
        "河口村民兵杜小英，女，昼夜守着水泵。",
        "河口村民兵杜小英，四十六岁的老党员，昼夜守着水泵。",
        "河口村民兵老杜，大名杜小英，昼夜守着水泵。",
        "民兵杜小英，河口村卫生院护士，昼夜守着水泵。",
        "典型就报河口村民兵杜小英，昼夜守着水泵。",
    ],
)
def test_who_somebody_is_stands_between_name_and_deed(said: str) -> None:
    assert praised(said) == [("杜小英", "昼夜守着水泵")]


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("河口村民兵杜强用门板抬出老人两名。", "杜强"),
        ("河口村民兵杜长根划木船接出群众九名。", "杜长根"),
        ("工程抢修分队的杜祥和连续开了两夜挖掘机。", "杜祥和"),
        ("河口村民兵谷长顺连续五夜守在坝上。", "谷长顺"),
        ("河口村民兵连长向前明，三次下井排险。", "向前明"),
    ],
)
def test_where_these_names_end(said: str, name: str) -> None:
    assert [who for who, _ in praised(said)] == [name]


@pytest.mark.parametrize(
    "said",
    ["镇武装干事杜强获“全市征兵先进个人”。", "武装部长杜强被评为全市征兵工作先进个人。"],
)
def test_an_honour_for_conscription_is_no_deed(said: str) -> None:
    assert praised(said) == []
