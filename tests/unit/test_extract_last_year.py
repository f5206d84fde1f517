"""Last year's figures as people tell them, and sheets pasted as text whose head stands somewhere else."""

from __future__ import annotations

import pytest

from assistant.intake.extract import extract_text
from assistant.reports.loader import Library

SCHEMA = Library().get("armed-forces-work").facts
YEAR = "清河镇2025年党管武装工作情况\n"


def facts(text: str) -> dict[str, tuple[object, object]]:
    """label → value and last year's value."""
    return {
        one.label: (one.fact.value, one.fact.last_year) for one in extract_text(text, SCHEMA).facts if one.row is None
    }


def teams(text: str) -> dict[object, object]:
    return {
        one.row["名称"]: one.row.get("实有人数")
        for one in extract_text(text, SCHEMA).facts
        if one.row is not None and one.label == "民兵分队"
    }


# ---- a legend that says what brackets hold


@pytest.mark.parametrize(
    "legend",
    [
        "（ ）内为2024年数。",
        "注：括号内数字为上年同期数。",
        "以下括号里的都是去年的数。",
        "去年的数写在括号里。",
        "数据格式：今年（去年）。",
    ],
)
def test_a_legend_tells_what_brackets_hold(legend: str) -> None:
    told = facts(YEAR + legend + "\n议军会：3次（2次）；入伍：14人（11人），其中大学生10人（7人）。")
    assert (told["党委议军会议"], told["入伍人数"], told["大学生入伍"]) == ((3, 2), (14, 11), (10, 7))


def test_brackets_without_a_legend_are_not_last_years() -> None:
    assert facts(YEAR + "点验2次（1次）。")["点验次数"][1] is None


# ---- the same as last year


@pytest.mark.parametrize(
    ("said", "label", "value"),
    [
        ("送22人上站体检，与去年持平。", "上站体检", 22),
        ("走访慰问军属40户，每户600元，标准与上年相同。", "每户慰问金", 600),
        ("现场办公3次（同比持平）。", "现场办公", 3),
        ("全镇共14个村（社区），个数和去年一样。", "村社区个数", 14),
        ("民兵器材库2座，没有变化。", "民兵器材库", 2),
    ],
)
def test_the_same_as_last_year(said: str, label: str, value: int) -> None:
    assert facts(YEAR + said)[label] == (value, value)


def test_what_is_only_alike_is_not_the_same() -> None:
    assert facts(YEAR + "发放宣传单1500份，和去年差不多。")["宣传资料"] == (1500, None)
    assert facts(YEAR + "印发宣传单1500份，比去年多300份，版面与去年持平。")["宣传资料"] == (1500, 1200)


# ---- a sheet pasted as text


def test_one_head_holds_for_all_parts_of_a_sheet() -> None:
    sheet = "项目\t去年\t今年\t差额\n一、组织\t\t\t\n议军会（次）\t2\t3\t1\n现场办公（次）\t1\t4\t3\n"
    sheet += "二、经费（万元）\t\t\t\n武装经费预算\t15\t18.5\t3.5\n"
    sheet += "三、征兵\t\t\t\n入伍（人）\t16\t18\t2\n其中：大学生\t12\t15\t3\n"
    told = facts(YEAR + sheet)
    assert told["党委议军会议"] == (3, 2)
    assert told["武装经费预算"] == (185000, 150000)
    assert (told["入伍人数"], told["大学生入伍"]) == ((18, 16), (15, 12))


def test_columns_told_in_a_sentence() -> None:
    text = YEAR + "下列各项数字依次为今年、去年、增减。\n【民兵】\n基干民兵（人）  85  82  +3\n"
    text += "其中：应急排  30  28  +2\n"
    text += "      无人机班  12  9  +3\n【征兵】\n报名应征（人）  73  80  -7\n"
    assert (facts(text)["基干民兵"], facts(text)["报名应征"]) == ((85, 82), (73, 80))
    assert teams(text) == {"应急排": 30, "无人机班": 12}


def test_a_second_head_within_a_sheet() -> None:
    text = YEAR + "指标\t2025年\t2024年\t同比\n点验（次）\t2\t1\t+1\n训练（天）\t12\t10\t+2\n"
    text += "指标\t2024年\t2025年\t同比\n报名应征（人）\t80\t73\t-7\n入伍（人）\t18\t16\t-2\n"
    assert (facts(text)["点验次数"], facts(text)["入伍人数"]) == ((2, 1), (16, 18))


# ---- the year in front, the noun in front of both


@pytest.mark.parametrize(
    ("said", "label", "told"),
    [
        ("（1）基干民兵。今年91人，去年94人，前年97人。", "基干民兵", (91, 94)),
        ("2.村（社区）数。去年15个，今年14个。", "村社区个数", (14, 15)),
        ("挂了牌的民兵之家去年6个、今年还是6个。", "挂牌民兵之家", (6, 6)),
        ("武装经费预算去年、今年都是18万元。", "武装经费预算", (180000, 180000)),
        ("武装经费预算由2024年的26万元增至2025年的31.5万元。", "武装经费预算", (315000, 260000)),
        ("库室建设投入2024年6.5万元，2025年9万元。", "库室建设投入", (90000, 65000)),
        ("电子屏今年借了沿街商户的，一共14块，去年5块。", "电子屏", (14, 5)),
        ("征兵信访一件也没有，去年一件。", "信访举报", (0, 1)),
        ("没有收到征兵信访举报，去年也没有。", "信访举报", (0, 0)),
    ],
)
def test_last_year_behind_its_noun(said: str, label: str, told: tuple[object, object]) -> None:
    assert facts(YEAR + said)[label] == told


def test_two_figures_of_a_row_from_and_to() -> None:
    text = YEAR + "优抚资金：义务兵家庭优待金由32人57.6万元增至36人68.4万元。"
    found = [one.row for one in extract_text(text, SCHEMA).facts if one.row is not None]
    assert found == [{"项目": "义务兵家庭优待金", "人数": 36, "金额": 684000}]


def test_what_was_left_over_is_not_last_years_result() -> None:
    told = facts(YEAR + "宣传单去年印了3000份没发完，今年发放宣传单2200份。")
    assert told["宣传资料"] == (2200, None)


# ---- villages one by one


VILLAGES = "全乡辖上湾、下湾、柳树坪、青石4个村。\n"


def test_villages_one_by_one_are_parts() -> None:
    text = YEAR + VILLAGES + "基干民兵上湾12人、下湾10人、柳树坪18人、青石9人"
    assert "基干民兵" not in facts(text + "。")
    assert facts(text + "，合计49人，比去年多4人。")["基干民兵"] == (49, 45)
    assert facts(YEAR + VILLAGES + "村级民兵上湾62、下湾55、柳树坪80、青石40，共237人。")["村级民兵"] == (237, None)


def test_as_many_as_are_named() -> None:
    said = "民兵之家上湾、青石各1处，共2处，去年只有青石1处。"
    assert facts(YEAR + VILLAGES + said)["民兵之家"] == (2, 1)


# ---- whose figure last year's is


@pytest.mark.parametrize(
    ("said", "label", "told"),
    [
        ("专题会3次，镇长主持2次、书记主持1次，去年2次。", "专题会议", (3, 2)),
        ("基干民兵88人，去年85。", "基干民兵", (88, 85)),
        ("大学生入伍11人，去年8个。", "大学生入伍", (11, 8)),
        ("全年入伍14人，其中大学生12人，去年入伍11人，大学生7人。", "大学生入伍", (12, 7)),
        ("全年入伍14人，去年入伍11人，大学生7人，今年大学生12人。", "大学生入伍", (12, 7)),
        ("今年点验1次，70人到点，去年点验2次，150人次到点。", "点验人次", (70, 150)),
        ("建成民兵之家12个，均已挂牌（上年挂牌6个）。", "民兵之家", (12, None)),
        ("议军会4次，去年全年一次没开。", "党委议军会议", (4, 0)),
        ("武装经费报了20万元，财政批了20万元，比去年18万元多了2万元。", "武装经费预算", (200000, 180000)),
        ("走访军属60户，每户600元（去年500元）。", "每户慰问金", (600, 500)),
        ("民兵之家12个村建了9个，去年这时候才5个。", "民兵之家", (9, 5)),
        ("征兵报名去年这会儿58，今年91。", "报名应征", (91, 58)),
    ],
)
def test_whose_figure_last_years_is(said: str, label: str, told: tuple[object, object]) -> None:
    assert facts(YEAR + said)[label] == told


# ---- one time of several


def test_one_time_of_several_is_no_whole() -> None:
    assert "点验人次" not in facts(YEAR + "点验3次，最近一次是11月5日，早上集合，到了77人。")
    assert "点验人次" not in facts(YEAR + "五月点验、九月点验，两次，实到七十八人、八十人。")
    said = "点验两次，第一次到117人，第二次到121人，加一块238人次。"
    assert facts(YEAR + said)["点验人次"] == (238, None)


def test_words_that_lead_to_a_team_are_not_its_name() -> None:
    text = YEAR + "基干民兵80人，里头应急排30人，防汛救援队应编26人、实有25人，物资保障队占24人。"
    assert teams(text) == {"应急排": 30, "防汛救援队": 25, "物资保障队": 24}


@pytest.mark.parametrize(
    ("said", "last"),
    [
        ("60人（-5）", 65),
        ("60人（↑4人）", 56),
        ("60人（同比增3人）", 57),
        ("60人（持平）", 60),
        ("60人（其中女4人）", None),
    ],
)
def test_a_change_in_a_bracket(said: str, last: int | None) -> None:
    assert facts(YEAR + f"征兵报名{said}。")["报名应征"] == (60, last)


def test_one_sentence_of_a_thousand_figures_is_read() -> None:
    row = "、".join(f"上{chr(0x4E00 + number)}12人" for number in range(1500))
    assert facts(YEAR + f"基干民兵{row}。入伍14人。")["入伍人数"] == (14, None)


@pytest.mark.parametrize("plan", ["2026年计划", "2026年目标数", "2026年度任务", "明年打算"])
def test_a_column_named_by_a_year_and_what_it_is_for(plan: str) -> None:
    text = f"{YEAR}指标\t单位\t2024年\t2025年\t{plan}\n普通民兵\t人\t510\t498\t500\n报名应征\t人\t58\t61\t65\n"
    assert facts(text)["普通民兵"] == (498, 510)
    assert facts(text)["报名应征"] == (61, 58)
