"""Figures as people tell them: meant and had, taken back later, last year's by its own noun, in a row of months."""

from __future__ import annotations

import pytest

from assistant.intake.extract import extract_text
from assistant.reports.loader import Library

SCHEMA = Library().get("armed-forces-work").facts
YEAR = "清河镇2025年党管武装工作情况报告\n"


def facts(text: str) -> dict[str, tuple[object, object]]:
    """label → value and last year's value."""
    return {
        one.label: (one.fact.value, one.fact.last_year) for one in extract_text(text, SCHEMA).facts if one.row is None
    }


def values(text: str) -> dict[str, object]:
    return {label: value for label, (value, _) in facts(text).items()}


# ---- meant and had


@pytest.mark.parametrize(
    ("said", "label", "had"),
    [
        ("专武干部核定4名，目前在岗3名。", "专武干部", 3),
        ("基干民兵应编90人，实编88人。", "基干民兵", 88),
        ("宣传手册印了6000，实际发放5400份。", "宣传资料", 5400),
    ],
)
def test_what_is_had_counts(said: str, label: str, had: int) -> None:
    assert values(YEAR + said)[label] == had


def test_last_year_beside_what_is_had() -> None:
    assert facts(YEAR + "基干民兵编制90人，实有88人（上年85人）。")["基干民兵"] == (88, 85)


# ---- taken back in a later message


@pytest.mark.parametrize(
    ("back", "label", "right"),
    [
        ("基干民兵不是66，应该是68。", "基干民兵", 68),
        ("基干民兵是68不是66。", "基干民兵", 68),
        ("体检合格19改成18，有一个复检没过。", "体检合格", 18),
        ("入伍10没错，大学生应为9，算漏了一个。", "大学生入伍", 9),
        ("横幅40条里有5条是学校挂的，按35条报。", "宣传横幅", 35),
    ],
)
def test_a_later_message_corrects(back: str, label: str, right: int) -> None:
    first = "2025年全年数：\n基干民兵66，体检合格19，入伍10，大学生8。横幅40条。\n"
    assert values(first + "刚才报的有出入。\n" + back)[label] == right


def test_a_change_that_corrects_nothing_stays() -> None:
    assert values(YEAR + "集训由8天改为10天。")["训练天数"] == 10


# ---- last year's


def test_last_year_belongs_to_its_own_noun() -> None:
    said = facts(YEAR + "今年送走新兵13人，其中大学生9人，去年送走新兵11人。")
    assert said["入伍人数"] == (13, 11)
    assert said["大学生入伍"] == (9, None)


def test_a_closed_bracket_is_told_apart() -> None:
    assert facts(YEAR + "入伍13人（大学生9人），上年11人。")["入伍人数"] == (13, 11)


def test_two_figures_of_last_year_pass_over_a_share() -> None:
    said = facts(YEAR + "入伍13名，大学生9名，大学生占比69.2%，去年这两个数分别是11名、8名。")
    assert (said["入伍人数"], said["大学生入伍"]) == ((13, 11), (9, 8))


def test_brackets_that_a_legend_explains() -> None:
    said = facts(YEAR + "（括号内为上年数）\n议军会议3次（2次）；基干民兵80人（76人）。")
    assert (said["党委议军会议"], said["基干民兵"]) == ((3, 2), (80, 76))


def test_brackets_without_a_legend_are_nobodys() -> None:
    assert facts(YEAR + "议军会议3次（2次）。")["党委议军会议"] == (3, None)


def test_a_bare_figure_and_a_short_year() -> None:
    said = facts(YEAR + "基干民兵80人（去年76）。武装经费预算16万（24年14万）。")
    assert said["基干民兵"] == (80, 76)
    assert said["武装经费预算"] == (160000, 140000)


def test_two_measure_words_in_a_bracket_of_last_year() -> None:
    said = facts(YEAR + "应急出动民兵8次240人次（上年5次160人次）。")
    assert (said["应急处置次数"], said["出动民兵"]) == ((8, 5), (240, 160))


def test_above_last_year_is_a_change() -> None:
    assert facts(YEAR + "武装经费预算16万元，高出去年2万元。")["武装经费预算"] == (160000, 140000)


# ---- times, years, places


@pytest.mark.parametrize("said", ["3月、9月各点验一次。", "三月和九月各集中点验了一次。", "点验三月、九月各一次。"])
def test_once_in_each_month_named(said: str) -> None:
    assert values(YEAR + said)["点验次数"] == 2


def test_the_last_meeting_is_not_one_meeting() -> None:
    assert values(YEAR + "这是今年最后一次议军会，全年议军4次。")["党委议军会议"] == 4


def test_the_year_in_which_somebody_came_is_not_the_reports() -> None:
    said = "述职报告\n我叫李明，2022年3月到清河镇武装部工作。2025年，我做了以下工作。议军会3次。"
    assert values(said)["年度"] == 2025


def test_a_neighbour_by_name() -> None:
    said = "清河镇2025年工作记录\n" + "全年数字如下，已经核对过一遍。" * 8 + "\n入伍9人。\n他提到河东镇今年走了15个。"
    assert values(said)["入伍人数"] == 9


@pytest.mark.parametrize(
    "said", ["全镇18个村，山多路远。", "清河镇共18个村，村村通路。", "全镇18个村社区各建民兵连1个。"]
)
def test_villages_counted_in_passing(said: str) -> None:
    assert values(YEAR + said)["村社区个数"] == 18


def test_villages_and_communities_with_their_sum() -> None:
    assert values(YEAR + "全乡9个村、3个社区，合起来12个村（社区）。")["村社区个数"] == 12


# ---- one thing each


def test_people_and_what_became_of_them() -> None:
    said = values(YEAR + "适龄青年310人全部完成兵役登记。")
    assert (said["适龄青年"], said["兵役登记"]) == (310, 310)


def test_shares_behind_their_counts() -> None:
    said = values(YEAR + "基干民兵80人，退役军人36人占45%，党员28人占35%。")
    assert (said["退伍军人比例"], said["党员比例"]) == (45, 35)


@pytest.mark.parametrize("said", ["没有发生1起信访举报。", "信访举报没有。", "全年未收到1起举报。"])
def test_nought_that_is_told_with_one(said: str) -> None:
    assert values(YEAR + said)["信访举报"] == 0


def test_days_behind_the_number_of_groups() -> None:
    assert values(YEAR + "集训2批，12天，参训160人次。")["训练天数"] == 12


def test_days_of_training_before_service_are_nobodys() -> None:
    assert "训练天数" not in values(YEAR + "30人参加役前训练，在县训练基地训了7天。")


def test_a_multiplication() -> None:
    said = values(YEAR + "走访军属40户×500元=2万元。")
    assert (said["走访慰问户数"], said["每户慰问金"], said["慰问金总额"]) == (40, 500, 20000)


# ---- marks and slips


def test_half_width_stops_between_figures() -> None:
    said = values(YEAR + "1) 信访举报: 0; 2) 议军会议: 3次; 3) 阵地: 社区: 12个; 民兵之家: 9个.")
    assert (said["信访举报"], said["党委议军会议"]) == (0, 3)
    assert (said["村社区个数"], said["民兵之家"]) == (12, 9)


def test_words_that_a_scanner_mistook() -> None:
    said = values(YEAR + "编有基于民兵 80 人。己建民兵之家 12 个。批准人伍 11 人。")
    assert (said["基干民兵"], said["民兵之家"], said["入伍人数"]) == (80, 12, 11)


def test_a_talk_has_no_broken_lines() -> None:
    said = values(
        "王家坪村李主任 19:02\n今年点验搞了两回，头一回来了30个，后一回来了34个，合起来64人次\n19:04\n"
        "训练是到镇里训的，训了6天\n19:06\n报名5个\n19:08\n"
    )
    assert said["训练天数"] == 6
    assert "参训人次" not in said


def test_months_with_their_total() -> None:
    assert values(YEAR + "点验：4月、10月，共2次，到点90人次。")["点验次数"] == 2


def test_a_year_that_is_only_compared_with() -> None:
    said = facts(YEAR + "最终入伍16人，比2024年的14人多2人，当中大学生就有13人。")
    assert (said["入伍人数"], said["大学生入伍"]) == ((16, 14), (13, None))


def test_what_one_household_gets_behind_the_amount() -> None:
    said = values(YEAR + "走访军属50户，600元一户，合计3万元。")
    assert (said["每户慰问金"], said["慰问金总额"]) == (600, 30000)


def test_money_that_somebody_asks_for() -> None:
    assert "训练保障投入" not in values(YEAR + "你们修训练场要的3万元，我在会上提了。")


def test_a_verb_that_holds_a_word_of_lists() -> None:
    said = values(YEAR + "参与防火的民兵、值守的卡口分别为50人、6个。")
    assert (said["专项参与民兵"], said["值守卡口"]) == (50, 6)


# ---- money, parts


def test_what_was_spent_without_its_unit() -> None:
    said = values(YEAR + "买对讲机、头灯这些器材花了5200，训练花了3600。")
    assert (said["器材装备投入"], said["训练保障投入"]) == (5200, 3600)


def test_a_long_way_from_the_store_to_its_money() -> None:
    said = values(YEAR + "把器材库从旧粮站迁到便民服务中心一楼并重新做货架花去6.5万元。")
    assert said["库室建设投入"] == 65000


def test_board_and_lodging_of_a_training() -> None:
    assert values(YEAR + "组织民兵集中训练累计8天所发生的伙食和食宿花去4.2万元。")["训练保障投入"] == 42000


def test_a_budget_in_a_list_of_its_own() -> None:
    assert facts(YEAR + "钱：预算十二万元，上年十万元。")["武装经费预算"] == (120000, 100000)


def test_villages_papers_are_parts_where_the_whole_is_told() -> None:
    text = (
        "云岭办事处2025年武装工作情况报告\n"
        "一、东坡村报的情况\n走访军属7户。报名3人。\n二、西沟村报的情况\n走访军属5户。报名4人。\n"
        "三、合在一起看\n走访军属12户，报名7人，体检合格4人。\n"
    )
    said = values(text)
    assert (said["走访慰问户数"], said["报名应征"]) == (12, 7)


def test_this_year_behind_last_years() -> None:
    assert facts(YEAR + "专武干部去年1名，今年配到2名。")["专武干部"] == (2, 1)


# ---- years in a row, parts and their total


def test_years_in_the_place_of_nouns() -> None:
    said = facts(YEAR + "今年和去年入伍人数分别为16人、14人，其中大学生分别为13人、10人。")
    assert (said["入伍人数"], said["大学生入伍"]) == ((16, 14), (13, 10))


def test_the_later_of_two_years_is_this_years() -> None:
    assert facts(YEAR + "2024年、2025年报名应征人数分别为70人、82人。")["报名应征"] == (82, 70)


def test_last_year_and_the_one_before() -> None:
    assert facts(YEAR + "武装经费预算24万元，去年、前年分别为21万元和18万元。")["武装经费预算"] == (240000, 210000)


def test_the_same_words_of_both_years() -> None:
    assert facts(YEAR + "宣传横幅去年挂了30条，今年挂了42条。")["宣传横幅"] == (42, 30)


def test_halves_of_the_year_with_their_total() -> None:
    assert values(YEAR + "议军会上半年1次、下半年2次，一共3次。")["党委议军会议"] == 3


def test_festivals_with_their_total() -> None:
    assert values(YEAR + "慰问：八一30户，春节42户，全年72户。")["走访慰问户数"] == 72


def test_who_was_checked_and_who_passed() -> None:
    assert values(YEAR + "政考对象26人，通过24人。")["政治考核"] == 24


def test_a_table_of_two_years_whose_cells_one_blank_parts() -> None:
    head = "清河镇武装工作数据\n序号 指标 单位 2025年 2024年\n"
    said = facts(head + "1 专题会议 次 5 4\n2 基干民兵 人 90 86\n3 适龄青年 人 320 331\n")
    assert (said["专题会议"], said["基干民兵"], said["适龄青年"]) == ((5, 4), (90, 86), (320, 331))


def test_a_change_in_two_measure_words() -> None:
    said = facts(YEAR + "应急出动11次560人次，比去年多2次120人次。")
    assert said["出动民兵"] == (560, None)


def test_a_budget_that_its_year_opens() -> None:
    assert facts(YEAR + "3.经费。2025年预算安排45万元，2024年为40万元。")["武装经费预算"] == (450000, 400000)


# ---- asked and done


@pytest.mark.parametrize(
    ("said", "label", "done"),
    [
        ("议军会议（要求不少于2次）：实际召开3次，得满分。", "党委议军会议", 3),
        ("专武干部配备（标准2人）：配备3人。", "专武干部", 3),
        ("基干民兵（任务80人）：编实82人。", "基干民兵", 82),
        ("征兵（任务18人）：输送20人。", "入伍人数", 20),
        ("集训（要求不少于10天）：12天。", "训练天数", 12),
    ],
)
def test_what_was_asked_stands_in_a_bracket(said: str, label: str, done: int) -> None:
    assert values(YEAR + said)[label] == done


def test_a_standard_in_a_bracket_ends_with_it() -> None:
    said = values(YEAR + "基干民兵中退役军人占46%（标准不低于40%），党员占39%（标准不低于35%）。")
    assert (said["退伍军人比例"], said["党员比例"]) == (46, 39)


def test_the_quote_has_the_noun() -> None:
    found = extract_text(YEAR + "专武干部核定4名，目前在岗3名。", SCHEMA).facts
    assert [one.quote for one in found if one.label == "专武干部"] == ["专武干部核定4名，目前在岗3名"]


def test_hung_and_changed_with_their_total() -> None:
    assert values(YEAR + "光荣牌新悬挂12块、更换9块，共计21块。")["光荣牌"] == 21


def test_one_household_in_spoken_money() -> None:
    said = values(YEAR + "军属走了八十户，一户五百，总共四万。")
    assert (said["每户慰问金"], said["慰问金总额"]) == (500, 40000)


def test_nearly_is_no_change() -> None:
    assert values(YEAR + "党员差不多三成六。")["党员比例"] == 36
