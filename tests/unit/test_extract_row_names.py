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
