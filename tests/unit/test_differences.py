"""What changed, in words."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.slots.differences import Change, differences, tokens

PHRASES = st.sampled_from(
    ["加强", "组织领导", "，", "。", "\n", "{{入伍人数|名}}", "{{民兵分队.合计}}", "【待补：年度】", "326", "12.5%",
     "1,200", "人", "\\{{甲}}", "{{", "}}", " ", "　", "A1", "\U0002a6d6", "的"]
)  # fmt: skip
TEXTS = st.lists(PHRASES, max_size=40).map("".join) | st.text(max_size=60)


def told(old: str, new: str) -> str:
    marks = {"same": "{}", "delete": "[-{}]", "insert": "[+{}]"}
    return "".join(marks[change.kind].format(change.text) for change in differences(old, new))


def joined(changes: list[Change], *kinds: str) -> str:
    return "".join(change.text for change in changes if change.kind in kinds)


@given(TEXTS, TEXTS)
def test_both_texts_can_be_read_out_of_the_difference(old: str, new: str) -> None:
    changes = differences(old, new)
    assert joined(changes, "same", "delete") == old
    assert joined(changes, "same", "insert") == new
    assert all(change.text for change in changes)
    assert all(one.kind != two.kind for one, two in pairwise(changes))
    assert all((one.kind, two.kind) != ("insert", "delete") for one, two in pairwise(changes))


@given(TEXTS)
def test_tokens_joined_are_the_text(text: str) -> None:
    assert "".join(tokens(text)) == text


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("完成登记{{兵役登记}}。", "完成登记{{兵役登记|名}}。", "完成登记[-{{兵役登记}}][+{{兵役登记|名}}]。"),
        ("投入1,234.5万元，增长12.5%。", "投入1,334.5万元，增长13.5%。",
         "投入[-1,234.5][+1,334.5]万元，增长[-12.5%][+13.5%]。"),
        ("【待补：年度】工作", "2025年工作", "[-【待补：年度】][+2025年]工作"),
        ("甲村。乙村。", "甲村。丙村。乙村。", "甲村。[+丙村。]乙村。"),
    ],
)  # fmt: skip
def test_slots_numbers_and_placeholders_change_whole(old: str, new: str, expected: str) -> None:
    assert told(old, new) == expected


def test_a_slot_that_stays_is_held_on_to_where_all_around_it_changes() -> None:
    assert differences("输送{{入伍人数}}优质兵员", "征集{{入伍人数}}青年参军")[2] == Change("same", "{{入伍人数}}")


def test_a_rewritten_sentence_is_no_patchwork() -> None:
    changes = differences("坚持把党管武装摆在突出位置，压实责任。", "班子成员思想上始终重视，行动上抓好落实。")
    assert [change.kind for change in changes] == ["delete", "insert", "same"]


def test_equal_texts_and_empty_ones() -> None:
    assert differences("", "") == []
    assert differences("一样", "一样") == [Change("same", "一样")]
    assert differences("", "新的") == [Change("insert", "新的")]
    assert differences("旧的", "") == [Change("delete", "旧的")]
