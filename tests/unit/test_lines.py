"""Lists that two people changed."""

from __future__ import annotations

import pytest

from assistant.facts.lines import Side, merge_lines


@pytest.mark.parametrize(
    ("mine", "theirs", "merged"),
    [
        ("abcx", "abcy", "abcyx"),
        ("xabc", "abcy", "xabcy"),
        ("abx", "abcy", "abxy"),
        ("ab", "xbc", "xb"),
        ("abc", "x", "x"),
        ("abc", "", ""),
        ("xbc", "xbc", "xbc"),
        ("abcx", "abcxy", "abcxy"),
        ("ac", "abxc", "axc"),
    ],
)
def test_changes_of_different_lines_are_put_together(mine: str, theirs: str, merged: str) -> None:
    assert merge_lines(tuple("abc"), tuple(mine), tuple(theirs)) == tuple(merged)
    back = merge_lines(tuple("abc"), tuple(theirs), tuple(mine))
    assert back is not None
    assert sorted(back) == sorted(merged)


@pytest.mark.parametrize(("mine", "theirs"), [("xbc", "ybc"), ("bc", "xbc"), ("x", "ayc"), ("axc", "")])
def test_a_line_that_both_changed_is_a_clash(mine: str, theirs: str) -> None:
    assert merge_lines(tuple("abc"), tuple(mine), tuple(theirs)) is None


def test_a_clash_is_decided_for_the_lines_that_clash() -> None:
    of = (tuple("abc"), tuple("xbcz"), tuple("ybd"))
    assert merge_lines(*of, Side.MINE) == tuple("xbdz")
    assert merge_lines(*of, Side.THEIRS) == tuple("ybdz")


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "merged"),
    [
        ("a", "xa", "ax", "ax"),
        ("ab", "abc", "bac", "bac"),
        ("ab", "xb", "abx", "bx"),
        ("abc", "abcx", "xbc", "xbc"),
        # A line that was only moved is not lost.
        ("ab", "ba", "abc", "bac"),
        ("ab", "ba", "ba", "ba"),
    ],
)
def test_a_line_that_both_wrote_stands_once(base: str, mine: str, theirs: str, merged: str) -> None:
    assert merge_lines(tuple(base), tuple(mine), tuple(theirs)) == tuple(merged)
