"""What villages report in one pasted text: summed with who reported what, or told to be one place's; never certain."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.intake.extract import extract_text
from assistant.intake.found import FoundFact
from assistant.reports.loader import Library

SCHEMA = Library().get("armed-forces-work").facts

MESSAGES = yaml.safe_load(Path(__file__).with_name("village_messages.yaml").read_text(encoding="utf-8"))

GROUP = """大坪村王书记 10:32
适龄青年51人，登记50人
入伍3人，走访5户，慰问金2500元
传单300份

双河社区-小陈 11:05
适龄青年：88人，登记88人，报名12人，入伍4人
走访11户、慰问金5500元
双河社区-小陈 11:09
更正一下，报名是13人，刚才打错了
"""
BLOCKS = "大坪村：适龄青年51人\n入伍3人\n\n石桥村：适龄青年20人\n入伍1人"
NATURAL = (
    "大湾村：入伍3人，慰问军属11户。\n松树岭村今年没人当兵，慰问军属4户，发慰问金2000元。\n"
    "杨家坝：入伍1名，慰问军属6户。\n石桥沟村：入伍2人。"
)


def facts(text: str, label: str) -> list[FoundFact]:
    return [one for one in extract_text(text, SCHEMA).facts if one.label == label]


@pytest.mark.parametrize(
    ("text", "label", "value", "who"),
    [
        (GROUP, "适龄青年", 139, "大坪村 51、双河社区 88"),
        (GROUP, "慰问金总额", 8000, "大坪村 2500元、双河社区 5500元"),
        (BLOCKS, "入伍人数", 4, "大坪村 3、石桥村 1"),
        ("大坪村：入伍3人\n石桥村：入伍1人\n双河村：没有人入伍", "入伍人数", 4, "大坪村 3、石桥村 1"),
        ("大坪村：登记42报名7\n石桥村：登记20报名3", "兵役登记", 62, "大坪村 42、石桥村 20"),
        ("大坪村：登记42报名7\n石桥村：登记20报名3", "报名应征", 10, "大坪村 7、石桥村 3"),
        ("张家村兵役登记28人，李家村兵役登记41人。", "兵役登记", 69, "张家村 28、李家村 41"),
        ("各村入伍人数：王家坳2人、大坪3人、双河1人", "入伍人数", 6, "王家坳 2、大坪 3、双河 1"),
        (NATURAL, "入伍人数", 6, "大湾村 3、杨家坝 1、石桥沟村 2"),
        (NATURAL, "走访慰问户数", 21, "大湾村 11、松树岭村 4、杨家坝 6"),
        (
            "大湾村：入伍3人，慰问军属2户。\n镇直机关：入伍1人，慰问军属2户。\n石桥沟村：入伍2人。",
            "入伍人数",
            6,
            "大湾村 3、镇直机关 1、石桥沟村 2",
        ),
        (
            "李家湾：入伍2人，慰问军属3户\n王家坪：入伍1人\n赵家沟：入伍3人",
            "入伍人数",
            6,
            "李家湾 2、王家坪 1、赵家沟 3",
        ),
        ("一中：宣传资料300份\n卫生院：宣传资料200份", "宣传资料", 500, "一中 300、卫生院 200"),
        (
            "石桥沟村支书刘大勇：我村今年入伍2人\n大湾村文书小赵：入伍3人",
            "入伍人数",
            5,
            "石桥沟村 2、大湾村 3",
        ),
        ("入伍情况\n李家湾 2人\n王家坪 1人\n赵家沟 3人", "入伍人数", 6, "李家湾 2、王家坪 1、赵家沟 3"),
        ("入伍：大沟2 小沟1\n慰问户数：大沟9 小沟4", "走访慰问户数", 13, "大沟 9、小沟 4"),
        ("石桥村：登记四十一报名六\n大湾村：登记三十八报名四", "报名应征", 10, "石桥村 6、大湾村 4"),
        ("柏树村入伍2人慰问10户\n松坪村入伍3人慰问12户", "入伍人数", 5, "柏树村 2、松坪村 3"),
        (
            "三个村的情况：\n红旗大队：入伍2人，慰问6户3000\n双塘：入伍1人，慰问4户2000",
            "慰问金总额",
            5000,
            "红旗大队 3000元、双塘 2000元",
        ),
        (
            "上湾村支书老郝 08:47\n入伍1人\n下湾会计 08:52\n我村入伍2人\n上湾：慰问4户",
            "入伍人数",
            3,
            "上湾村 1、下湾 2",
        ),
    ],
)
def test_what_villages_report_is_added_up_and_in_doubt(text: str, label: str, value: int, who: str) -> None:
    (one,) = facts(text, label)
    assert (one.fact.value, one.quote) == (value, who)
    assert "各处报的数相加" in one.doubt


@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: message["name"])
def test_messages_in_other_hands_are_read_whole_and_nothing_of_one_village_is_certain(message: dict[str, Any]) -> None:
    read = extract_text(message["text"], SCHEMA)
    counted = [one for one in read.facts if SCHEMA.by_label[one.label].type in ("count", "money")]
    values = {one.label: one.fact.value for one in counted}
    parts = [message.get(key, {}) for key in ("summed", "whole", "own", "value")]
    wanted = {label: value for part in parts for label, value in part.items()}
    assert {label: values.get(label) for label in wanted} == wanted
    certain = {one.label for one in counted if not one.doubt}
    assert certain - set(message.get("value", {})) == set(message.get("whole", {}))
    told = " ".join(one.message for one in read.notices)
    assert [figure for figure in message.get("told", ()) if figure not in told] == []


def test_a_later_message_of_the_same_village_corrects_its_own_figure_and_who_said_nothing_is_named() -> None:
    (one,) = facts(GROUP, "报名应征")
    assert (one.fact.value, one.doubt) == (13, "只是双河社区报的，不是全镇（街道）的数")
    (one,) = facts("大坪村：入伍3人\n石桥村：入伍1人\n双河村：兵役登记9人", "入伍人数")
    assert "没有读到这一项的：双河村" in one.doubt


def test_a_doubt_about_one_village_s_own_figure_is_told_with_the_sum() -> None:
    (one,) = facts("大坪村：慰问军属3户，入伍1人\n石桥村：春节慰问军属4户，入伍2人", "走访慰问户数")
    assert (one.fact.value, one.doubt.partition("；")[2]) == (7, "石桥村：原文只说了春节的数")


def test_a_village_corrects_itself_with_another_measure_word() -> None:
    (one,) = facts(
        "石井村-老周 14:02\n报名7人，走了2个\n河口社区小张 14:30\n报名11人\n石井村-老周 14:35\n更正，报名是8个",
        "报名应征",
    )
    assert one.quote == "石井村 8、河口社区 11"


def test_what_each_has_is_not_added_up() -> None:
    found = facts("大坪村：每户慰问500元，慰问3户\n石桥村：每户慰问400元，慰问5户", "每户慰问金")
    assert [one.fact.value for one in found] == [500, 400]
    assert all("不能相加" in one.doubt for one in found)


def test_who_tells_the_whole_is_certain_and_villages_are_not_asked() -> None:
    text = "大坪村：适龄青年51人，入伍3人\n石桥村：适龄青年20人，入伍1人\n全镇适龄青年71人，走访80户。"
    (whole,) = facts(text, "适龄青年")
    assert (whole.fact.value, whole.doubt) == (71, "")
    assert facts(text, "走访慰问户数")[0].doubt == ""
    assert facts(text, "入伍人数")[0].doubt


@pytest.mark.parametrize(
    "text",
    [
        "大坪村：适龄青年51人，登记50人，入伍3人。走访5户，慰问金2500元",
        "王家坳村适龄青年34人，登记34人，报名6人",
        "王家坳村 老李\n主任好，今年的数报一下\n适龄青年34，登记34",
        "我村今年入伍2人，兵役登记34人，慰问军属4户",
    ],
)
def test_one_village_s_message_is_read_and_said_to_be_its_own(text: str) -> None:
    found = [one for one in extract_text(text, SCHEMA).facts if SCHEMA.by_label[one.label].type.numeric]
    assert len(found) > 1
    assert all("不是全镇" in one.doubt for one in found)


def test_a_township_s_prose_with_villages_in_it_stays_certain() -> None:
    text = (
        "清河镇2025年党管武装工作报告\n今年我镇入伍12人。大湾村民兵连长王强带领8人守堤。镇村两级服务站16个，横幅30条。"
    )
    (one,) = facts(text, "入伍人数")
    assert (one.fact.value, one.doubt) == (12, "")


@pytest.mark.parametrize(
    "text",
    [
        "大湾村：入伍3人\n石桥沟村：入伍2人\n老杨家那边入伍1人",
        "入伍1人。\n大湾村：入伍3人\n石桥沟村：入伍2人",
    ],
)
def test_a_figure_beside_what_places_report_is_in_doubt_unless_somebody_says_that_it_is_the_whole(text: str) -> None:
    (one,) = facts(text, "入伍人数")
    assert "大湾村 3、石桥沟村 2" in one.doubt
    (whole,) = facts(
        text.replace("老杨家那边入伍1人", "全镇入伍16人").replace("入伍1人。", "全镇入伍16人。"), "入伍人数"
    )
    assert whole.doubt == ""


@pytest.mark.parametrize(
    "text",
    [
        "军事训练：组织3次，参训86人\n应急演练：组织2次，参训40人",
        "春季：入伍3人\n秋季：入伍2人",
        "男兵：入伍3人\n女兵：入伍2人",
        "入伍人数：3人\n训练天数：12天",
        "应急排：编制30人，实有28人\n山林扑火队：编制24人，实有22人",
        "小汪：议军会开了3次，专题会6次\n老费：点验开了2次，训练14天",
        "财政所：预算21万，训练6万\n应急办：训练10天，出动60人次",
        "场所：民兵之家7个\n出任务：应急处置7次\n表扬：三等功2个",
        "问题一：全年议军会3次\n问题二：全年专题会4次",
        "体检\n大专 3人\n本科 5人",
    ],
)
def test_topics_times_and_teams_are_no_places(text: str) -> None:
    assert not [one for one in extract_text(text, SCHEMA).facts if "处报的" in one.doubt or "报的，不是" in one.doubt]


@pytest.mark.parametrize(
    "text",
    [
        "大湾村：入伍3人\n石桥沟村：入伍2人\n慰问5户",
        "大湾村：入伍3人\n石桥沟村：入伍2人\n松树岭今年一共慰问5户",
        "大湾村：入伍3人\n石桥沟村：入伍2人\n横幅3条\n慰问5户",
        "慰问5户\n大湾村：入伍3人\n石桥沟村：入伍2人",
    ],
)
def test_what_stands_below_places_lines_without_saying_of_whom_is_in_doubt(text: str) -> None:
    (one,) = facts(text, "走访慰问户数")
    assert one.fact.value == 5
    assert one.doubt
    (whole,) = facts(text.replace("松树岭今年", "").replace("慰问5户", "镇里慰问5户"), "走访慰问户数")
    assert whole.doubt == ""


def test_a_whole_that_is_less_than_what_the_places_report_is_in_doubt() -> None:
    (one,) = facts("大湾村：入伍3人\n石桥沟村：入伍2人\n全镇入伍4人", "入伍人数")
    assert "比这个数多（大湾村 3、石桥沟村 2）" in one.doubt


def test_the_total_of_a_list_counts_where_it_is_the_sum() -> None:
    text = "各村参军情况\n前进村 2名\n胜利村 无\n曙光村 1名（女）\n合计 3名"
    (one,) = facts(text, "入伍人数")
    assert (one.fact.value, one.doubt) == (3, "")
    (other,) = facts(text.replace("合计 3名", "合计 4名"), "入伍人数")
    assert "前进村 2、曙光村 1" in other.doubt


def test_a_line_without_a_full_stop_is_not_glued_to_the_township_s() -> None:
    text = (
        "石桥沟村：入伍2人\n大湾村  应征报名大概10人，入伍三人，其中大学生2人，慰问11户5500元\n"
        "另外镇里今年开了3次议军会，训练民兵12天、参训86人次。\n松树岭村没有人报名，慰问军属四户。"
    )
    assert [(one.fact.value, one.doubt) for one in facts(text, "党委议军会议")] == [(3, "")]
    assert facts(text, "训练天数")[0].doubt == ""
    assert facts(text, "慰问金总额")[0].quote.startswith("大湾村：")


@pytest.mark.parametrize("also", ["。另外镇里开了3次议军会", "，另外镇里开了3次议军会", "。全镇开了3次议军会"])
def test_the_township_s_words_end_a_village_s(also: str) -> None:
    text = f"大湾村：入伍3人，慰问军属11户{also}，训练民兵12天\n石桥沟村：入伍2人，慰问军属9户"
    assert [(one.fact.value, one.doubt) for one in facts(text, "训练天数")] == [(12, "")]
    assert facts(text, "走访慰问户数")[0].quote == "大湾村 11、石桥沟村 9"


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("投入资金：财政14万，向上争取5万，村里自筹2万，共21万", ["14万", "21万"]),
        ("大湾村：入伍3人，养狗5条\n石桥沟村：入伍2人", ["5条"]),
        ("武装部小王：议军会3次\n大湾村支书：今年走兵2个", ["2个"]),
        ("村名 入伍 养老院 慰问户数\n河口 2 44 8\n桥头 1 39 6\n庙前 3 50 11", ["养老院"]),
        ("2025年，批准入伍12人。\n" + "各项工作有序推进，再上新台阶。\n" * 30 + "收到锦旗23面。", ["23面"]),
    ],
)
def test_figures_of_which_nothing_was_made_are_told(text: str, figures: list[str]) -> None:
    told = " ".join(one.message for one in extract_text(text, SCHEMA).notices if one.kind == "unread")
    assert [figure for figure in figures if figure not in told] == []


@pytest.mark.parametrize(
    "text",
    [
        "2025年，全镇入伍12人，比去年多2人。走访慰问65户，春节30户、八一35户。",
        "三道梁村：入伍2人\n五里铺村：入伍3人",
        "2025年12月3日，表1，第3批，8点30分，60岁以上",
    ],
)
def test_what_was_taken_or_counts_nothing_is_not_told_as_unread(text: str) -> None:
    assert [one.message for one in extract_text(text, SCHEMA).notices if one.kind == "unread"] == []
