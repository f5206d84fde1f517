"""Two texts that went different ways from one, merged by sentences."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.slots.merging import Choice, Side, clashes, decided, merge

BASE = "广泛开展宣传。全年送兵{{入伍人数|名}}。没有发生退兵。"

pieces = st.sampled_from(["广泛宣传。", "送兵{{入伍人数}}。", "没有退兵！", "\n", "一是", "；", "{{甲。乙}}", "”", " "])
texts = st.lists(pieces, max_size=8).map("".join)


@given(base=texts, mine=texts, theirs=texts)
def test_all_three_texts_are_still_there(base: str, mine: str, theirs: str) -> None:
    found = merge(base, mine, theirs)
    assert "".join(one.base for one in found) == base
    assert "".join(one.mine for one in found) == mine
    assert "".join(one.theirs for one in found) == theirs
    open_ones = len(clashes(found))
    assert all(one.side is not other.side for one, other in itertools.pairwise(found))
    # Nobody's sentence is lost where both are kept.
    kept = decided(found, [Choice.BOTH] * open_ones)
    for one in clashes(found):
        assert one.mine in kept
        assert one.theirs in kept


@given(base=texts, new=texts)
def test_what_only_one_side_changed_is_as_that_side_has_it(base: str, new: str) -> None:
    for found in (merge(base, new, base), merge(base, base, new), merge(base, new, new)):
        assert not clashes(found)
        assert decided(found, []) == new


def test_changes_of_different_sentences_are_both_in_the_result() -> None:
    mine = BASE.replace("广泛", "深入")
    theirs = BASE.replace("没有发生退兵", "无一人退兵") + "完成了任务。"
    found = merge(BASE, mine, theirs)
    assert decided(found, []) == "深入开展宣传。全年送兵{{入伍人数|名}}。无一人退兵。完成了任务。"
    assert [one.side for one in found] == [Side.MINE, Side.SAME, Side.THEIRS]


def test_two_wordings_of_one_sentence_clash_and_a_person_chooses() -> None:
    mine, theirs = BASE.replace("广泛", "深入"), BASE.replace("广泛", "扎实")
    found = merge(BASE, mine, theirs)
    [clash] = clashes(found)
    assert (clash.base, clash.mine, clash.theirs) == ("广泛开展宣传。", "深入开展宣传。", "扎实开展宣传。")
    assert decided(found, [Choice.MINE]) == mine
    assert decided(found, [Choice.THEIRS]) == theirs
    rest = BASE.removeprefix("广泛开展宣传。")
    assert decided(found, [Choice.BOTH]) == f"扎实开展宣传。深入开展宣传。{rest}"


def test_a_sentence_that_one_deleted_and_the_other_changed_is_a_clash() -> None:
    found = merge(BASE, BASE.replace("没有发生退兵。", ""), BASE.replace("没有发生退兵", "无一人退兵"))
    [clash] = clashes(found)
    assert (clash.mine, clash.theirs) == ("", "无一人退兵。")


@pytest.mark.parametrize("base", ["", BASE])
def test_the_same_change_on_both_sides_is_no_clash(base: str) -> None:
    found = merge(base, f"{base}完成了任务。", f"{base}完成了任务。")
    assert found[-1].side is Side.AGREED
    assert decided(found, []) == f"{base}完成了任务。"
