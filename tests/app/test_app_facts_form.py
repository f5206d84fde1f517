"""事实: sums, search, what is shown, undo and redo, and what stays of a fact when a part of it changes."""

from __future__ import annotations

from decimal import Decimal

import pytest
from app_kit import Tab, from_example, the_desk, written

from assistant.facts.fields import FieldType
from assistant.facts.sheet import Fact
from assistant.ui import form_parts
from assistant.ui.form_commit import commit


@pytest.fixture
def tab() -> Tab:
    return Tab(the_desk().create("armed-forces-work", "duty-c").id, "facts")


def group(tab: Tab, name: str) -> Tab:
    return tab.group(name)


def tick(tab: Tab, label: str, on: bool = True) -> Tab:
    next(found for found in tab.app.checkbox if found.label == label).set_value(on).run()
    return tab.sound()


def search(tab: Tab, query: str) -> Tab:
    next(found for found in tab.app.text_input if found.label == "找事实").set_value(query).run()
    return tab.sound()


def inputs(tab: Tab) -> list[str]:
    """Labels of the values that the form shows."""
    kinds = ("text_input", "text_area", "selectbox")
    shown = [str(found.key) for kind in kinds for found in getattr(tab.app, kind)]
    return [key.split(":")[2] for key in shown if key.startswith("fact:") and key.split(":")[3] == "value"]


# ---- sums


def test_sum_is_worked_out_and_kept_as_the_note(tab: Tab) -> None:
    group(tab, "征兵工作").fill("入伍人数", "12＋9+3")
    fact = tab.report.sheet.fact("入伍人数")
    assert (fact.value, fact.note) == (24, "算式：12+9+3")
    assert tab.field("入伍人数").value == "24"
    assert "算式：12+9+3" in tab.note("入伍人数")
    tab.fill("入伍人数", "10+5", "last_year")
    fact = tab.report.sheet.fact("入伍人数")
    assert (fact.value, fact.last_year, fact.note) == (24, 15, "算式：12+9+3")
    tab.fill("入伍人数", "25")
    assert tab.report.sheet.fact("入伍人数").note == "", "the sum is not where 25 comes from"


def test_sum_of_money(tab: Tab) -> None:
    group(tab, "阵地经费").fill("器材装备投入", "7.5万+2万")
    assert tab.report.sheet.value("器材装备投入") == Decimal(95000)
    assert tab.field("器材装备投入").value == "9.5万元"


@pytest.mark.parametrize(
    ("typed", "said"),
    [("12+", "没有写完"), ("12+(9", "右括号"), ("9/0", "除以了 0"), ("3-9", "不小于 0"), ("7/2", "整数")],
)
def test_sum_that_gives_nothing_is_told_and_stays(tab: Tab, typed: str, said: str) -> None:
    group(tab, "征兵工作").fill("入伍人数", "18").fill("入伍人数", typed)
    assert said in tab.note("入伍人数")
    assert tab.field("入伍人数").value == typed
    assert tab.report.sheet.value("入伍人数") == 18


def test_sum_does_not_replace_a_note_of_ones_own(tab: Tab) -> None:
    the_desk().set_fact(tab.doc, "入伍人数", {"value": 3, "note": "待核", "source": "花名册"})
    group(tab.again(), "征兵工作").fill("入伍人数", "2+3")
    assert tab.report.sheet.fact("入伍人数") == Fact(5, source="花名册", note="待核")
    assert "来源：花名册；备注：待核" in tab.note("入伍人数")


# ---- what stays when a part changes


def test_word_of_an_approximate_figure_is_of_that_figure(tab: Tab) -> None:
    group(tab, "国防教育")
    for typed in ("600", "12+9", "0"):
        tab.fill("宣传资料", "近500")
        assert tab.report.sheet.fact("宣传资料") == Fact(500, "近")
        tab.fill("宣传资料", typed)
        assert tab.report.sheet.fact("宣传资料").approximate == ""
        assert not tab.field("宣传资料", "approximate").value
        assert "已去掉“概数”" in tab.note("宣传资料")
    tab.fill("宣传资料", "约300").fill("宣传资料", "")
    assert not tab.field("宣传资料", "approximate").value
    assert "已去掉" not in tab.note("宣传资料"), "nothing is left that could be exact"
    assert tab.fill("宣传资料", "326").report.sheet.fact("宣传资料") == Fact(326)


def test_tick_before_the_figure_is_for_the_figure(tab: Tab) -> None:
    group(tab, "国防教育").fill("宣传资料", True, "approximate").fill("宣传资料", "300", "last_year")
    tab.fill("宣传资料", "326")
    assert tab.report.sheet.fact("宣传资料") == Fact(326, "余", 300)
    assert tab.field("宣传资料", "approximate").value
    tab.fill("宣传资料", "近326")
    assert tab.fill("宣传资料", "320", "last_year").report.sheet.fact("宣传资料") == Fact(326, "近", 320)


def test_a_part_that_cannot_be_read_holds_up_no_other(tab: Tab) -> None:
    group(tab, "征兵工作").fill("入伍人数", "18").fill("入伍人数", "十几个").fill("入伍人数", "15", "last_year")
    assert tab.report.sheet.fact("入伍人数") == Fact(18, last_year=15)
    assert tab.field("入伍人数").value == "十几个"
    assert "没有保存" in tab.note("入伍人数")
    tab.fill("入伍人数", "若干", "last_year").fill("入伍人数", "19")
    assert tab.report.sheet.fact("入伍人数") == Fact(19, last_year=15)
    assert "没有保存：去年数写的是“若干”" in tab.note("入伍人数")


def test_a_percentage_that_looks_like_a_ratio_is_asked_about(tab: Tab) -> None:
    percents = (item for item in tab.report.sheet.schema.fields if item.type is FieldType.PERCENT)
    item = next(percents)
    group(tab, item.group).fill(item.label, "0.45")
    assert "若是 45%" in tab.note(item.label)
    assert tab.report.sheet.fact(item.label).empty
    assert tab.fill(item.label, "0.45%").report.sheet.value(item.label) == Decimal("0.45")
    assert tab.fill(item.label, "1", "last_year").report.sheet.fact(item.label).last_year == 1


def test_person_is_kept_with_what_they_fill_in(tab: Tab) -> None:
    the_desk().set_person("王芳")
    group(tab, "征兵工作").fill("入伍人数", "18")
    [change] = the_desk().fact_changes(tab.doc, "入伍人数")
    assert (change.by, change.after.value) == ("王芳", 18)


# ---- search


@pytest.mark.parametrize("query", ["rwrs", "入伍", "ruwu"])
def test_search_leads_to_the_field_in_its_group(tab: Tab, query: str) -> None:
    search(tab, query)
    assert tab.button("found-0").label.startswith("入伍人数")
    tab.press("found-0")
    assert "#### 征兵工作" in tab.words
    assert not tab.has_button("found-0"), "the search is over"


def test_search_that_finds_nothing_says_so(tab: Tab) -> None:
    assert "没有找到“<b>火箭”" in search(tab, "<b>火箭").words.replace("&lt;", "<").replace("&gt;", ">")


# ---- what is shown


def test_only_what_is_missing() -> None:
    tab = Tab(from_example(), "facts")
    the_desk().set_fact(tab.doc, "入伍人数", None)
    tick(group(tab, "征兵工作"), "只看没填的")
    assert inputs(tab) == ["入伍人数"]
    tab.fill("入伍人数", "18")
    assert inputs(tab) == ["入伍人数"], "it does not jump away from under the hands"
    group(group(tab, "国防教育"), "征兵工作")
    assert inputs(tab) == []
    assert "这一组都填好了" in tab.words
    tab.press("next-open")
    assert inputs(tab)
    tick(tab, "只看没填的", on=False)
    assert len(inputs(group(tab, "征兵工作"))) == 12


def test_only_what_the_shape_needs(tab: Tab) -> None:
    tick(group(tab, "征兵工作"), "只看本文种必填")
    assert inputs(tab) == ["适龄青年", "兵役登记", "入伍人数"]
    group(tab, "民兵作用")
    assert inputs(tab) == []
    assert "这一组没有本文种必填的" in tab.words


def test_choice_is_remembered_and_search_finds_what_it_hides(tab: Tab) -> None:
    tick(tab, "只看本文种必填")
    tab.go("draft").go("facts")
    assert next(found for found in tab.app.checkbox if found.label == "只看本文种必填").value
    search(tab, "体检合格").press("found-0")
    assert "体检合格" in inputs(tab)
    group(tab, "征兵工作")
    assert "体检合格" not in inputs(tab)


# ---- undo and redo


def test_undo_says_what_it_undoes_and_redo_too(tab: Tab) -> None:
    assert tab.button("undo-facts").disabled
    group(tab, "征兵工作").fill("入伍人数", "12").fill("入伍人数", "15")
    group(tab, "国防教育")
    assert "撤销：入伍人数 12人 → 15人" in tab.words
    tab.press("undo-facts")
    assert tab.field("入伍人数").value == "12", "the page leads to the group of what was undone"
    assert "重做：入伍人数 12人 → 15人" in tab.words
    tab.press("redo-facts")
    assert tab.field("入伍人数").value == "15"
    assert tab.button("redo-facts").disabled


def test_undo_in_another_session(tab: Tab) -> None:
    group(tab, "征兵工作").fill("入伍人数", "12")
    other = Tab(tab.doc, "facts").press("undo-facts")
    assert other.report.sheet.fact("入伍人数").empty


def test_undo_of_a_step_that_another_tab_overtook_changes_nothing(tab: Tab) -> None:
    group(tab, "征兵工作").fill("入伍人数", "12")
    the_desk().set_fact(tab.doc, "体检合格", 20)
    tab.press("undo-facts")
    assert "事实刚刚又改过了" in tab.told
    assert tab.report.sheet.value("入伍人数") == 12


def test_undo_clears_what_could_not_be_saved(tab: Tab) -> None:
    group(tab, "征兵工作").fill("入伍人数", "12").fill("入伍人数", "十几个")
    tab.press("undo-facts")
    assert tab.field("入伍人数").value == ""
    assert "没有保存" not in tab.note("入伍人数")


def test_a_very_long_group_is_drawn_in_parts_and_search_leads_into_them(
    tab: Tab, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(form_parts, "_WHOLE", 5)
    monkeypatch.setattr(form_parts, "_PART", 4)
    group(tab, "征兵工作")
    labels = [item.label for item in tab.report.sheet.schema.in_group("征兵工作")]
    seen = inputs(tab)
    assert seen == labels[:4]
    while tab.button("next-group").label.startswith("下面"):
        tab.press("next-group")
        seen += inputs(tab)
    assert seen == labels
    tab.press("previous-part").press("rows-0")
    assert inputs(tab) == labels[:4]
    search(tab, labels[-1]).press("found-0")
    assert inputs(tab)[-1] == labels[-1]


def test_what_is_not_known_of_a_row_stays_as_it_was() -> None:
    """The page of an input may be gone when its entry is carried out."""
    doc = written()
    report = the_desk().report(doc)
    item = report.sheet.schema.by_label["入伍人数"]
    before = report.sheet.facts[item.label]
    commit(doc, item, {"value": "gone", "approximate": "gone too", "last_year": "gone as well"})
    assert the_desk().report(doc).sheet.facts[item.label] == before
