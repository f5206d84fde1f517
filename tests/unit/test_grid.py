"""What is typed into a table's grid goes cell by cell onto what the store holds by then; what cannot be saved waits."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.facts.fields import FactField, FieldType, TableColumn
from assistant.facts.grid import SPARE, Grid

TEAMS = FactField(
    label="分队",
    type=FieldType.TABLE,
    group="g",
    columns=(
        TableColumn(label="名称", type=FieldType.TEXT),
        TableColumn(label="编制", type=FieldType.COUNT, measure="人"),
        TableColumn(label="实有", type=FieldType.COUNT, measure="人"),
    ),
)
STORED: list[dict[str, Any]] = [{"名称": "甲", "编制": 30, "实有": 28}, {"名称": "乙", "编制": 10}]


def edits(
    changed: dict[int, dict[str, Any]] | None = None, added: list[dict[str, Any]] | None = None, *deleted: int
) -> dict[str, Any]:
    return {"edited_rows": changed or {}, "added_rows": added or [], "deleted_rows": list(deleted)}


def test_only_the_changed_cells_go_onto_what_the_store_holds_by_then() -> None:
    grid = Grid(TEAMS, STORED)
    by_then = [{**STORED[0], "编制": 31}, STORED[1], {"名称": "丙"}]
    assert grid.take(edits({0: {"实有": "12+9+3"}}), by_then) == [
        {"名称": "甲", "编制": 31, "实有": 24},
        {"名称": "乙", "编制": 10},
        {"名称": "丙"},
    ]
    assert grid.said() == []
    assert grid.sums() == ["“甲”的“实有” 12+9+3 = 24"]
    assert not grid.holds(by_then), "it is made anew once the person is out of it"


def test_later_edits_come_with_the_earlier_ones_and_are_saved_once() -> None:
    grid = Grid(TEAMS, STORED)
    saved = grid.take(edits({0: {"实有": "27"}}), STORED)
    assert saved is not None
    assert grid.holds(saved)
    elsewhere = [{**saved[0], "实有": 26}, saved[1]]
    both = grid.take(edits({0: {"实有": "27"}, 1: {"实有": "9"}}), elsewhere)
    assert both == [{"名称": "甲", "编制": 30, "实有": 26}, {"名称": "乙", "编制": 10, "实有": 9}]


def test_a_cell_that_cannot_be_read_waits_and_the_others_are_saved() -> None:
    grid = Grid(TEAMS, STORED)
    assert grid.take(edits({0: {"实有": "abc"}}), STORED) is None
    saved = grid.take(edits({0: {"实有": "abc"}, 1: {"实有": "9"}}), STORED)
    assert saved == [STORED[0], {"名称": "乙", "编制": 10, "实有": 9}]
    [said] = grid.said()
    assert "“甲”的“实有”写的是“abc”" in said
    anew = Grid(TEAMS, saved, grid)
    assert anew.drawn[0]["实有"] == "abc", "what was typed is still there in the next grid"
    assert anew.said() == [said]
    assert anew.take(edits({0: {"实有": "27"}}), saved) == [{**STORED[0], "实有": 27}, saved[1]]
    assert anew.said() == []


def test_a_row_without_its_name_waits_with_its_figures() -> None:
    grid = Grid(TEAMS, [])
    assert len(grid.drawn) == SPARE
    assert grid.take(edits({0: {"编制": "30"}}), []) is None
    assert grid.said() == ["第1行还没有填“名称”"]
    assert grid.take(edits({0: {"编制": "30", "名称": "甲"}}), []) == [{"名称": "甲", "编制": 30}]
    assert grid.said() == []


def test_rows_pasted_over_the_end_wait_for_their_names() -> None:
    grid = Grid(TEAMS, STORED)
    added = [{"名称": None, "编制": "34", "实有": None}]
    changed = {0: {"编制": "31"}, 1: {"编制": "32"}, **{2 + one: {"编制": "33"} for one in range(SPARE)}}
    saved = grid.take(edits(changed, added), STORED)
    assert saved == [{**STORED[0], "编制": 31}, {**STORED[1], "编制": 32}]
    assert len(grid.said()) == SPARE + 1
    assert [cells["编制"] for cells in Grid(TEAMS, saved, grid).drawn if cells["编制"]][-1] == "34"


def test_a_cell_changed_elsewhere_is_told_and_both_are_kept_until_one_is_chosen() -> None:
    for mine, left in ((True, 33), (False, 29)):
        grid = Grid(TEAMS, STORED)
        elsewhere = [{**STORED[0], "实有": 29}, STORED[1]]
        assert grid.take(edits({0: {"实有": "33"}}), elsewhere) is None
        assert grid.contested() == ["“甲”的“实有”：别处刚改成“29”，这里填的是“33”"]
        assert grid.take(edits({0: {"实有": "33"}, 1: {"实有": "9"}}), elsewhere) == [
            elsewhere[0],
            {**STORED[1], "实有": 9},
        ], "another entry decides nothing"
        saved = grid.decide(mine, elsewhere) or elsewhere
        assert saved[0]["实有"] == left
        assert grid.contested() == []
        assert grid.broken is not mine


def test_renaming_keeps_place_and_figures() -> None:
    grid = Grid(TEAMS, STORED)
    saved = grid.take(edits({0: {"名称": "丁"}}), STORED)
    assert saved == [{"名称": "丁", "编制": 30, "实有": 28}, STORED[1]]
    assert grid.take(edits({0: {"名称": "乙"}}), saved) is None
    assert "与别的行重复" in grid.said()[0]
    assert grid.take(edits({0: {"名称": None, "实有": "27"}}), saved) == [{**saved[0], "实有": 27}, STORED[1]]
    assert grid.said() == ["“丁”的“名称”不能空着"]


def test_deleting_rows() -> None:
    grid = Grid(TEAMS, STORED)
    saved = grid.take(edits(None, [{"名称": "丙"}, {"名称": "丁", "实有": "5"}], 0), STORED)
    assert saved == [STORED[1], {"名称": "丙"}, {"名称": "丁", "实有": 5}]
    assert grid.take(edits(None, [{"名称": "丁", "实有": "5"}], 0), saved) == [STORED[1], {"名称": "丁", "实有": 5}]


def test_a_row_changed_elsewhere_is_not_deleted_without_a_word() -> None:
    grid = Grid(TEAMS, STORED)
    elsewhere = [{**STORED[0], "实有": 29}, STORED[1]]
    assert grid.take(edits(None, None, 0), elsewhere) is None
    assert "别处刚改过，没有删" in grid.said()[0]
    assert grid.broken
    grid = Grid(TEAMS, STORED)
    saved = grid.take(edits({0: {"实有": "27"}}), [STORED[1]])
    assert saved == [STORED[1], {"名称": "甲", "编制": 30, "实有": 27}]
    assert "已加回表里" in grid.said()[0]


def test_a_waiting_cell_does_not_go_over_what_another_saved_meanwhile() -> None:
    grid = Grid(TEAMS, STORED)
    grid.take(edits({0: {"实有": "abc"}}), STORED)
    elsewhere = [{**STORED[0], "实有": 26}, STORED[1]]
    anew = Grid(TEAMS, elsewhere, grid)
    assert anew.holds(elsewhere), "what waits is no reason to make the grid anew at every drawing"
    assert not anew.holds([{**elsewhere[0], "编制": 29}, STORED[1]])
    assert anew.take(edits({0: {"实有": "27"}}), elsewhere) is None
    assert anew.contested() == ["“甲”的“实有”：别处刚改成“26”，这里填的是“27”"]


@pytest.mark.parametrize(
    ("by_then", "typed", "saved"),
    [
        (["甲1", "乙"], {"实有": "9"}, [("甲1", 30, 9), ("乙", 10, None)]),
        (["新", "甲1", "乙"], {"实有": "9"}, [("新", None, None), ("甲1", 30, 9), ("乙", 10, None)]),
        # Another row of those figures, elsewhere in the table, is another row.
        (["乙", "甲1"], {"实有": "9"}, [("乙", 10, None), ("甲1", 30, 28), ("甲", 30, 9)]),
        (["甲1", "乙"], {"名称": "甲1"}, [("甲1", 30, 28), ("乙", 10, None)]),
        (["甲1", "乙"], {"名称": "丁", "实有": "9"}, [("甲1", 30, 9), ("乙", 10, None)]),
    ],
)
def test_a_row_renamed_elsewhere_is_the_same_row(
    by_then: list[str], typed: dict[str, str], saved: list[tuple[str, int | None, int | None]]
) -> None:
    figures = {"甲1": {"编制": 30, "实有": 28}, "乙": {"编制": 10}, "新": {}}
    rows = [{"名称": name, **figures[name]} for name in by_then]
    grid = Grid(TEAMS, STORED)
    found = grid.take(edits({0: typed}), rows) or rows
    assert [(row["名称"], row.get("编制"), row.get("实有")) for row in found] == saved
    if typed.get("名称") == "丁":
        assert grid.contested() == ["“甲1”的“名称”：别处刚改成“甲1”，这里填的是“丁”"]
        chosen = grid.decide(True, found)
        assert chosen is not None
        assert chosen[0]["名称"] == "丁"


def test_what_waits_in_a_row_renamed_elsewhere_goes_along_and_in_a_deleted_one_is_told() -> None:
    grid = Grid(TEAMS, STORED)
    grid.take(edits({0: {"实有": "abc"}}), STORED)
    anew = Grid(TEAMS, [{**STORED[0], "名称": "甲1"}, STORED[1]], grid)
    assert anew.drawn[0] == {"名称": "甲1", "编制": "30", "实有": "abc"}
    assert "别处刚改名为“甲1”" in anew.said()[0]
    assert "还没有保存的“abc”没有留下" in Grid(TEAMS, [STORED[1]], grid).said()[0]


@pytest.mark.parametrize(
    ("typed", "saved"),
    [
        (["乙", "甲"], [("乙", 30, 28), ("甲", 10, None)]),
        (["新", "甲", "乙"], [("新", 30, 28), ("甲", 10, None), ("乙", None, None)]),
        (["乙", "丙"], [("乙", 30, 28), ("丙", 10, None)]),
        (["丙", "丙"], [("丙", 30, 28), ("乙", 10, None)]),
        (["乙", "乙", "甲"], [("甲", 30, 28), ("乙", 10, None)]),
    ],
)
def test_names_go_from_row_to_row_as_the_grid_shows_them(
    typed: list[str], saved: list[tuple[str, int | None, int | None]]
) -> None:
    grid = Grid(TEAMS, STORED)
    rows = grid.take(edits({place: {"名称": name} for place, name in enumerate(typed)}), STORED) or STORED
    assert [(row["名称"], row.get("编制"), row.get("实有")) for row in rows] == saved
    assert bool(grid.said()) is (len(set(typed)) < len(typed))


def test_names_are_exchanged_one_after_the_other() -> None:
    grid = Grid(TEAMS, STORED)
    assert grid.take(edits({0: {"名称": "乙", "编制": "10"}}), STORED) is None
    assert grid.said() == ["“甲”的“名称”写的是“乙”，与别的行重复，这一行改的都还没有保存"]
    saved = grid.take(edits({0: {"名称": "乙", "编制": "10"}, 1: {"名称": "丙", "编制": "5"}}), STORED)
    assert saved == [{"名称": "乙", "编制": 10, "实有": 28}, {"名称": "丙", "编制": 5}]
    assert grid.said() == []


def test_pasted_cells_go_over_what_stands_there_and_the_old_grid_takes_nothing_back() -> None:
    grid = Grid(TEAMS, STORED)
    typed = edits({0: {"实有": "27"}})
    saved = grid.take(typed, STORED)
    assert saved is not None
    pasted = grid.paste(0, [{"编制": "31", "实有": "29"}, {"编制": "三十"}], saved)
    assert pasted == [{"名称": "甲", "编制": 31, "实有": 29}, {"名称": "乙", "编制": 30}]
    assert grid.broken
    # What comes late from the grid that the browser still shows knows nothing of it.
    assert grid.take(edits({0: {"实有": "27"}, 1: {"实有": "9"}}), pasted) == [pasted[0], {**pasted[1], "实有": 9}]
    assert grid.take(edits({0: {"实有": "26"}}), pasted)[0]["实有"] == 26  # type: ignore[index]


def test_rows_pasted_behind_the_last_line_are_added() -> None:
    grid = Grid(TEAMS, STORED)
    names = [f"新{number}" for number in range(SPARE + 3)]
    saved = grid.paste(2, [{"名称": name, "实有": "1"} for name in names], STORED)
    assert saved is not None
    assert [row["名称"] for row in saved[2:]] == names
    assert grid.take(edits({1: {"实有": "9"}}), saved) == [saved[0], {**saved[1], "实有": 9}, *saved[2:]]


@pytest.mark.parametrize("name", ["合计", "小 计", "总计", "合计（人）", "全年合计"])
def test_a_total_is_no_row(name: str) -> None:
    grid = Grid(TEAMS, STORED)
    saved = grid.take(edits({1: {"实有": "9"}, 2: {"名称": name, "实有": "37"}}), STORED)
    assert saved == [STORED[0], {**STORED[1], "实有": 9}]
    [said] = grid.said()
    assert f"“{name}”由程序算，请删去这一行" in said
    assert grid.take(edits({1: {"实有": "9"}}, None, 2), saved) is None
    assert grid.said() == []


@pytest.mark.parametrize("cell", ["约6", "6余人", "近六"])
def test_a_rough_figure_waits_in_its_cell(cell: str) -> None:
    grid = Grid(TEAMS, STORED)
    assert grid.take(edits({1: {"实有": cell}}), STORED) is None
    [said] = grid.said()
    assert f"“乙”的“实有”写的是“{cell}”，应为准数" in said
