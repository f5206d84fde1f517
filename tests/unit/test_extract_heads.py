"""Who reports, in what office, of which unit and year: in titles, lines below them, greetings and first sentences."""

from __future__ import annotations

import pytest

from assistant.intake.extract import extract_text
from assistant.reports.loader import Library

SCHEMA = Library().get("armed-forces-work").facts
BODY = "一、民兵工作\n全年组织点验2次，训练10天，各村民兵连按时到齐，装备逐件登记，台账当天补齐。\n"
OPENING = "一年来，全镇武装工作稳中有进，各项任务按期办结，没有出现大的差错。现述职如下。\n"
TITLE = f"石桥镇2025年武装工作报告\n\n{OPENING}"


def value(text: str, label: str) -> object:
    """What was found for a fact; None where nothing was."""
    return next((one.fact.value for one in extract_text(text, SCHEMA).facts if one.label == label), None)


@pytest.mark.parametrize(
    "head",
    [
        "石桥镇党委书记沈从军党管武装工作述职报告\n",
        "石桥镇党委书记沈从军抓武装工作述职\n",
        "2025年述职报告\n述职人：石桥镇党委书记、人大主席 沈从军\n",
        "2025年述职报告\n述职人：沈从军（石桥镇党委书记）\n",
        "守一方土\n石桥镇党委书记 沈从军　2025年12月20日\n",
        "石桥镇述职报告\n汇报人：党委书记 沈从军　2025年12月\n",
    ],
)
def test_who_reports(head: str) -> None:
    assert value(f"{head}\n{OPENING}{BODY}", "述职人") == "沈从军"


def test_who_reports_says_so_in_the_body() -> None:
    text = f"2025年武装工作述职\n\n{OPENING}一、责任\n我是石桥镇党委书记沈从军，也是武装部第一政委。\n{BODY}"
    assert value(text, "述职人") == "沈从军"


@pytest.mark.parametrize(
    "head", ["石桥镇党委书记全面抓武装工作述职报告\n", "石桥镇党委书记党管武装工作述职报告\n", "镇党委书记时刻抓武装\n"]
)
def test_how_somebody_works_is_no_name(head: str) -> None:
    assert value(f"{head}\n{OPENING}{BODY}", "述职人") is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"石桥镇党委书记沈从军党管武装工作述职报告\n\n{OPENING}{BODY}", "石桥镇党委书记"),
        (f"述  职  报  告\n石桥镇党委委员、武装部长  韩  冬\n\n{OPENING}{BODY}", "石桥镇党委委员、武装部长"),
        (f"2025年武装工作述职\n\n{OPENING}{BODY}\n述职人：石桥镇党委书记 沈从军\n2026年1月6日\n", "石桥镇党委书记"),
        (
            f"2025年武装工作述职\n\n{OPENING}一、责任\n作为石桥镇党委书记、第一责任人，我带头抓。\n{BODY}",
            "石桥镇党委书记",
        ),
    ],
)
def test_in_what_office(text: str, said: str) -> None:
    assert value(text, "述职人职务") == said


@pytest.mark.parametrize(
    ("head", "short"),
    [
        ("在全县乡镇党委书记述职会上的报告\n石桥乡党委书记 沈从军\n", "石桥乡"),
        ("把兵练在平时\n——在石桥街道党管武装工作述职会上的报告\n", "石桥街道"),
        ("建强阵地聚人心\n——石桥镇抓党管武装工作的做法\n", "石桥镇"),
        ("全县情况汇总（之七）：石桥镇\n", "石桥镇"),
        ("（记录：小范，12月5日，供起草石桥镇武装工作报告用）\n", "石桥镇"),
        ("我把今年（2025年）石桥镇武装这块的情况大概说一下，你们帮着捋成报告。\n", "石桥镇"),
        ("石桥农场2025年党管武装工作情况报告\n", "石桥农场"),
        ("中共石桥经济开发区工作委员会关于武装工作的报告\n", "石桥经济开发区"),
    ],
)
def test_of_which_unit(head: str, short: str) -> None:
    assert value(f"{head}\n{OPENING}{BODY}", "单位简称") == short


def test_all_townships_are_no_unit() -> None:
    head = "在全县乡镇党委书记述职会上的报告\n石桥乡党委书记 沈从军\n"
    assert value(f"{head}\n{OPENING}{BODY}", "单位类别") == "乡"
    assert value(f"武装简报\n\n{OPENING}{BODY}\n送：各乡镇、街道武装部\n", "单位类别") is None


def test_a_meeting_is_no_unit() -> None:
    assert value(f"李书记说，今年武装这一块，议军会镇党委开了3次。\n{BODY}", "单位简称") is None


def test_offices_that_are_greeted_first_are_no_title() -> None:
    text = f"区委、区人民武装部：\n现将本人2025年履行党管武装职责的情况报告如下，请审议。\n{BODY}"
    assert value(text, "上级军事机关") == "区人民武装部"


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        ("关于石桥镇党管武装工作开展情况的汇报", "工作情况报告"),
        ("关于2025年党管武装工作情况的汇报", "工作情况报告"),
        ("石桥镇武装工作情况", "工作情况报告"),
        ("守一方土\n——我的2025年党管武装工作述职", "述职报告"),
    ],
)
def test_what_kind_of_paper(head: str, kind: str) -> None:
    assert value(f"{head}\n\n一年来，全镇武装工作稳中有进，各项任务按期办结。\n{BODY}", "文种") == kind


@pytest.mark.parametrize(
    "head", ["石桥镇武装工作记事 2025", "石桥镇武装工作记事【2025】", "老李，石桥镇25年武装的数我给你捋一遍。"]
)
def test_a_year_in_short(head: str) -> None:
    assert value(f"{head}\n{BODY}", "年度") == 2025


def test_days_of_a_year_are_no_year() -> None:
    assert value(f"老李，我干了25年武装，数我给你捋一遍。\n{BODY}", "年度") is None


# ---- themes and campaigns


@pytest.mark.parametrize(
    "campaign",
    [
        "党史学习教育",
        "党纪学习教育",
        "深入贯彻中央八项规定精神学习教育",
        "学习贯彻习近平新时代中国特色社会主义思想主题教育",
    ],
)
@pytest.mark.parametrize("frame", ["把{}激发的干劲用到抓武装上", "{}期间，梳理廉洁风险点8个", "在{}中边查边改"])
def test_a_campaign_of_the_whole_party(campaign: str, frame: str) -> None:
    assert value(f"{TITLE}{BODY}全年{frame.format(campaign)}，全部定了措施。\n", "主题教育活动") == campaign


@pytest.mark.parametrize("what", ["主题教育活动", "主题实践活动", "主题党日", "主题宣讲"])
def test_an_activity_is_no_theme(what: str) -> None:
    text = f"石桥镇2025年武装工作报告\n\n一年来，我结合“强军有我、奋进有为”{what}，推动武装工作。现述职如下。\n{BODY}"
    assert value(text, "年度主题") is None


@pytest.mark.parametrize("said", ["围绕“强班子、强阵地、强队伍”三强目标", "今年的主题，就是“强班子、强阵地、强队伍”"])
def test_a_theme_in_the_body(said: str) -> None:
    assert value(f"{TITLE}一、责任\n{said}，抓实了武装工作。\n{BODY}", "年度主题") == "强班子、强阵地、强队伍"


@pytest.mark.parametrize(
    "said",
    ["按照“就地就近、专业对口”的要求编组", "坚持“书记讲、部长训、连长带”", "主题：答复《武装工作调研提纲》"],
)
def test_a_way_of_working_is_no_theme(said: str) -> None:
    assert value(f"石桥镇2025年武装工作报告\n\n{said}，民兵工作扎实。\n{BODY}", "年度主题") is None
