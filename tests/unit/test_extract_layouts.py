"""Habits that a half of the gold corpus told once it was no longer locked: cells, series, amounts, villages, titles."""

from __future__ import annotations

import pytest

from assistant.intake.extract import extract_text
from assistant.reports.loader import Library

SCHEMA = Library().get("armed-forces-work").facts


def values(text: str) -> dict[str, object]:
    return {one.label: one.fact.value for one in extract_text(text, SCHEMA).facts if one.row is None}


def rows(text: str, label: str) -> list[dict[str, object]]:
    return [dict(one.row) for one in extract_text(text, SCHEMA).facts if one.label == label and one.row is not None]


def items(text: str, label: str) -> list[object]:
    found = [one.fact.value for one in extract_text(text, SCHEMA).facts if one.label == label]
    return [value[0] for value in found if isinstance(value, tuple)]


# ---- tables whose cells one wide blank parts


def test_teams_below_a_head_with_wide_blanks() -> None:
    text = "2025年民兵整组情况\n名称　编制　实有　民兵干部\n应急排　30　28　3\n通信分队　20　20　2\n"
    assert rows(text, "民兵分队") == [
        {"名称": "应急排", "编制人数": 30, "实有人数": 28, "民兵干部": 3},
        {"名称": "通信分队", "编制人数": 20, "实有人数": 20, "民兵干部": 2},
    ]


def test_two_columns_with_wide_blanks_take_the_unit_of_the_caption() -> None:
    text = "2025年情况\n附表　武装经费支出（单位：万元）\n项目　金额\n器材装备　9.4\n库室建设　6.3\n民兵保险　1.1\n"
    assert rows(text, "经费明细") == [
        {"项目": "器材装备", "金额": 94000},
        {"项目": "库室建设", "金额": 63000},
        {"项目": "民兵保险", "金额": 11000},
    ]


def test_people_in_columns_with_wide_blanks() -> None:
    text = "2025年先进典型\n姓名　身份　事迹\n钱大勇　应急排排长　连夜加固堤坝\n苏小梅　社区民兵　为独居老人送水\n"
    assert rows(text, "先进典型") == [
        {"姓名": "钱大勇", "身份": "应急排排长", "事迹": "连夜加固堤坝"},
        {"姓名": "苏小梅", "身份": "社区民兵", "事迹": "为独居老人送水"},
    ]


def test_lines_of_prose_with_a_wide_blank_stay_prose() -> None:
    text = "柳河镇党委书记　钱大勇\n2025年武装工作述职报告\n民兵训练　参训80人\n"
    assert values(text)["述职人"] == "钱大勇"
    assert rows(text, "民兵分队") == []


# ---- rows


def test_a_second_series_fills_its_own_column() -> None:
    text = "2025年整组，应急排、通信分队、运输分队分别为30人、26人、24人，民兵干部分别配3人、2人、1人。"
    told = [(row["名称"], row["实有人数"], row["民兵干部"]) for row in rows(text, "民兵分队")]
    assert told == [("应急排", 30, 3), ("通信分队", 26, 2), ("运输分队", 24, 1)]


def test_amounts_in_front_of_what_they_were_spent_on() -> None:
    text = (
        "2025年武装经费实际支出中，有72,500元用于购置器材装备，38,000元用于修缮库室，17,600元用于征兵宣传，"
        "还有9,800元用于国防教育场馆布展。"
    )
    told = {row["项目"]: row["金额"] for row in rows(text, "经费明细")}
    assert told["国防教育场馆布展"] == 9800
    assert 38000 not in [told.get("器材装备"), told.get("征兵宣传")]
    assert values(text)["征兵宣传投入"] == 17600


@pytest.mark.parametrize("name", ["围裙", "手提袋"])
def test_the_word_for_gifts_is_no_part_of_a_gift(name: str) -> None:
    text = f"2025年征兵宣传，定制宣传品{name}1000条、雨伞300把。"
    assert [row["名称"] for row in rows(text, "宣传品明细")] == [name, "雨伞"]


def test_deeds_of_two_people_in_one_list() -> None:
    text = "2025年扫雪任务中，涌现出民兵班长丁卫东清雪五昼夜、民兵夏小燕免费为队员送饭等感人事迹。"
    told = [(row["姓名"], row["事迹"]) for row in rows(text, "先进典型")]
    assert told == [("丁卫东", "清雪五昼夜"), ("夏小燕", "免费为队员送饭")]


# ---- whose figures they are


def test_a_village_speaks_of_itself_only_in_its_own_paper() -> None:
    said = "今年我村共有适龄青年31人，报名应征6人。"
    assert values(f"松岭村2025年武装工作小结\n{said}")["适龄青年"] == 31
    assert "适龄青年" not in values(f"柳河镇2025年武装工作总结\n{said}")


def test_what_was_passed_is_not_what_it_came_to() -> None:
    assert values("2025年征兵，今年网上报名首次突破60人，达到66人。")["报名应征"] == 66


def test_an_honour_of_another_year_is_none_of_this_report() -> None:
    said = "我乡被评为全县征兵工作先进乡。"
    assert items(f"石门乡2025年武装工作报告\n2024年，{said}", "征兵荣誉") == []
    assert len(items(f"石门乡2025年武装工作报告\n2025年，{said}", "征兵荣誉")) == 1


def test_townships_that_name_only_their_villages() -> None:
    found = [one for one in extract_text("2025年。全乡11个行政村，建有民兵之家6个。", SCHEMA).facts]
    told = next(one for one in found if one.label == "村社区个数")
    assert (told.fact.value, bool(told.doubt)) == (11, True)


# ---- lists


def test_what_opens_and_closes_a_report_is_no_item() -> None:
    text = (
        "柳河镇2025年武装工作报告\n存在问题和打算\n"
        "虽然取得了一些成绩，但与先进单位相比仍有差距。主要问题有：训练科目偏旧；专武干部身兼数职。\n"
        "下步打算：（1）重新制定训练计划；（2）待补充。\n组织让我负责武装工作，我将倍加珍惜，不负重托。\n"
    )
    assert items(text, "存在问题") == ["训练科目偏旧", "专武干部身兼数职"]
    assert items(text, "下步打算") == ["重新制定训练计划"]


# ---- doubtful readings


def test_a_full_team_is_told_with_a_doubt_and_only_where_its_people_are_counted() -> None:
    found = [one for one in extract_text("2025年整组，应急排30人满编。", SCHEMA).facts if one.label == "民兵分队"]
    assert [(one.row["编制人数"], one.row["实有人数"]) for one in found if one.row] == [(30, 30)]
    assert "满编" in found[0].doubt
    told = rows("2025年整组，应急排满编30人。", "民兵分队")
    assert all(row.get("编制人数") is None or row.get("实有人数") is None for row in told)


def test_a_maxim_of_the_first_section_is_no_theme_of_the_year() -> None:
    text = (
        "柳河镇2025年武装工作报告\n2025年，柳河镇党委以“固本强基、练兵备战”为主线，认真抓好武装工作。现报告如下。\n"
        "一、压实责任\n党委按照“专职专用”的要求，配齐3名专武干部。\n"
    )
    assert values(text)["年度主题"] == "固本强基、练兵备战"
    assert "年度主题" not in values(text.replace("以“固本强基、练兵备战”为主线，", ""))


def test_a_later_message_takes_a_figure_back() -> None:
    text = "春和社区 小林 16:03\n适龄青年41，兵役登记41，网上报名12，上站9\n"
    text += "春和社区 小林 16:08\n更正一下，网上报名是13不是12\n"
    assert values(text)["报名应征"] == 13
    assert values(text)["上站体检"] == 9


def test_the_task_of_the_year_by_the_heading_above() -> None:
    text = "柳河镇2025年武装工作报告\n（一）专项任务方面。老旧小区火患整治期间，民兵62人参与，值守点位9处。\n"
    assert values(text)["专项任务名称"] == "老旧小区火患整治"


# ---- names of rows, amounts and whose they are


@pytest.mark.parametrize(
    "said",
    [
        "基干民兵编为两支分队：一是应急排，30人；二是通信分队，20人。",
        "基干民兵分队中，人数最多的是应急排，有30人，其次是通信分队20人。",
        "编有基干民兵分队，第一支是应急排30人，第二支是通信分队20人。",
    ],
)
def test_what_counts_the_teams_is_no_part_of_their_names(said: str) -> None:
    told = [(row["名称"], row["实有人数"]) for row in rows(f"2025年整组，{said}", "民兵分队")]
    assert told == [("应急排", 30), ("通信分队", 20)]


def test_a_list_of_expenses_with_words_of_its_own_in_front() -> None:
    text = "2025年经费支出：器材装备7万元、训练保障5万元，一块是民兵保险1万元，另外报刊订阅0.6万元，合计13.6万元。"
    told = {row["项目"]: row["金额"] for row in rows(text, "经费明细")}
    assert (told["民兵保险"], told["报刊订阅"]) == (10000, 6000)


def test_what_an_amount_is_for_stands_in_front_of_each() -> None:
    text = "2025年经费，用于民兵训练的有5万元，用于器材购置的有7万元，用于民兵保险的有1万元。"
    assert values(text)["器材装备投入"] == 70000
    assert values(text)["训练保障投入"] == 50000


def test_people_honoured_behind_somebody_named() -> None:
    text = "2025年，我镇籍军人王强、李勇2人荣立三等功，张伟荣立二等功，5人获“四有”优秀士兵。"
    assert {(row["等次"], row["人数"]) for row in rows(text, "立功受奖")} == {("三等功", 2), ("四有优秀士兵", 5)}


def test_words_printed_on_a_gift_send_nobody_to_the_army() -> None:
    text = "2025年征兵宣传，订做了1000个印着“参军光荣”的环保袋、500把扇子。"
    assert "入伍人数" not in values(text)
    assert [(row["名称"], row["数量"]) for row in rows(text, "宣传品明细")] == [("环保袋", 1000), ("扇子", 500)]


def test_two_columns_with_single_blanks_below_a_head_that_says_so() -> None:
    text = "2025年情况\n武装经费支出（单位：万元）\n支出项目 金额\n器材装备 9.4\n民兵保险 1.1\n"
    assert [(row["项目"], row["金额"]) for row in rows(text, "经费明细")] == [("器材装备", 94000), ("民兵保险", 11000)]


def test_parts_in_brackets_are_no_rows_of_their_own() -> None:
    text = "2025年开支：器材7.2万（含对讲机3万、雨衣1.2万），库室4万，训练5万，民兵保险1万。"
    assert [row["项目"] for row in rows(text, "经费明细")] == ["民兵保险"]


def test_a_team_of_thirty_is_no_thirty_alarms() -> None:
    assert "应急处置次数" not in values("2025年整组，四支分队共95人：应急30、通信25、救护20、运输20。")
    assert values("2025年民兵出勤多，应急处置4次。")["应急处置次数"] == 4


def test_a_comrade_with_his_office_in_brackets() -> None:
    told = rows("2025年，周建军同志（应急排排长）带队堵住管涌3处，被评为全县先进个人。", "先进典型")
    assert [(row["姓名"], row["身份"]) for row in told] == [("周建军", "应急排排长")]


def test_slogans_are_no_plans() -> None:
    text = (
        "柳河镇2025年武装工作报告\n下一步工作打算\n一是配强班子。二是新建民兵之家3个，为平安建设作出贡献。三是抓好征兵。"
        "让我们更加紧密地团结起来，为实现强军目标而努力奋斗！\n"
    )
    assert items(text, "下步打算") == ["配强班子", "新建民兵之家3个，为平安建设作出贡献", "抓好征兵"]
    text = "柳河镇2025年武装工作报告\n存在问题和打算\n"
    text += "下一步，我镇将配强村级民兵连班子，多方筹措训练经费，为强军事业作出新贡献。"
    assert "为强军事业作出新贡献" not in items(text, "下步打算")
    assert items(text, "下步打算")[0] == "配强村级民兵连班子"


def test_two_faults_told_as_two() -> None:
    text = "柳河镇2025年武装工作报告\n存在问题\n离上级要求还有差距，主要是村级民兵连作用不明显、训练经费偏少两个方面。"
    assert items(text, "存在问题") == ["村级民兵连作用不明显", "训练经费偏少"]


def test_what_a_soldiers_family_gets_is_no_gift_of_a_visit() -> None:
    told = values("2025年优抚工作。义务兵家庭12户，每户1.5万元，合计18万元。")
    assert not {"每户慰问金", "慰问金总额"} & set(told)
    assert values("2025年春节走访30户，每户600元，共1.8万元。")["每户慰问金"] == 600
