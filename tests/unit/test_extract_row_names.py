"""Names of rows: what only leads to them or follows them is no part of them, and what is no name makes no row."""

from __future__ import annotations

import pytest

from assistant.intake.extract import extract_text
from assistant.reports.loader import Library

SCHEMA = Library().get("armed-forces-work").facts.model_copy(update={"learned": None})


def names(text: str, table: str) -> list[object]:
    rows = (one.row for one in extract_text(text, SCHEMA).facts if one.label == table and one.row is not None)
    return [next(iter(row.values())) for row in rows]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("经费支出：9.1万元买了器材，5.2万元修了库房，7.4万元保了训练。", ["器材", "库房", "训练"]),
        ("经费支出：对讲机、油锯这些器材9.1万元，库房维修5.2万元，民兵训练7.4万元。", ["器材", "库房维修", "民兵训练"]),
        ("经费支出主要有：办公设备1.2万元，库房维修5.2万元，民兵训练7.4万元。", ["办公设备", "库房维修", "民兵训练"]),
        (
            "经费由19万元增加到24万元，其中：器材购置9.1万元，库房维修5.2万元，民兵训练7.4万元。",
            ["器材购置", "库房维修", "民兵训练"],
        ),
        (
            "经费支出：器材购置9.1万元，库房维修5.2万元，民兵训练7.4万元，商会赞助3万元。",
            ["器材购置", "库房维修", "民兵训练"],
        ),
    ],
)
def test_what_money_went_for(said: str, told: list[str]) -> None:
    assert names(said, "经费明细") == told


def test_who_came_and_went_is_no_team() -> None:
    said = (
        "今年民兵整组调整出队12人，新编入队15人。按应急连（编制60人，实有58人）、通信分队（编制20人，实有20人）编组。"
    )
    assert names(said, "民兵分队") == ["应急连", "通信分队"]


def test_another_gift_is_a_gift() -> None:
    assert names("征兵宣传有声势，另外定做雨伞200把、毛巾300条。", "宣传品明细") == ["雨伞", "毛巾"]


def teams(text: str) -> list[tuple[object, ...]]:
    rows = (one.row for one in extract_text(text, SCHEMA).facts if one.label == "民兵分队" and one.row is not None)
    return [tuple(row.get(name) for name in ("名称", "数量", "编制人数", "实有人数", "民兵干部")) for row in rows]


def test_one_word_tells_two_columns() -> None:
    said = "基干民兵分两支：应急排1个，编制40人，实有38人，配干部3人；通信分队1个，编制和实有都是22人，配干部2人。"
    assert teams(said) == [("应急排", 1, 40, 38, 3), ("通信分队", 1, 22, 22, 2)]


@pytest.mark.parametrize(("end", "there"), [("以上均为满编", 24), ("人员都没有满编", None)])
def test_one_word_tells_a_column_of_all(end: str, there: int | None) -> None:
    said = f"基干民兵编组中，应急排编40人，任务分队包括通信分队编24人、救护分队编16人，{end}。"
    assert [row[:1] + row[2:4] for row in teams(said)][1] == ("通信分队", 24, there)


def test_things_that_add_up_to_the_people_of_the_sentence_before() -> None:
    said = "整组下来有62个基干民兵，比去年多4个。应急排36个，通信分队26个。"
    assert teams(said) == [("应急排", None, None, 36, None), ("通信分队", None, None, 26, None)]
    assert teams("基干民兵62人。防汛应急小队18个，巡逻分队20个。")[0][1] == 18


# ---- names of the year's task


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("库区度汛成为上半年压在民兵身上的头等任务，组织民兵60人。", "库区度汛"),
        ("今年登革热防控作为街道最大的专项任务，民兵先后有60人参加。", "登革热防控"),
        ("街道把“平安夜市守护”作为民兵专项行动，组织民兵60人。", "平安夜市守护"),
        ("街道民兵承担灯会外围安保，这是全年最重的一项任务，组织民兵60人。", "灯会外围安保"),
        ("9月的防台风“玉兔”专项行动，60名民兵上堤。", "防台风“玉兔”"),
        ("在“创卫”复审这项专项任务中，60名民兵值守。", "“创卫”复审"),
    ],
)
def test_what_the_task_was_called(said: str, name: str) -> None:
    found = [
        one.fact.value for one in extract_text(f"专项任务方面。{said}", SCHEMA).facts if one.label == "专项任务名称"
    ]
    assert found == [name]


@pytest.mark.parametrize(
    "said", ["年度整组是民兵工作的首要任务。", "今年最难的一仗是哪一仗？", "训练场成了民兵的练兵场。"]
)
def test_what_is_no_task_of_the_year(said: str) -> None:
    assert all(one.label != "专项任务名称" for one in extract_text(said, SCHEMA).facts)
