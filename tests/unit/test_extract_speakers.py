"""Who speaks, whom he praises and what his people were used for, as it is told in a speech or a message."""

from __future__ import annotations

import pytest

from assistant.intake.extract import extract_text
from assistant.reports.loader import Library

SCHEMA = Library().get("armed-forces-work").facts


def told(text: str, label: str) -> list[object]:
    """Single values and items of a fact, in the order of the text."""
    found = [one.fact.value for one in extract_text(text, SCHEMA).facts if one.label == label]
    return [item for value in found for item in (value if isinstance(value, tuple) else (value,))]


def praised(text: str) -> list[dict[str, object]]:
    return [dict(one.row) for one in extract_text(text, SCHEMA).facts if one.label == "先进典型" and one.row]


@pytest.mark.parametrize(
    ("text", "name", "office", "place"),
    [
        (
            "各位首长、同志们：\n我叫田大勇，是麻柳乡武装部长，今天把一年的账向县人武部的领导交一交。\n基干民兵六十人。",
            "田大勇",
            "麻柳乡武装部长",
            "麻柳乡",
        ),
        (
            "双河镇党委书记刘桂兰同志在年终述职会上的述职\n刘桂兰：各位领导，我照着本子念。基干民兵七十二人。",
            "刘桂兰",
            "双河镇党委书记",
            "双河镇",
        ),
        (
            "县人武部党委各位首长：\n我是石佛乡党委委员、武装部部长韩志平，干这一行三年了。\n今年基干民兵四十八人。",
            "韩志平",
            "石佛乡党委委员、武装部部长",
            "石佛乡",
        ),
    ],
)
def test_who_speaks_says_so_himself(text: str, name: str, office: str, place: str) -> None:
    assert (told(text, "述职人"), told(text, "述职人职务")) == ([name], [office])
    assert told(text, "单位简称") == [place]


def test_who_speaks_is_no_example_of_his_own() -> None:
    text = "部长好，我是枫林街道武装干事小许，街道今年的情况简单报一下。\n基干民兵58人，应急分队30人。"
    assert praised(text) == []


def test_an_example_is_what_he_did_and_not_who_he_is() -> None:
    text = (
        "防汛的时候，应急排副排长马国庆，四十七岁，开挖机的，六月水来那晚，他把自家挖机开上堤，挖了两里排水沟。"
        "河湾村民兵连长、支部委员钱守田，带着十二个人在闸口守了三夜。"
        "民兵医疗组的周敏，背着药箱蹚水走了五户人家。"
    )
    assert [(one["姓名"], one["身份"], one["事迹"]) for one in praised(text)] == [
        ("马国庆", "应急排副排长", "把自家挖机开上堤，挖了两里排水沟"),
        ("钱守田", "河湾村民兵连长、支部委员", "带着十二个人在闸口守了三夜"),
        ("周敏", "民兵医疗组", "背着药箱蹚水走了五户人家"),
    ]


@pytest.mark.parametrize(
    ("sentence", "honours"),
    [
        ("市里奖了我们一面“征兵工作红旗单位”的锦旗。", ["征兵工作红旗单位"]),
        ("区征兵办今年给咱镇发了征兵工作先进单位的牌子。", ["征兵工作先进单位"]),
        ("去年区里给的“征兵工作先进乡”还挂着，今年没评上。", []),
        ("我们想争创“征兵工作先进街道”，还差一点。", []),
    ],
)
def test_an_honour_counts_when_it_was_given_this_year(sentence: str, honours: list[str]) -> None:
    assert told(f"征兵这块，今年入伍十二人，其中大学生九人。{sentence}", "征兵荣誉") == honours


@pytest.mark.parametrize(
    ("sentence", "tasks"),
    [
        ("七月那场雨，民兵出动二百人次，抬水泵、堵井口、转移车辆，干了一宿。", ["抬水泵", "堵井口", "转移车辆"]),
        ("民兵连着扑火、清雪、找走失的老人，一共出动三回。", ["扑火", "清雪", "找走失的老人"]),
        ("民兵训练抓得实，灭火、救护、搬运伤员几个课目都过了关。", []),
    ],
)
def test_what_the_militia_was_used_for(sentence: str, tasks: list[str]) -> None:
    assert told(f"再说用兵。{sentence}", "急难险重任务") == tasks


@pytest.mark.parametrize(
    ("sentence", "label", "value"),
    [
        ("我和镇长去武装部、去码头现场办公，合起来八次。", "现场办公", 8),
        ("专题会——（翻本子）——六次。", "专题会议", 6),
        ("民兵之家建成九个，牌子挂了七个。", "挂牌民兵之家", 7),
        ("我们一共十二个村，没有社区。", "村社区个数", 12),
    ],
)
def test_figures_as_they_are_spoken(sentence: str, label: str, value: int) -> None:
    assert told(f"各位首长：\n今年基干民兵六十人，党委议军会议开了三次。{sentence}", label) == [value]
