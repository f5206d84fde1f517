"""Rows of teams, expenses, honours and gifts in the forms that people write them in."""

from __future__ import annotations

import pytest

from assistant.intake.extract import extract_text
from assistant.reports.loader import Library

SCHEMA = Library().get("armed-forces-work").facts


def rows(text: str, label: str) -> list[tuple[object, ...]]:
    """The cells of a table's rows, in the order of its columns."""
    columns = [column.label for column in SCHEMA.by_label[label].columns]
    found = (one.row for one in extract_text(text, SCHEMA).facts if one.label == label and one.row is not None)
    return [tuple(row.get(name) for name in columns) for row in found]


# ---- teams


def test_teams_with_both_figures_in_front_of_the_name() -> None:
    said = "民兵整组后编成1个25人的应急排、2个共36人的水上分队和1个12人的通信分队。"
    assert rows(said, "民兵分队") == [
        ("应急排", 1, None, 25, None),
        ("水上分队", 2, None, 36, None),
        ("通信分队", 1, None, 12, None),
    ]


def test_the_word_that_leads_to_a_team_is_none_of_its_name() -> None:
    said = "基干民兵由应急排25人、通信分队12人组成。"
    assert [row[0] for row in rows(said, "民兵分队")] == ["应急排", "通信分队"]


@pytest.mark.parametrize("none", ["没有配干部", "未配备民兵干部", "暂未配干部"])
def test_a_team_without_officers_has_none(none: str) -> None:
    said = f"民兵编组：应急排编制30人，实有28人，民兵干部3人；通信班编制8人，实有7人，{none}。"
    assert rows(said, "民兵分队") == [("应急排", None, 30, 28, 3), ("通信班", None, 8, 7, 0)]


def test_officers_behind_their_figure_or_told_for_all_teams() -> None:
    said = "编组基干民兵：1支应急排，编制32人，实有31人，配有3名民兵干部；1支救护分队，编制20人，实有20人，带2名骨干。"
    assert rows(said, "民兵分队") == [("应急排", 1, 32, 31, 3), ("救护分队", 1, 20, 20, 2)]
    said = "基干民兵现有28人的应急排、16人的防汛分队，两支分队都配了民兵干部，分别是3名和2名。"
    assert rows(said, "民兵分队") == [("应急排", None, None, 28, 3), ("防汛分队", None, None, 16, 2)]
    together = "整组后民兵编成应急排30人、救护分队20人，共配备5名民兵干部。"
    assert [row[4] for row in rows(together, "民兵分队")] == [None, None]


def test_the_people_of_all_teams_are_none_of_the_first_one() -> None:
    said = "基干民兵65人，编为35人的应急排和30人的抢修分队。"
    assert rows(said, "民兵分队") == [("应急排", None, None, 35, None), ("抢修分队", None, None, 30, None)]
    said = "基干民兵65人全部编入应急排（35人）和抢修分队（30人）。"
    assert rows(said, "民兵分队") == [("应急排", None, None, 35, None), ("抢修分队", None, None, 30, None)]


def test_names_first_and_figures_in_their_order() -> None:
    said = "基干民兵编在应急排、防化分队和通信分队，三支队伍依次是36人、20人、14人。"
    assert [(row[0], row[3]) for row in rows(said, "民兵分队")] == [("应急排", 36), ("防化分队", 20), ("通信分队", 14)]


def test_parts_of_a_team_with_their_sum() -> None:
    said = "民兵编成：应急连下辖2个排各30人，共60人；保障分队3个班各8人，共24人。"
    assert [(row[0], row[1], row[3]) for row in rows(said, "民兵分队")] == [
        ("应急连", None, 60),
        ("保障分队", None, 24),
    ]


def test_how_many_teams_of_one_name_and_how_many_names() -> None:
    said = "民兵编设侦察分队1个、编制20人、实有19人，应急分队2个、编制60人、实有58人。"
    assert rows(said, "民兵分队") == [("侦察分队", 1, 20, 19, None), ("应急分队", 2, 60, 58, None)]
    said = "民兵分两支：应急排四十人，灭火分队两个共三十人。"
    assert [row[:2] for row in rows(said, "民兵分队")] == [("应急排", None), ("灭火分队", 2)]
    assert rows("民兵编有应急排30人、搜救分队20人两支。", "民兵分队")[1][1] is None


def test_a_team_made_for_one_task_is_no_row() -> None:
    assert rows("把防台作为民兵专项任务，成立民兵抢险突击队，52名民兵守堤。", "民兵分队") == []
    assert rows("专项行动中，61名民兵编入巡查小组。", "民兵分队") == []


# ---- expenses, honours, gifts


def test_expenses_that_begin_numbered_paragraphs() -> None:
    said = (
        "三、经费支出\n全年支出12万元，共三笔：\n"
        "（一）靶场维修4.2万元。平整场地两处，换了围栏，又添了警示牌和消防沙，村里出工出力。\n"
        "（二）误工补贴5.6万元。每人每天发放，按月打到各人卡上，没有拖欠，账目在村里公示过。\n"
        "（三）民兵保险2.2万元。对讲机单价900元，不在其中。\n"
    )
    assert [(row[0], int(row[1])) for row in rows(said, "经费明细")] == [  # type: ignore[call-overload]
        ("靶场维修", 42000),
        ("误工补贴", 56000),
        ("民兵保险", 22000),
    ]


def test_heroes_are_counted_by_their_honour() -> None:
    assert rows("立功受奖方面，二等功臣1人、三等功臣4人。", "立功受奖") == [("二等功", 1), ("三等功", 4)]


def test_plates_that_were_renewed_are_no_gift() -> None:
    assert rows("光荣牌制作：更换16块，宣传品由县里统一配发。", "宣传品明细") == []


def test_a_team_whose_name_begins_with_support() -> None:
    said = "民兵整组后有应急排1个30人，支援保障分队1个20人。"
    assert [row[0] for row in rows(said, "民兵分队")] == ["应急排", "支援保障分队"]


def test_amounts_told_by_what_they_went_for() -> None:
    said = "经费花在三个方面：7万元用于民兵训练，5万元用于购置帐篷，2万元用于国防讲堂。"
    assert [row[0] for row in rows(said, "经费明细")] == ["民兵训练", "帐篷", "国防讲堂"]


def test_gifts_with_a_verb_in_front_of_their_figure() -> None:
    said = "征兵宣传品：雨伞印了200把，帆布包做了300个，纸巾盒500个。"
    assert rows(said, "宣传品明细") == [("雨伞", 200, "把"), ("帆布包", 300, "个"), ("纸巾盒", 500, "个")]


def test_honours_that_follow_each_other_without_a_mark() -> None:
    assert rows("喜报送上门，二等功1人三等功2人。", "立功受奖") == [("二等功", 1), ("三等功", 2)]


def test_for_whom_a_benefit_was_paid_out() -> None:
    found = rows("全年为9人发放义务兵优待金14.4万元，更换光荣牌12块。", "优抚资金")
    assert [(name, people, int(str(amount))) for name, people, amount in found] == [("义务兵优待金", 9, 144000)]


@pytest.mark.parametrize(
    ("have", "expected"),
    [
        (30, [("通信分队", None, 12, None, ""), ("民兵应急排", 30, 30, 4, "")]),
        (28, [
            ("民兵应急排", None, 30, None, ""), ("通信分队", None, 12, None, ""),
            ("应急排", 30, 28, 4, "和“民兵应急排”像是同一个，数却不同"),
        ]),
    ],
)  # fmt: skip
def test_one_team_under_two_names_is_one_row_unless_they_differ(have: int, expected: list[tuple[object, ...]]) -> None:
    said = f"民兵应急排30人，通信分队12人。应急排编制30人，现有{have}人，配备民兵干部4人。"
    found = [one for one in extract_text(said, SCHEMA).facts if one.label == "民兵分队" and one.row is not None]
    cells = [tuple((one.row or {}).get(name) for name in ("名称", "编制人数", "实有人数", "民兵干部")) for one in found]
    assert [(*row, one.doubt) for row, one in zip(cells, found, strict=True)] == expected
