"""事实 in two windows, or one after the other: an entry writes what was changed in it, and no value goes silently."""

from __future__ import annotations

import pytest
import streamlit as st
from app_kit import Tab, from_example, the_desk

from assistant.desk import Desk
from assistant.facts.fields import FactField
from assistant.facts.sheet import Fact
from assistant.reports.fact_entry import part_shown
from assistant.ui import form_commit
from assistant.ui.form_typing import hand_over
from assistant.ui.session import renew

GROUP = "征兵工作"


@pytest.fixture
def pair() -> tuple[Tab, Tab]:
    doc = the_desk().create("armed-forces-work", "duty-c").id
    return both(doc, GROUP)


def both(doc: str, group: str) -> tuple[Tab, Tab]:
    return Tab(doc, "facts").group(group), Tab(doc, "facts").group(group)


def test_parts_of_one_row_from_two_windows_stand_side_by_side(pair: tuple[Tab, Tab]) -> None:
    one, other = pair
    one.fill("兵役登记", "380")
    other.fill("兵役登记", "370", "last_year")
    assert one.report.sheet.fact("兵役登记") == Fact(380, last_year=370)
    assert other.field("兵役登记").value == "380"
    one.fill("报名应征", "12+9")
    other.fill("报名应征", True, "approximate")
    assert one.report.sheet.fact("报名应征") == Fact(21, "余", note="算式：12+9")
    one.fill("报名应征", "25", "last_year")
    other.fill("报名应征", False, "approximate")
    assert one.report.sheet.fact("报名应征") == Fact(21, last_year=25, note="算式：12+9")


def test_a_tick_that_was_put_elsewhere_stays(pair: tuple[Tab, Tab]) -> None:
    one, other = pair
    one.fill("报名应征", "60")
    other.again()
    one.fill("报名应征", True, "approximate")
    other.fill("报名应征", "50", "last_year")
    assert one.report.sheet.fact("报名应征") == Fact(60, "余", 50)


def test_the_same_part_from_two_windows_is_asked_about(pair: tuple[Tab, Tab]) -> None:
    one, other = pair
    one.fill("适龄青年", "400")
    other.fill("适龄青年", "390")
    assert one.report.sheet.value("适龄青年") == 400
    assert other.field("适龄青年").value == "390"
    assert "别处刚把这一项改成了“400”，您填的“390”还没有保存" in other.words
    # It waits over other entries, and over a visit to another page.
    other.fill("适龄青年", "380", "last_year").fill("兵役登记", "5").go("draft").go("facts").group(GROUP)
    assert one.report.sheet.fact("适龄青年") == Fact(400, last_year=380)
    assert "您填的“390”还没有保存" in other.words
    other.press("用我填的")
    assert one.report.sheet.fact("适龄青年") == Fact(390, last_year=380)
    assert (other.field("适龄青年").value, other.has_button("用我填的")) == ("390", False)


def test_the_others_value_is_taken_and_one_that_came_since_is_told(pair: tuple[Tab, Tab]) -> None:
    one, other = pair
    one.fill("适龄青年", "400", "last_year")
    other.fill("适龄青年", "390", "last_year")
    assert "刚把这一项的去年数改成了“400”" in other.words
    one.fill("适龄青年", "401", "last_year")
    other.press("用我填的")
    assert one.report.sheet.fact("适龄青年").last_year == 401
    assert "改成了“401”，您填的“390”" in other.words
    other.press("用对方的")
    assert one.report.sheet.fact("适龄青年").last_year == 401
    assert other.field("适龄青年", "last_year").value == "401"
    assert not other.has_button("用对方的")


def test_the_same_value_from_two_windows_is_no_clash(pair: tuple[Tab, Tab]) -> None:
    one, other = pair
    one.fill("适龄青年", "400")
    other.fill("适龄青年", "４００人")
    assert not other.has_button("用我填的")
    assert other.field("适龄青年").value == "400"


def test_a_window_shows_what_another_wrote_where_nothing_waits(pair: tuple[Tab, Tab]) -> None:
    one, other = pair
    other.fill("兵役登记", "很多")
    one.fill("适龄青年", "400").fill("兵役登记", "300")
    other.again()
    assert other.field("适龄青年").value == "400"
    assert other.field("兵役登记").value == "很多", "what could not be saved stays to be put right"


def window(label: str) -> tuple[Desk, str, FactField]:
    st.session_state.clear()
    doc = the_desk().create("armed-forces-work", "duty-c").id
    return the_desk(), doc, the_desk().report(doc).sheet.schema.by_label[label]


def drawn(doc: str, item: FactField) -> dict[str, str]:
    """The keys of a row's inputs, as they are drawn now, and what they show."""
    report = the_desk().report(doc)
    parts = ("value", "last_year") if item.type.numeric else ("value",)
    keys = {part: form_commit.drawn_key(report, item, part) for part in parts}
    for part, key in keys.items():
        st.session_state[key] = part_shown(form_commit.fact_of(report, item.label), part, item)
    return keys


@pytest.mark.parametrize(("typed", "stored"), [("37", 380), ("380", 380), ("若干", 380)])
def test_an_entry_into_an_input_that_is_no_more_is_one_over_what_that_showed(typed: str, stored: int) -> None:
    """A browser shows an input until the next has come; what is typed meanwhile is told under the old key."""
    desk, doc, item = window("兵役登记")
    old = drawn(doc, item)
    desk.set_fact(doc, "兵役登记", 380)
    new = drawn(doc, item)
    assert old["value"] != new["value"]
    st.session_state[old["value"]] = typed
    form_commit.commit(doc, item, old)
    assert desk.report(doc).sheet.value("兵役登记") == stored
    waiting = form_commit.clashes().get((doc, "兵役登记"), {}), form_commit.faults().get((doc, "兵役登记"), "")
    assert [bool(one) for one in waiting] == [typed == "37", typed == "若干"]
    assert drawn(doc, item)["value"] not in (old["value"], new["value"]), (
        "the one on its way shows what was before the entry"
    )


@pytest.mark.parametrize(
    ("label", "elsewhere", "typed", "stored"),
    [
        ("入伍人数", None, ["37人", "38"], [37, 38]),
        ("下步打算", ["甲"], ["乙", "乙\n丙"], [("甲", "乙"), ("甲", "乙", "丙")]),
    ],
)
def test_a_second_entry_into_it_is_one_over_the_first(
    label: str, elsewhere: object, typed: list[str], stored: list[object]
) -> None:
    desk, doc, item = window(label)
    old = drawn(doc, item)
    renew(f"{doc}:{label}:value")
    desk.set_fact(doc, label, elsewhere)
    drawn(doc, item)
    for text, saved in zip(typed, stored, strict=True):
        st.session_state[old["value"]] = text
        form_commit.commit(doc, item, old)
        assert desk.report(doc).sheet.value(label) == saved
    assert form_commit.clashes() == {}


def test_a_tick_beside_a_clash_is_taken_or_left_with_its_figure(pair: tuple[Tab, Tab]) -> None:
    for press, saved in (("用我填的", Fact(130, "余")), ("用对方的", Fact(120))):
        the_desk().set_fact(pair[0].doc, "适龄青年", 100)
        one, other = pair[0].again(), pair[1].again()
        one.fill("适龄青年", "120")
        other.fill("适龄青年", "130").fill("适龄青年", True, "approximate")
        assert "您填的“130”（概数）还没有保存" in other.words
        other.press(press)
        assert one.report.sheet.fact("适龄青年") == saved
        shown = other.field("适龄青年").value, other.field("适龄青年", "approximate").value
        assert shown == (str(saved.value), bool(saved.approximate))


def test_the_name_of_who_wrote_it_is_told(pair: tuple[Tab, Tab]) -> None:
    one, other = pair
    the_desk().set_person("王芳")
    one.fill("适龄青年", "400")
    the_desk().set_person("李明")
    assert "王芳刚把这一项改成了“400”" in other.fill("适龄青年", "390").words


def test_lines_of_a_list_are_put_together() -> None:
    one, other = both(from_example(), "问题与打算")
    label = "存在问题"
    before = one.report.sheet.fact(label).value
    assert isinstance(before, tuple)
    shown = one.field(label).value
    one.fill(label, f"{shown}\n甲加的一条")
    other.fill(label, f"乙改的一条\n{shown.partition(chr(10))[2]}\n乙加的一条")
    merged = ("乙改的一条", *before[1:], "甲加的一条", "乙加的一条")
    assert one.report.sheet.value(label) == merged
    assert other.field(label).value == "\n".join(map(str, merged))
    one.again().fill(label, "\n".join(["甲改的一条", *map(str, merged[1:])]))
    other.fill(label, "\n".join(["乙又改的一条", *map(str, merged[1:]), "乙再加一条"]))
    assert "也改了同一条" in other.words
    assert one.report.sheet.value(label) == ("甲改的一条", *merged[1:])
    other.press("用对方的")
    assert one.report.sheet.value(label) == ("甲改的一条", *merged[1:], "乙再加一条")


def handed(doc: str, *typed: tuple[str, str, str, str]) -> str:
    """What the page says to (label, part, base, text) of a page that is gone."""
    st.session_state.clear()
    names = ("label", "part", "base", "text")
    hand_over(doc, [dict(zip(names, one, strict=True)) for one in typed])
    return "\n".join(message for _, message in st.session_state.get("messages", []))


def test_what_a_page_that_is_gone_had_in_its_inputs() -> None:
    desk = the_desk()
    doc = desk.create("armed-forces-work", "duty-c").id
    desk.set_fact(doc, "入伍人数", {"value": 18, "note": "待核"})
    said = handed(doc, ("入伍人数", "value", "18", "20"), ("入伍人数", "last_year", "", "12+3"))
    assert said == "上次没来得及保存的已补存：入伍人数（征兵工作）、入伍人数的去年数（征兵工作）。"
    assert desk.report(doc).sheet.fact("入伍人数") == Fact(20, last_year=15, note="待核")
    assert handed(doc, ("入伍人数", "value", "18", "20"), ("入伍人数", "last_year", "", "10+5")) == "", "known already"
    said = handed(
        doc, ("入伍人数", "value", "18", "19"), ("体检合格", "value", "", "若干"), ("不再有", "value", "", "3")
    )
    assert "有 3 处" in said
    assert "入伍人数（征兵工作）、体检合格（征兵工作）、“不再有”（已不在事实表里，您写的是“3”）" in said
    assert desk.report(doc).sheet.fact("入伍人数").value == 20


def test_an_entry_into_a_report_that_was_deleted_elsewhere_is_told(pair: tuple[Tab, Tab]) -> None:
    the_desk().delete(pair[0].doc)
    pair[0].field("适龄青年").set_value("130").run()
    pair[0].sound()
    assert "没有打开的报告" in pair[0].words
    assert pair[0].told.count("这份报告已经不在了") == 1
