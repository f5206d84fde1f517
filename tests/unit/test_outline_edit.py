"""Operations on outlines: whatever is done, no section is lost and numbers run on without a gap."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import InputError
from assistant.facts.formatting import hanzi
from assistant.reports.outline import numbers
from assistant.reports.outline_edit import (
    DEEPEST,
    Sections,
    Way,
    added,
    at_home,
    below,
    fresh_key,
    hosts,
    moved,
    own_section,
    parent_of,
    regrouped,
    removed,
    sound,
    with_brief,
)
from assistant.reports.outline_history import carried, state_of
from assistant.reports.report import Section
from assistant.reports.types import HeadingStyle


def section(key: str, depth: int, style: HeadingStyle = HeadingStyle.NUMBERED, template: str = "s") -> Section:
    heading = "" if style is HeadingStyle.PLAIN else f"标题{key}"
    return Section(key, depth, f"名{key}", heading, style, template, (), 10, text=f"文字{key}", revision=3)


@st.composite
def outlines(draw: st.DrawFn) -> Sections:
    found: list[Section] = []
    for number in range(draw(st.integers(1, 9))):
        style = draw(st.sampled_from(list(HeadingStyle)))
        holders = [one.depth + 1 for one in found if one.style is HeadingStyle.NUMBERED]
        deepest = min(found[-1].depth + (found[-1].style is HeadingStyle.NUMBERED), DEEPEST) if found else 1
        depth = draw(st.integers(1, max(1, deepest if holders else 1)))
        found.append(section(f"k{number}", depth, style))
    return tuple(found)


@st.composite
def edits(draw: st.DrawFn) -> list[tuple[str, int, int]]:
    kinds = ("up", "down", "in", "out", "regroup", "top", "add", "remove")
    return draw(st.lists(st.tuples(st.sampled_from(kinds), st.integers(0, 30), st.integers(0, 30)), max_size=8))


def apply(sections: Sections, kind: str, which: int, other: int) -> Sections:
    key = sections[which % len(sections)].key
    if kind in ("up", "down", "in", "out"):
        return moved(sections, key, Way(kind)) or sections
    if kind == "regroup":
        found = hosts(sections, key)
        return regrouped(sections, key, found[other % len(found)].key) if found else sections
    if kind == "top":
        return regrouped(sections, key, None)
    if kind == "add":
        new = own_section(fresh_key([one.key for one in sections]), "自加", group=bool(other % 2))
        return added(sections, new, key)
    try:
        return removed(sections, key)
    except InputError:
        return sections


@given(sections=outlines(), todo=edits())
def test_no_edit_loses_a_section_or_breaks_the_outline(sections: Sections, todo: list[tuple[str, int, int]]) -> None:
    for kind, which, other in todo:
        before = sections
        sections = apply(before, kind, which, other)
        assert sound(sections), (kind, [(one.key, one.depth) for one in sections])
        old = {one.key: (one.text, one.revision) for one in before}
        new = {one.key: (one.text, one.revision) for one in sections}
        if kind == "add":
            assert old.items() <= new.items()
        elif kind == "remove":
            assert new.items() <= old.items()
            assert len(new) >= len(old) - 1
        else:
            assert new == old


@given(sections=outlines(), todo=edits())
def test_numbers_under_each_heading_run_from_one_without_a_gap(
    sections: Sections, todo: list[tuple[str, int, int]]
) -> None:
    for kind, which, other in todo:
        sections = apply(sections, kind, which, other)
    numbered = numbers(sections)
    groups: dict[str, list[int]] = {}
    for one in sections:
        if numbered[one.key]:
            parent = parent_of(sections, one.key)
            groups.setdefault(parent.key if parent else "", []).append(_counted(numbered[one.key]))
    for found in groups.values():
        assert found == list(range(1, len(found) + 1))


def _counted(number: str) -> int:
    bare = re.sub(r"[、.（）]", "", number)
    return int(bare) if bare.isdigit() else next(n for n in range(1, 40) if hanzi(n, before_measure=False) == bare)


@given(sections=outlines(), which=st.integers(0, 30))
def test_up_and_down_undo_each_other(sections: Sections, which: int) -> None:
    key = sections[which % len(sections)].key
    for there, back in ((Way.UP, Way.DOWN), (Way.DOWN, Way.UP)):
        once = moved(sections, key, there)
        if once is not None:
            assert moved(once, key, back) == sections
    deeper = moved(sections, key, Way.IN)
    if deeper is not None:
        assert moved(deeper, key, Way.OUT) == sections


@given(sections=outlines(), todo=edits())
def test_an_undo_of_any_edit_gives_the_outline_back(sections: Sections, todo: list[tuple[str, int, int]]) -> None:
    for kind, which, other in todo:
        after = apply(sections, kind, which, other)
        assert carried(state_of(after), state_of(after), state_of(sections)) == state_of(sections)
        sections = after


def test_an_undo_keeps_what_came_from_elsewhere_meanwhile() -> None:
    before = (section("a", 1), section("b", 1))
    after = with_brief(before, "a", title="改过")
    now = with_brief(after, "a", instruction="突出大学生")
    back = carried(state_of(now), state_of(after), state_of(before))
    assert back is not None
    assert (back[0]["title"], back[0]["instruction"]) == ("名a", "突出大学生")
    assert carried(state_of(tuple(reversed(now))), state_of(after), state_of(before)) is None


def test_what_stands_below_goes_along() -> None:
    sections = (section("a", 1), section("b", 1), section("b1", 2), section("b2", 2), section("c", 1))
    down = moved(sections, "b", Way.DOWN)
    assert down is not None
    assert [one.key for one in down] == ["a", "c", "b", "b1", "b2"]
    under = regrouped(sections, "b", "a")
    assert [(one.key, one.depth) for one in under[:4]] == [("a", 1), ("b", 2), ("b1", 3), ("b2", 3)]
    assert [one.key for one in below(under, "a")] == ["b", "b1", "b2"]


def test_deleting_a_heading_keeps_what_stood_below_it() -> None:
    sections = (section("g", 1, template=""), section("a", 2), section("b", 2), section("c", 1))
    assert [(one.key, one.depth) for one in removed(sections, "g")] == [("a", 1), ("b", 1), ("c", 1)]
    with pytest.raises(InputError, match="最后一节"):
        removed((section("a", 1),), "a")


def test_nothing_goes_under_a_heading_that_has_no_line_of_its_own() -> None:
    sections = (section("a", 1, HeadingStyle.RUNIN), section("b", 1), section("c", 1, HeadingStyle.PLAIN))
    assert moved(sections, "b", Way.IN) is None
    assert hosts(sections, "c") == [sections[1]]
    with pytest.raises(InputError, match="放不到"):
        regrouped(sections, "b", "a")
    with pytest.raises(InputError, match="单独成行"):
        with_brief((section("a", 1), section("b", 2)), "a", style=HeadingStyle.RUNIN)


def test_no_heading_goes_deeper_than_four() -> None:
    sections = tuple(section(f"k{depth}", depth) for depth in range(1, 5))
    assert hosts((*sections, section("x", 1)), "x") == list(sections[:3])
    assert all(old.depth < new.depth for old, new in pairwise(sections))


def test_a_heading_is_tidied_and_never_empty() -> None:
    sections = with_brief((section("a", 1),), "a", heading=" 严把关口，\n选优兵员。")
    assert sections[0].heading == "严把关口， 选优兵员"
    plain = (section("a", 1, HeadingStyle.PLAIN),)
    assert with_brief(plain, "a", style=HeadingStyle.NUMBERED)[0].heading == "名a"
    with pytest.raises(InputError, match="名称"):
        with_brief(sections, "a", title="  ")


def test_a_fact_has_one_home() -> None:
    one, two = section("a", 1), section("b", 1)
    sections = at_home(at_home((one, two), "a", ["入伍人数", "年度"]), "b", ["入伍人数", "年度"], shared=["年度"])
    assert [found.facts for found in sections] == [("年度",), ("入伍人数", "年度")]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("三、征兵工作", "征兵工作"),
        ("（三）征兵工作", "征兵工作"),
        ("(3) 征兵工作", "征兵工作"),
        ("3.征兵工作", "征兵工作"),
        ("3．征兵工作", "征兵工作"),
        ("第三节 征兵工作", "征兵工作"),
        ("第三部分：征兵工作", "征兵工作"),
        ("二、（一）征兵工作", "征兵工作"),
        ("①征兵工作", "征兵工作"),
        ("三个到位抓征兵", "三个到位抓征兵"),
        ("2025年征兵工作", "2025年征兵工作"),
        ("9.3阅兵保障", "9.3阅兵保障"),
        ("第三次党代会精神", "第三次党代会精神"),
        ("一体推进", "一体推进"),
        ("第一条　征兵工作", "征兵工作"),
        *(
            (kept, kept)
            for kept in (
                "八一、国庆走访慰问",
                "七、八月征兵宣传",
                "三、四季度重点工作",
                "一、二类人员管理",
                "8、9月征兵工作",
                "七一、八一慰问",
                "十一、国庆战备",
                "第一条战线",
                "第五节日保障",
            )
        ),
    ],
)
def test_a_number_that_somebody_types_before_a_heading_is_left_to_code(typed: str, kept: str) -> None:
    after = with_brief((section("a", 1),), "a", title=typed, heading=typed)[0]
    assert (after.title, after.heading) == (kept, kept)
    assert own_section("own-1", typed).heading == kept
