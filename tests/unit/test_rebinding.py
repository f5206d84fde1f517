"""Printed text that came back edited: what is still a fact stays a slot."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.slots.grammar import Slot, slots_in
from assistant.slots.rebinding import rebind
from assistant.slots.render import Piece, join

VALUES = {"入伍人数": "12人", "去年比": "20%", "单位": "清河镇", "投入": "7.5万元", "年度": "2025年"}


def pieces(text: str) -> list[Piece]:
    """``输送[入伍人数]新兵`` with the values above."""
    found: list[Piece] = []
    for number, part in enumerate(text.replace("]", "[").split("[")):
        if number % 2:
            found.append(Piece("value", VALUES[part], 0, 0, Slot((part,))))
        elif part:
            found.append(Piece("text", part, 0, 0))
    return found


def takes(slot: Slot, text: str) -> bool:
    return any(character.isdecimal() for character in text) and slot.label != "去年比"


@pytest.mark.parametrize(
    ("text", "returned", "expected", "altered"),
    [
        ("输送[入伍人数]新兵。", "输送12人新兵。", "输送{{入伍人数}}新兵。", []),
        ("输送[入伍人数]新兵。", "全年共输送12人优质新兵。", "全年共输送{{入伍人数}}优质新兵。", []),
        ("输送[入伍人数]新兵。", "输送15人新兵。", "输送{{入伍人数}}新兵。", [("12人", "15人")]),
        (
            "投入[投入]，增长[去年比]。",
            "投入8万元，增长20%。",
            "投入{{投入}}，增长{{去年比}}。",
            [("7.5万元", "8万元")],
        ),
        # What cannot be the fact's value stays as it was written.
        ("增长[去年比]。", "增长25%。", "增长25%。", []),
        ("输送[入伍人数]新兵。", "输送了一批新兵。", "输送了一批新兵。", []),
        ("[单位]党委认真落实。", "清河镇政府认真落实。", "{{单位}}政府认真落实。", []),
        ("[年度]，[单位]投入[投入]。", "清河镇2025年投入7.5万元。", None, []),
        ("[入伍人数]，[入伍人数]。", "18人，18人。", "{{入伍人数}}，{{入伍人数}}。", [("12人", "18人")] * 2),
        ("输送[入伍人数]。", "", "", []),
        ("输送[入伍人数]。", "输送12人，原文有{{花括号}}。", "输送{{入伍人数}}，原文有\\{{花括号}}。", []),
    ],
)  # fmt: skip
def test_what_becomes_of_a_paragraph(
    text: str, returned: str, expected: str | None, altered: list[tuple[str, str]]
) -> None:
    made = rebind(pieces(text), returned, takes)
    if expected is not None:
        assert made.text == expected
    assert [(found.before, found.after) for found in made.altered] == altered


def printed(text: str) -> str:
    for slot in slots_in(text):
        text = text.replace(str(slot), VALUES[slot.label])
    return text


PARTS = st.sampled_from(["[入伍人数]", "[单位]", "[投入]", "[年度]", "，", "。", "加强", "人", "镇", "12", "民兵"])


@given(st.lists(PARTS, max_size=10).map("".join), st.lists(PARTS, max_size=10).map("".join))
def test_what_was_not_altered_reads_as_it_came_back(old: str, new: str) -> None:
    returned = join(pieces(new))
    made = rebind(pieces(old), returned, lambda *_: False)
    assert not made.altered
    assert printed(made.text) == returned


@given(st.lists(PARTS, max_size=10).map("".join))
def test_a_text_that_came_back_unchanged_is_the_slot_text_again(text: str) -> None:
    made = rebind(pieces(text), join(pieces(text)), takes)
    assert made.text == text.replace("[", "{{").replace("]", "}}")
