"""Slot text parses and prints without loss, and in linear time."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.slots.grammar import (
    Literal,
    Slot,
    merge,
    parse,
    parse_placed,
    print_nodes,
    print_slot,
    slots_in,
)

ODD = st.sampled_from(
    ["{", "}", "|", ".", "\\", "{{", "}}", "\\{{", "\n", "\r", " ", "\u3000", "人", "𠮷", "😀", "a", "{{a}}"]
)
TEXTS = st.one_of(st.lists(ODD, max_size=12).map("".join), st.text(max_size=12))
#: A name as a schema may hold it: one line, no spaces around it.
NAMES = (
    st.lists(st.sampled_from(["{", "}", "|", ".", "\\", " ", "人", "数", "𠮷", "a"]), min_size=1, max_size=6)
    .map(lambda parts: "".join(parts).strip())
    .filter(bool)
)
SLOTS = st.builds(Slot, st.lists(NAMES, min_size=1, max_size=3).map(tuple), st.one_of(st.just(""), NAMES))
NODES = st.lists(st.one_of(st.builds(Literal, TEXTS), SLOTS), max_size=8)


@given(NODES)
def test_printed_nodes_parse_back(nodes: list[Literal | Slot]) -> None:
    assert parse(print_nodes(nodes)) == merge(nodes)


@given(TEXTS)
def test_parsing_is_stable_under_printing(text: str) -> None:
    nodes = parse(text)
    assert parse(print_nodes(nodes)) == nodes


@given(TEXTS)
def test_places_cover_the_text(text: str) -> None:
    placed = parse_placed(text)
    assert [one.start for one in placed] == [0, *(one.end for one in placed)][: len(placed)]
    assert not text or not placed or placed[-1].end == len(text)


@pytest.mark.parametrize(
    ("text", "slot"),
    [
        ("{{入伍人数}}", Slot(("入伍人数",))),
        ("{{ 入伍人数 | 名 }}", Slot(("入伍人数",), "名")),
        ("{{民兵分队.应急排.实有人数}}", Slot(("民兵分队", "应急排", "实有人数"))),
        (r"{{村（社区）\.一\|二}}", Slot(("村（社区）.一|二",))),
        ("{{入伍人数|}}", None),
        ("{{}}", None),
        ("{{ }}", None),
        ("{{a.b.c.d}}", None),
        ("{{a..b}}", None),
        ("{{a\nb}}", None),
        (r"\{{入伍人数}}", None),
        ("{入伍人数}", None),
    ],
)
def test_what_is_a_slot(text: str, slot: Slot | None) -> None:
    assert slots_in(text) == ([slot] if slot else [])


def test_escaped_slot_is_its_text() -> None:
    assert parse(r"写作\{{入伍人数}}") == [Literal("写作{{入伍人数}}")]
    assert parse(r"\\{{入伍人数}}") == [Literal("\\"), Slot(("入伍人数",))]


def test_a_slot_prints_its_name() -> None:
    slot = Slot(("民兵分队", "应急排"), "")
    assert (slot.name, slot.label, str(slot)) == ("民兵分队.应急排", "民兵分队", "{{民兵分队.应急排}}")
    assert print_slot(Slot(("a.b",), "|")) == r"{{a\.b|\|}}"


@pytest.mark.parametrize(
    "unit", ["{{", "\\", "{{a", "{{ ", "}}", "\\{", "\\{{a}}", "{{ }}", "{{a.", "{{a|", "{{a}}", "{{\\{", " ", "{{a\\"]
)
@pytest.mark.parametrize("opening", ["", "{{", "{{a|"])
def test_three_hundred_thousand_characters_come_to_an_end(unit: str, opening: str) -> None:
    """Quadratic time would not end."""
    text = opening + unit * (300_000 // len(unit))
    assert print_nodes(parse(text))
