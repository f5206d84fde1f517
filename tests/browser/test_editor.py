"""The editor on the paper: facts as chips, keys, clipboard, input methods, text that is saved while it is typed."""

from __future__ import annotations

from collections.abc import Iterator
from unittest.mock import patch

import pytest
from browser_kit import App, Person, serve
from playwright.sync_api import Browser, Locator, WebSocketRoute, expect

KEY = "opening"
TEXT = "全年送兵{{入伍人数|名}}，其中大学生{{大学生入伍}}。"
SHOWN = "全年送兵18名，其中大学生16人。"
LIST = ".cm-tooltip-autocomplete"


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    with serve(tmp_path_factory.mktemp("app")) as served:
        yield served


@pytest.fixture
def doc(app: App) -> str:
    made = app.written()
    put(app, made, TEXT)
    return made


@pytest.fixture
def text(person: Person, doc: str) -> Locator:
    """The section's text on the open page."""
    person.open("draft", doc)
    found = person.text_of(KEY)
    expect(found).to_have_text(SHOWN)
    return found


def put(app: App, doc: str, text: str, key: str = KEY) -> None:
    section = app.desk.report(doc).section(key)
    assert section is not None
    app.desk.edit(doc, key, text, section.revision)


def caret(person: Person, moves: int) -> None:
    """From the beginning of the text so many presses to the right."""
    person.page.keyboard.press("Control+Home")
    for _ in range(moves):
        person.page.keyboard.press("ArrowRight")


def type_at(person: Person, text: Locator, moves: int, keys: str) -> None:
    text.click(position={"x": 3, "y": 3})
    caret(person, moves)
    person.page.keyboard.type(keys)


# ---- chips


def test_facts_are_chips_and_an_empty_one_stands_out(person: Person, app: App, doc: str) -> None:
    app.desk.set_fact(doc, "大学生入伍", None)
    person.open("draft", doc)
    text = person.text_of(KEY)
    expect(text).to_have_text("全年送兵18名，其中大学生【待补：大学生入伍】。")
    expect(text.locator(".ng-chip.missing")).to_have_text("【待补：大学生入伍】")
    text.locator(".ng-chip").first.hover()
    tip = person.page.locator(".ng-tip")
    expect(tip).to_contain_text("入伍人数：18名")
    expect(tip).to_contain_text("当年批准入伍的人数")


def test_a_changed_fact_changes_the_chip(person: Person, app: App, doc: str, text: Locator) -> None:
    app.desk.set_fact(doc, "入伍人数", 21)
    person.reload()
    expect(text).to_have_text("全年送兵21名，其中大学生16人。")
    assert app.text(doc, KEY) == TEXT


def test_one_press_of_backspace_takes_a_whole_chip_and_undo_brings_it_back(person: Person, text: Locator) -> None:
    # Four characters, then over the chip in one step.
    type_at(person, text, 5, "")
    person.page.keyboard.press("Backspace")
    expect(text).to_have_text("全年送兵，其中大学生16人。")
    person.saved(KEY, "全年送兵，其中大学生{{大学生入伍}}。")
    person.page.keyboard.press("Control+z")
    expect(text).to_have_text(SHOWN)
    person.saved(KEY, TEXT)
    person.page.keyboard.press("Control+y")
    person.saved(KEY, "全年送兵，其中大学生{{大学生入伍}}。")


def test_delete_in_front_of_a_chip_takes_it_whole(person: Person, text: Locator) -> None:
    type_at(person, text, 4, "")
    person.page.keyboard.press("Delete")
    person.saved(KEY, "全年送兵，其中大学生{{大学生入伍}}。")


def test_typing_on_both_sides_of_a_chip_leaves_it_whole(person: Person, text: Locator) -> None:
    type_at(person, text, 4, "共")
    person.page.keyboard.press("ArrowRight")
    person.page.keyboard.type("整\\")
    person.page.keyboard.press("ArrowLeft")
    person.page.keyboard.press("ArrowLeft")
    person.page.keyboard.press("ArrowLeft")
    # In front of a slot this sign would make it plain text.
    person.page.keyboard.type("\\")
    expect(text).to_have_text("全年送兵共＼18名整\\，其中大学生16人。")
    person.saved(KEY, "全年送兵共＼{{入伍人数|名}}整\\，其中大学生{{大学生入伍}}。")


def test_chip_is_cut_and_pasted_elsewhere_and_stays_a_fact(person: Person, text: Locator) -> None:
    type_at(person, text, 4, "")
    person.page.keyboard.press("Shift+ArrowRight")
    person.page.keyboard.press("Control+x")
    expect(text).to_have_text("全年送兵，其中大学生16人。")
    person.page.keyboard.press("Control+Home")
    person.page.keyboard.press("Control+v")
    person.saved(KEY, "{{入伍人数|名}}全年送兵，其中大学生{{大学生入伍}}。")
    person.page.keyboard.press("Control+v")
    person.saved(KEY, "{{入伍人数|名}}{{入伍人数|名}}全年送兵，其中大学生{{大学生入伍}}。")


def test_chip_is_dragged_to_another_place(person: Person, text: Locator) -> None:
    text.click(position={"x": 3, "y": 3})
    chip = text.locator(".ng-chip").last
    chip.drag_to(text, target_position={"x": 40, "y": 16})
    person.saved(KEY, "{{大学生入伍}}全年送兵{{入伍人数|名}}，其中大学生。")


def test_who_types_on_after_a_chip_was_dragged_keeps_it(person: Person, text: Locator) -> None:
    text.click(position={"x": 3, "y": 3})
    text.locator(".ng-chip").last.drag_to(text, target_position={"x": 40, "y": 16})
    person.page.keyboard.type("多")
    person.saved(KEY, "{{大学生入伍}}多全年送兵{{入伍人数|名}}，其中大学生。")
    person.page.keyboard.press("Control+z")
    person.page.keyboard.press("Control+z")
    person.saved(KEY, TEXT)


def test_chip_is_dragged_into_another_section_and_back_by_one_press(person: Person, app: App, text: Locator) -> None:
    def drag(chip: Locator, place: Locator) -> None:
        hand = person.page.mouse
        one, other = chip.bounding_box(), place.bounding_box()
        assert one
        assert other
        hand.move(one["x"] + one["width"] / 2, one["y"] + one["height"] / 2)
        hand.down()
        hand.move(one["x"] + 30, one["y"] + 40)
        hand.move(other["x"] + 1, other["y"] + other["height"] / 2, steps=8)
        hand.up()

    put(app, person.doc, "落实制度{{党委议军会议}}。", "principle")
    person.reload()
    other = person.text_of("principle")
    expect(other).to_contain_text("落实制度2次。")
    text.click(position={"x": 3, "y": 3})
    drag(text.locator(".ng-chip").first, other.locator(".ng-chip"))
    person.saved(KEY, "全年送兵，其中大学生{{大学生入伍}}。")
    person.saved("principle", "落实制度{{入伍人数|名}}{{党委议军会议}}。")
    expect(other).to_be_focused()
    person.page.keyboard.press("Control+z")
    person.saved("principle", "落实制度{{党委议军会议}}。")
    person.saved(KEY, TEXT)
    person.page.keyboard.press("Control+y")
    person.saved("principle", "落实制度{{入伍人数|名}}{{党委议军会议}}。")
    person.saved(KEY, "全年送兵，其中大学生{{大学生入伍}}。")


def test_words_moved_into_another_section_are_one_step_of_the_page(person: Person, app: App, text: Locator) -> None:
    put(app, person.doc, "落实制度{{党委议军会议}}。", "principle")
    person.reload()
    other = person.text_of("principle")
    text.click(position={"x": 3, "y": 3})
    caret(person, 4)
    for _ in range(3):
        person.page.keyboard.press("Shift+ArrowRight")
    text.locator(".ng-chip").first.drag_to(other.locator(".ng-chip"), target_position={"x": 2, "y": 8})
    undo = person.key("undo-text").first
    expect(undo).to_contain_text("撤销：移动文字")
    titles = {section.key: section.title for section in app.desk.report(person.doc).written}
    for title in (titles[KEY], titles["principle"]):
        expect(undo).to_contain_text(title)
    person.page.keyboard.type("有")
    person.saved("principle", "落实制度{{入伍人数|名}}，其有{{党委议军会议}}。")
    expect(undo).to_contain_text(f"撤销：修改 {titles['principle']}")
    person.press("undo-text")
    person.saved("principle", "落实制度{{入伍人数|名}}，其{{党委议军会议}}。")
    expect(undo).to_contain_text("撤销：移动文字")
    person.press("undo-text")
    person.saved(KEY, TEXT)
    person.saved("principle", "落实制度{{党委议军会议}}。")
    person.press("redo-text")
    person.saved(KEY, "全年送兵中大学生{{大学生入伍}}。")
    person.saved("principle", "落实制度{{入伍人数|名}}，其{{党委议军会议}}。")


def test_a_move_that_was_taken_back_in_the_text_is_one_step_too(person: Person, app: App, text: Locator) -> None:
    put(app, person.doc, "落实制度{{党委议军会议}}。", "principle")
    person.reload()
    other = person.text_of("principle")
    text.click(position={"x": 3, "y": 3})
    text.locator(".ng-chip").first.drag_to(other.locator(".ng-chip"), target_position={"x": 2, "y": 8})
    person.saved(KEY, "全年送兵，其中大学生{{大学生入伍}}。")
    person.saved("principle", "落实制度{{入伍人数|名}}{{党委议军会议}}。")
    expect(other).to_be_focused()
    person.page.keyboard.press("Control+z")
    person.saved("principle", "落实制度{{党委议军会议}}。")
    person.saved(KEY, TEXT)
    person.page.keyboard.press("Escape")
    expect(person.key("undo-text").first).to_contain_text("撤销：移动文字")
    person.press("undo-text")
    person.saved(KEY, "全年送兵，其中大学生{{大学生入伍}}。")
    person.saved("principle", "落实制度{{入伍人数|名}}{{党委议军会议}}。")
    person.press("undo-text")
    person.saved(KEY, TEXT)
    person.saved("principle", "落实制度{{党委议军会议}}。")


def test_what_is_dragged_elsewhere_reads_as_values(person: Person, text: Locator) -> None:
    text.click(position={"x": 3, "y": 3})
    person.page.evaluate(
        """() => document.addEventListener("dragstart", (event) => {
             window.dragged = event.dataTransfer.getData("text/plain");
           })"""
    )
    text.locator(".ng-chip").first.drag_to(person.page.locator(".ng-badge"))
    assert person.page.evaluate("window.dragged") == "18名"


def test_what_is_copied_reads_as_values_elsewhere(person: Person, text: Locator) -> None:
    text.click(position={"x": 3, "y": 3})
    person.page.evaluate(
        """() => document.addEventListener("copy", (event) => {
             window.copied = event.clipboardData.getData("text/plain");
           })"""
    )
    person.page.keyboard.press("Control+a")
    person.page.keyboard.press("Control+c")
    assert person.page.evaluate("window.copied") == SHOWN


def test_press_on_a_chip_opens_its_fact(person: Person, text: Locator) -> None:
    doc = person.doc
    type_at(person, text, 0, "今年，")
    text.locator(".ng-chip").first.click()
    box = person.page.get_by_label("入伍人数", exact=True)
    expect(box).to_be_focused()
    assert person.doc == doc
    person.saved(KEY, f"今年，{TEXT}")


def test_fact_beside_the_caret_is_opened_with_the_keyboard(person: Person, text: Locator) -> None:
    type_at(person, text, 5, "")
    person.page.keyboard.press("Alt+Enter")
    expect(person.page.get_by_label("入伍人数", exact=True)).to_be_focused()


# ---- the list of facts


@pytest.mark.parametrize("query", ["兵役登记", "bydj", "bingyideng"])
def test_fact_is_put_in_with_the_keyboard_alone(person: Person, text: Locator, query: str) -> None:
    type_at(person, text, 0, "{")
    expect(person.page.locator(LIST)).to_be_visible()
    person.page.keyboard.type(query)
    first = person.page.locator(f"{LIST} li").first
    expect(first).to_contain_text("兵役登记")
    expect(first).to_contain_text("413人")
    person.page.keyboard.press("Enter")
    expect(person.page.locator(LIST)).to_have_count(0)
    expect(text).to_have_text(f"413人{SHOWN}")
    person.page.keyboard.type("登记。")
    person.saved(KEY, f"{{{{兵役登记}}}}登记。{TEXT}")


def test_the_wide_slash_opens_the_list_too(person: Person, text: Locator) -> None:
    text.click(position={"x": 3, "y": 3})
    person.page.keyboard.press("Control+Home")
    person.page.keyboard.insert_text("／")
    expect(person.page.locator(LIST)).to_be_visible()
    person.page.keyboard.press("Escape")
    expect(person.page.locator(LIST)).to_have_count(0)
    person.saved(KEY, f"／{TEXT}")


def test_another_measure_word_is_chosen_from_the_list(person: Person, text: Locator) -> None:
    type_at(person, text, 0, "{入伍人数|同")
    expect(person.page.locator(f"{LIST} li").first).to_contain_text("同比")
    person.page.keyboard.press("Enter")
    person.saved(KEY, f"{{{{入伍人数|同比}}}}{TEXT}")
    expect(text).to_have_text(f"同比增长20%{SHOWN}")


#: Timers of a tenth of a second come late, as they do where the machine has no time for them.
LATE = """() => {
  const real = window.setTimeout;
  window.setTimeout = (run, after, ...rest) => real(run, after >= 50 && after <= 100 ? 20000 : after, ...rest);
}"""


@pytest.mark.parametrize("key", ["Enter", "Tab"])
def test_fact_is_taken_before_the_list_is_there(person: Person, text: Locator, key: str) -> None:
    text.click(position={"x": 3, "y": 3})
    caret(person, 0)
    person.page.evaluate(LATE)
    person.page.keyboard.type("{兵役登记")
    expect(person.page.locator(LIST)).to_have_count(0)
    person.page.keyboard.press(key)
    person.page.keyboard.type("登记。")
    expect(text).to_have_text(f"413人登记。{SHOWN}")
    person.saved(KEY, f"{{{{兵役登记}}}}登记。{TEXT}")


def test_a_letter_more_finds_the_list_ready(person: Person, text: Locator) -> None:
    type_at(person, text, 0, "{")
    expect(person.page.locator(LIST)).to_be_visible()
    person.page.evaluate(LATE)
    person.page.keyboard.type("入伍人数")
    person.page.keyboard.press("ArrowDown")
    second = person.page.locator(f"{LIST} li[aria-selected]")
    expect(second).to_contain_text("入伍人数")
    expect(second).not_to_have_text(person.page.locator(f"{LIST} li").first.inner_text())
    person.page.keyboard.press("Enter")
    expect(person.page.locator(LIST)).to_have_count(0)
    expect(text.locator(".ng-chip").first).to_have_attribute("data-fact", "入伍人数")


def test_enter_is_a_new_line_where_no_fact_is_meant(person: Person, text: Locator) -> None:
    type_at(person, text, 0, "{没有这件事")
    person.page.keyboard.press("Enter")
    person.saved(KEY, f"{{没有这件事\n{TEXT}")
    person.page.keyboard.press("Control+Home")
    person.page.keyboard.type("{")
    expect(person.page.locator(LIST)).to_be_visible()
    person.page.keyboard.press("Escape")
    person.page.keyboard.press("Enter")
    person.saved(KEY, f"{{\n{{没有这件事\n{TEXT}")


# ---- saving


def test_text_is_on_disk_without_leaving_it_and_a_reload_shows_it(person: Person, text: Locator) -> None:
    type_at(person, text, 4, "新兵")
    person.saved(KEY, TEXT.replace("全年送兵", "全年送兵新兵"))
    assert text.evaluate("(box) => box === document.activeElement")
    person.reload()
    expect(text).to_have_text(SHOWN.replace("全年送兵", "全年送兵新兵"))


def test_caret_stays_and_nothing_is_lost_through_many_saves(person: Person, text: Locator) -> None:
    typed = "一个字一个字地写进中间，保存了许多次，一个字也不少。" * 3
    text.click(position={"x": 3, "y": 3})
    caret(person, 6)
    person.page.keyboard.type(typed, delay=70)
    person.saved(KEY, TEXT.replace("，其中", f"，{typed}其中"))
    for _ in range(len(typed)):
        person.page.keyboard.press("Control+z")
    expect(text).to_have_text(SHOWN)
    person.saved(KEY, TEXT)


def test_control_s_saves_at_once(person: Person, text: Locator) -> None:
    type_at(person, text, 0, "甲")
    person.page.keyboard.press("Control+s")
    person.saved(KEY, f"甲{TEXT}")


def test_reload_in_the_middle_of_typing_keeps_what_was_typed(person: Person, text: Locator) -> None:
    type_at(person, text, 0, "刚刚打的字，")
    person.reload()
    expect(text).to_have_text(f"刚刚打的字，{SHOWN}")
    person.saved(KEY, f"刚刚打的字，{TEXT}")


def test_server_gone_for_a_moment_loses_nothing(person: Person, text: Locator) -> None:
    person.context.set_offline(True)
    type_at(person, text, 0, "断网时写的，")
    person.context.set_offline(False)
    person.saved(KEY, f"断网时写的，{TEXT}")


def test_who_types_while_the_program_is_gone_is_told_and_loses_nothing(person: Person, text: Locator) -> None:
    text.click(position={"x": 3, "y": 3})
    with person.app.gone():
        # Until Streamlit has noticed, and would speak up.
        expect(person.page.locator("[data-testid=stApp][data-test-connection-state=PINGING_SERVER]")).to_be_attached()
        person.page.wait_for_timeout(3000)
        expect(person.page.get_by_role("dialog")).to_have_count(0)
        told = "getComputedStyle(document.querySelector('[data-testid=stApp]'), '::after').content"
        assert "正在重新连接" in person.page.evaluate(told)
        person.page.keyboard.type("断了。")
        expect(text).to_have_text(f"断了。{SHOWN}")
    person.saved(KEY, f"断了。{TEXT}")
    assert "连接" not in person.page.evaluate(told)


def test_text_put_in_place_elsewhere_keeps_the_caret_and_can_be_undone(person: Person, app: App, text: Locator) -> None:
    type_at(person, text, 9, "")
    put(app, person.doc, f"前面多了一句。{TEXT}")
    person.press("pick-conscription")
    person.press(f"pick-{KEY}")
    expect(text).to_have_text(f"前面多了一句。{SHOWN}")
    text.evaluate("(box) => box.focus()")
    person.page.keyboard.type("好")
    person.saved(KEY, "前面多了一句。全年送兵{{入伍人数|名}}，其中大好学生{{大学生入伍}}。")
    person.page.keyboard.press("Control+z")
    person.page.keyboard.press("Control+z")
    person.saved(KEY, TEXT)


# ---- two tabs


@pytest.fixture
def other(browser: Browser, person: Person, app: App, text: Locator) -> Iterator[Person]:
    """A second tab on the same section. What it writes is on disk before the first one writes."""
    made = Person(browser, app)
    made.open("draft", person.doc)
    expect(made.text_of(KEY)).to_have_text(SHOWN)
    # Whoever goes into a text gets what was saved until then.
    text.click(position={"x": 3, "y": 3})
    expect(person.page.locator(f".st-key-sec-on-{KEY}")).to_be_visible()
    person.settle()
    yield made
    made.context.close()


def test_changes_of_two_tabs_in_different_places_are_put_together(
    person: Person, other: Person, app: App, text: Locator
) -> None:
    person.page.keyboard.press("Control+End")
    person.page.keyboard.type("没有发生退兵。")
    person.saved(KEY, f"{TEXT}没有发生退兵。")
    other.reload()
    type_at(other, other.text_of(KEY), 0, "别人写的。")
    other.saved(KEY, f"别人写的。{TEXT}没有发生退兵。")
    person.page.keyboard.type("我写的。")
    expect(person.page.get_by_text("这一节在别处先保存了")).to_be_visible()
    shown = person.page.locator(f".st-key-merge-{KEY} .ng-compared")
    expect(shown).to_have_text(f"别人写的。{SHOWN}没有发生退兵。我写的。")
    expect(shown.locator("ins.theirs")).to_have_text("别人写的。")
    expect(shown.locator("ins.mine")).to_have_text("我写的。")
    assert app.text(person.doc, KEY) == f"别人写的。{TEXT}没有发生退兵。", "nothing is taken before somebody saw it"
    person.press("merge-take")
    person.saved(KEY, f"别人写的。{TEXT}没有发生退兵。我写的。")
    expect(text).to_have_text(f"别人写的。{SHOWN}没有发生退兵。我写的。")
    assert f"{TEXT}没有发生退兵。我写的。" in {one.text for one in app.desk.versions(person.doc, KEY)}
    text.click(position={"x": 3, "y": 3})
    person.page.keyboard.press("Control+End")
    person.page.keyboard.type("还能写。")
    person.saved(KEY, f"别人写的。{TEXT}没有发生退兵。我写的。还能写。")


def test_where_two_tabs_clash_a_person_chooses(person: Person, other: Person, app: App, text: Locator) -> None:
    type_at(other, other.text_of(KEY), 4, "好")
    other.saved(KEY, TEXT.replace("送兵", "送兵好"))
    type_at(person, text, 2, "共")
    expect(person.page.get_by_text("这一节在别处先保存了")).to_be_visible()
    expect(person.key("merge-take").first).to_be_disabled()
    expect(person.page.locator(".ng-clash .mine")).to_have_text(SHOWN.replace("全年", "全年共"))
    expect(person.page.locator(".ng-clash .theirs")).to_have_text(SHOWN.replace("送兵", "送兵好"))
    person.page.get_by_text("用我写的这处").click()
    person.settle()
    person.press("merge-take")
    person.saved(KEY, TEXT.replace("全年", "全年共"))
    texts = {one.text for one in app.desk.versions(person.doc, KEY)}
    assert {TEXT.replace("全年", "全年共"), TEXT.replace("送兵", "送兵好")} <= texts


def test_who_types_on_is_asked_when_they_pause(person: Person, other: Person, text: Locator) -> None:
    type_at(other, other.text_of(KEY), 4, "好")
    other.saved(KEY, TEXT.replace("送兵", "送兵好"))
    typed = "我写了很长的一段话，写的时候不看屏幕，也没有停下来，一直写到这里。"
    text.click(position={"x": 3, "y": 3})
    person.page.keyboard.press("Control+End")
    # The other tab's text is met by the first save, in the middle of it.
    person.page.keyboard.type(typed, delay=120)
    expect(person.page.get_by_text("这一节在别处先保存了")).to_be_visible()
    expect(person.page.locator(".ng-clash .mine")).to_contain_text(typed)
    person.press("merge-mine")
    person.saved(KEY, TEXT + typed)
    expect(text).to_have_text(SHOWN + typed)


def test_who_never_pauses_loses_nothing_and_is_asked_after_a_reload(
    person: Person, other: Person, app: App, text: Locator
) -> None:
    type_at(other, other.text_of(KEY), 0, "别处写的。")
    other.saved(KEY, f"别处写的。{TEXT}")
    person.page.keyboard.press("Control+End")
    typed = "春夏秋冬东南西北" * 8
    person.page.keyboard.type(typed, delay=90)
    expect(text).to_have_text(f"{SHOWN}{typed}")
    assert app.text(person.doc, KEY) == f"别处写的。{TEXT}", "nothing of theirs is overwritten"
    # In the middle of a word, before anybody was asked.
    person.reload()
    expect(person.page.get_by_text("这一节在别处先保存了")).to_be_visible()
    person.press("merge-take")
    person.saved(KEY, f"别处写的。{TEXT}{typed}")


def test_a_tab_that_goes_on_while_the_other_chooses_loses_nothing(
    person: Person, other: Person, app: App, text: Locator
) -> None:
    type_at(other, other.text_of(KEY), 0, "别人写的。")
    other.saved(KEY, f"别人写的。{TEXT}")
    type_at(person, text, 0, "我写的。")
    expect(person.page.get_by_text("这一节在别处先保存了")).to_be_visible()
    other.page.keyboard.type("别人又写。")
    other.saved(KEY, f"别人写的。别人又写。{TEXT}")
    person.press("merge-mine")
    expect(person.page.get_by_text("别处刚刚又保存了一次")).to_be_visible()
    assert app.text(person.doc, KEY) == f"别人写的。别人又写。{TEXT}"
    person.press("merge-mine")
    person.saved(KEY, f"我写的。{TEXT}")


def test_who_writes_elsewhere_without_a_pause_keeps_nobody_from_an_answer(
    person: Person, other: Person, text: Locator
) -> None:
    type_at(other, other.text_of(KEY), 0, "别人写的。")
    other.saved(KEY, f"别人写的。{TEXT}")
    person.page.keyboard.press("Control+End")
    person.page.keyboard.type("我写的。")
    expect(person.page.get_by_text("这一节在别处先保存了")).to_be_visible()
    other.page.keyboard.type("别人又写。")
    other.saved(KEY, f"别人写的。别人又写。{TEXT}")
    person.press("merge-take")
    person.saved(KEY, f"别人写的。别人又写。{TEXT}我写的。")
    expect(text).to_have_text(f"别人写的。别人又写。{SHOWN}我写的。")


# ---- sentences that are selected


def test_only_the_sentences_of_a_selection_are_written_anew(person: Person, app: App, doc: str) -> None:
    old = app.text(doc, "conscription")
    first, rest = old[: old.index("。") + 1], old[old.index("。") + 1 :]
    person.open("draft", doc)
    text = person.text_of("conscription")
    text.click(position={"x": 3, "y": 3})
    person.settle()
    person.page.keyboard.press("Control+Home")
    for _ in range(3):
        person.page.keyboard.press("Shift+ArrowRight")
    expect(person.page.locator(".ng-rewrite")).to_be_visible()
    # By the keyboard alone.
    person.page.keyboard.press("Alt+r")
    button = person.page.locator(".ng-rewrite button", has_text="换个写法")
    expect(button).to_be_focused()
    person.page.keyboard.press("Enter")
    expect(person.page.locator(".ng-rewrite")).to_have_count(0)
    until = person.page.locator(".st-key-part-conscription .cm-content")
    expect(until).not_to_contain_text(first[:8])
    new = app.text(doc, "conscription")
    assert new.endswith(rest), "the rest stays letter for letter"
    assert not new.startswith(first)
    person.press("undo-text")
    person.saved("conscription", old)


def test_sentences_that_no_phrase_says_otherwise_are_told_before_the_eyes(person: Person, app: App, doc: str) -> None:
    key = "next-steps"
    put_in = "我写的一句话，没有事实。"
    section = app.desk.report(doc).section(key)
    assert section is not None
    app.desk.edit(doc, key, put_in, section.revision)
    person.open("draft", doc)
    text = person.text_of(key)
    text.scroll_into_view_if_needed()
    text.click()
    person.page.keyboard.press("Control+a")
    person.page.locator(".ng-rewrite button", has_text="换个写法").click()
    told = person.page.get_by_text("这一句内置范式没有别的说法，没有动")
    expect(told).to_be_in_viewport()
    # Nothing will come, so nothing is asked.
    expect(person.page.get_by_role("dialog")).to_have_count(0)
    assert app.text(doc, key) == put_in


def test_the_tool_goes_when_the_caret_moves_on(person: Person, text: Locator) -> None:
    type_at(person, text, 0, "")
    person.page.keyboard.press("Shift+ArrowRight")
    expect(person.page.locator(".ng-rewrite")).to_be_visible()
    person.page.keyboard.press("Escape")
    expect(person.page.locator(".ng-rewrite")).to_have_count(0)
    person.page.keyboard.press("Shift+ArrowRight")
    expect(person.page.locator(".ng-rewrite")).to_be_visible()
    person.page.keyboard.type("今")
    expect(person.page.locator(".ng-rewrite")).to_have_count(0)
    person.saved(KEY, TEXT.replace("全年", "今", 1))


# ---- an editor is always there


def test_a_report_is_edited_whatever_its_number_is(person: Person, app: App) -> None:
    # Random numbers of reports have two underscores now and then, by which Streamlit parts the keys of components.
    with patch("assistant.storage.reports.secrets.token_urlsafe", return_value="pw__SQwpPna_"):
        doc = app.written()
    assert doc == "pw__SQwpPna_"
    put(app, doc, TEXT)
    person.open("draft", doc)
    text = person.text_of(KEY)
    expect(text).to_have_text(SHOWN)
    type_at(person, text, 0, "今年，")
    person.saved(KEY, f"今年，{TEXT}")
    text.locator(".ng-chip").first.click()
    expect(person.page.get_by_label("入伍人数", exact=True)).to_be_focused()


def test_code_that_could_not_be_fetched_is_asked_for_again(person: Person, doc: str) -> None:
    # As when a network changes just then; what is asked for later arrives.
    person.page.route("**/editor.js", lambda route: route.abort(), times=1)
    person.open("draft", doc)
    text = person.text_of(KEY)
    expect(text).to_have_text(SHOWN)
    type_at(person, text, 0, "今年，")
    person.saved(KEY, f"今年，{TEXT}")
    # What the editors share came too, although it may have been all that failed.
    expect(person.page.locator(".st-key-editors .stException, .st-key-editors [role=alert]")).to_have_count(0)
    text.locator(".ng-chip").first.hover()
    expect(person.page.locator(".ng-tip")).to_contain_text("当年批准入伍的人数")
    text.locator(".ng-chip").first.click()
    expect(person.page.get_by_label("入伍人数", exact=True)).to_be_focused()


def test_text_that_was_lost_on_its_way_is_sent_again(person: Person, doc: str) -> None:
    lost = []

    def pass_on(frame: str | bytes) -> None:
        told = frame if isinstance(frame, bytes) else frame.encode()
        if b"conscription" in told and b'"kind": "section"' in told and not lost:
            lost.append(told)
        else:
            socket.send(frame)

    def listen(route: WebSocketRoute) -> None:
        nonlocal socket
        socket = route
        route.connect_to_server().on_message(pass_on)

    socket: WebSocketRoute
    person.page.route_web_socket("**/_stcore/stream", listen)
    person.open("draft", doc)
    assert lost
    expect(person.text_of("conscription")).to_contain_text("征兵")
    expect(person.text_of(KEY)).to_have_text(SHOWN)


def test_without_the_editor_there_is_a_plain_box(person: Person, doc: str) -> None:
    person.page.route("**/editor.js", lambda route: route.abort())
    person.open("draft", doc)
    expect(person.page.get_by_text("已换成普通文本框")).to_be_visible()
    person.press(f"pick-{KEY}")
    person.press("edit")
    box = person.page.get_by_label("正文", exact=True)
    expect(box).to_have_value(TEXT)
    box.fill(f"今年，{TEXT}")
    person.press("edit-done")
    person.saved(KEY, f"今年，{TEXT}")


# ---- what must not move


def test_the_line_stays_while_text_above_it_grows(person: Person, doc: str) -> None:
    person.open("draft", doc)
    text = person.text_of("conscription")
    text.scroll_into_view_if_needed()
    text.click(position={"x": 3, "y": 3})
    person.settle()
    before = text.bounding_box()
    assert before
    for height in (1200, 300):
        person.page.evaluate(
            "(height) => { document.querySelector('.st-key-part-principle').style.minHeight = `${height}px`; }", height
        )
        person.page.wait_for_function(
            """([key, place]) => Math.abs(
                 document.querySelector(`.st-key-part-${key} .cm-content`).getBoundingClientRect().top - place) < 2""",
            arg=["conscription", before["y"]],
        )


def test_a_message_over_the_page_makes_no_editor_anew(person: Person, app: App, doc: str) -> None:
    person.open("draft", doc)
    text = person.text_of(KEY)
    text.evaluate("(box) => { box.dataset.mark = 'mine'; }")
    person.page.get_by_role("button", name="全部重写").click()
    person.press("redraft-all")
    # It says which sections it left alone, over everything else.
    expect(person.page.get_by_text("您改过的")).to_be_visible()
    expect(text).to_have_attribute("data-mark", "mine")
    assert app.desk.wait(doc, 30)


#: An editor of its own beside the page, which knows no facts yet: ``text``, ``come``, ``again``, ``go`` and ``facts``
#: do with it what the page does.
OWN_EDITOR = """async () => {
  const urls = performance.getEntriesByType("resource").map((one) => one.name);
  const { default: mount } = await import(urls.find((name) => name.endsWith("/editor.js")) + "?own");
  const data = { kind: "section", doc: "d/s", section: "s", revision: 1, text: "原文。", title: "试", empty: "",
    slots: {}, bare: null, lead: [], depth: 0, own: [], selected: true, locked: false, fixed: true, ack: null };
  window.text = (text, slots) => Object.assign(data, { doc: "d/t", text, slots });
  let host = null;
  let leave = null;
  window.again = () => mount({ data: [{ ...data }], parentElement: host, setStateValue() {}, setTriggerValue() {} });
  window.come = () => {
    host = document.body.insertBefore(document.createElement("div"), document.body.firstChild);
    host.id = "own-host";
    host.style.cssText = "position: fixed; z-index: 1000000";
    leave = window.again();
  };
  window.go = () => { host.remove(); leave(); };
  window.facts = (...labels) => {
    const made = (label) => ({ label, shown: "7人", meaning: `${label}的口径`, group: "", sounds: [], more: [] });
    const choices = labels.map(made);
    const told = { kind: "facts", digest: "1", choices, compared: [] };
    mount({ data: [told], parentElement: document.createElement("div"), setStateValue() {}, setTriggerValue() {} });
  };
  window.come();
}"""


@pytest.mark.usefixtures("text")
def test_an_editor_stays_when_a_run_overtakes_the_one_before(person: Person) -> None:
    person.page.evaluate(OWN_EDITOR)
    text = person.page.locator("#own-host .cm-content")
    text.evaluate("(box) => { box.dataset.mark = 'mine'; }")
    text.focus()
    person.page.keyboard.press("Control+End")
    person.page.keyboard.type("先写。")
    # Data of two runs in a row: Streamlit ends the first of them when both have arrived.
    person.page.evaluate("() => { const over = window.again(); window.again(); over(); }")
    person.page.keyboard.type("后写。")
    expect(text).to_have_text("原文。先写。后写。")
    expect(text).to_have_attribute("data-mark", "mine")
    expect(text).to_be_focused()


@pytest.mark.usefixtures("text")
def test_an_editor_that_is_made_anew_under_the_hands_keeps_caret_and_undo(person: Person) -> None:
    person.page.evaluate(OWN_EDITOR)
    text = person.page.locator("#own-host .cm-content")
    text.focus()
    person.page.keyboard.press("Control+End")
    person.page.keyboard.type("先写。")
    person.page.evaluate("window.go()")
    person.page.keyboard.type("abc")
    person.page.evaluate("window.come()")
    expect(text).to_be_focused()
    person.page.keyboard.type("后写。")
    expect(text).to_have_text("原文。先写。abc后写。")
    for _ in range(12):
        person.page.keyboard.press("Control+z")
    expect(text).to_have_text("原文。")
    # Whoever went elsewhere is not fetched back.
    person.page.evaluate("document.activeElement.blur()")
    person.page.wait_for_timeout(200)
    person.page.evaluate("window.go(); window.come()")
    expect(text).to_have_text("原文。")
    person.page.wait_for_timeout(200)
    expect(text).not_to_be_focused()


@pytest.mark.usefixtures("text")
def test_a_card_over_a_fact_says_more_when_the_facts_arrive(person: Person) -> None:
    person.page.evaluate(OWN_EDITOR)
    told = {"fact": "入伍人数", "name": "入伍人数", "shown": "18名", "kind": "value"}
    person.page.evaluate("(told) => { text('{{入伍人数}}', { '{{入伍人数}}': told }); go(); come(); }", told)
    person.page.locator("#own-host .ng-chip").hover()
    expect(person.page.locator(".ng-tip")).to_contain_text("入伍人数：18名")
    expect(person.page.locator(".ng-tip")).not_to_contain_text("口径")
    person.page.evaluate("window.facts('入伍人数')")
    expect(person.page.locator(".ng-tip")).to_contain_text("入伍人数的口径")


#: Two editors of their own; ``move`` drags what is selected in the first to the second, ``anew`` makes one anew.
TWO_EDITORS = """async () => {
  const urls = performance.getEntriesByType("resource").map((one) => one.name);
  const { default: mount } = await import(urls.find((name) => name.endsWith("/editor.js")) + "?two");
  const common = { kind: "section", revision: 1, title: "试", empty: "", slots: {}, bare: null, lead: [], depth: 0,
    own: [], selected: true, locked: false, fixed: true, ack: null };
  const box = (name) => document.querySelector(`#own-${name} .cm-content`);
  const leave = {};
  const come = (name, text) => {
    const host = document.body.insertBefore(document.createElement("div"), document.body.firstChild);
    host.id = `own-${name}`;
    const data = [{ ...common, doc: `d/${name}`, section: name, text }];
    const end = mount({ data, parentElement: host, setStateValue() {}, setTriggerValue() {} });
    leave[name] = () => { host.remove(); end(); };
  };
  window.anew = (name, text) => { leave[name](); come(name, text); };
  window.move = () => {
    const dataTransfer = new DataTransfer();
    const at = box("target").getBoundingClientRect();
    const place = { clientX: at.left + 1, clientY: at.top + at.height / 2 };
    const told = { bubbles: true, cancelable: true, dataTransfer };
    box("source").dispatchEvent(new DragEvent("dragstart", told));
    box("target").dispatchEvent(new DragEvent("drop", { ...told, ...place }));
  };
  come("source", "甲乙。");
  come("target", "丙。");
}"""


@pytest.mark.usefixtures("text")
@pytest.mark.parametrize("anew", [("target", "甲丙。"), ("source", "乙。")])
def test_a_move_is_taken_back_whole_by_an_editor_that_was_made_anew(person: Person, anew: tuple[str, str]) -> None:
    person.page.evaluate(TWO_EDITORS)
    source, target = (person.page.locator(f"#own-{name} .cm-content") for name in ("source", "target"))
    source.focus()
    person.page.keyboard.press("Control+Home")
    person.page.keyboard.press("Shift+ArrowRight")
    person.page.evaluate("window.move()")
    expect(source).to_have_text("乙。")
    expect(target).to_have_text("甲丙。")
    expect(target).to_be_focused()
    person.page.evaluate("([name, text]) => window.anew(name, text)", list(anew))
    expect(target).to_be_focused()
    person.page.keyboard.press("Control+z")
    expect(target).to_have_text("丙。")
    expect(source).to_have_text("甲乙。")


@pytest.mark.usefixtures("text")
def test_the_list_opens_when_the_facts_come_later(person: Person) -> None:
    person.page.evaluate(OWN_EDITOR)
    text = person.page.locator("#own-host .cm-content")
    text.focus()
    person.page.keyboard.press("Control+End")
    person.page.keyboard.type("{")
    person.page.wait_for_timeout(300)
    expect(person.page.locator(LIST)).to_have_count(0)
    person.page.evaluate("window.facts('兵役登记', '入伍人数')")
    expect(person.page.locator(f"{LIST} li")).to_have_count(2)
    person.page.keyboard.press("Enter")
    expect(text).to_have_text("原文。7人")


@pytest.mark.usefixtures("text")
@pytest.mark.parametrize(
    ("labels", "shown"), [(["兵役登记", "入伍人数"], "原文。7人再写。"), (["入伍人数"], "原文。{兵役再写。")]
)
def test_enter_waits_for_the_facts(person: Person, labels: list[str], shown: str) -> None:
    person.page.evaluate(OWN_EDITOR)
    text = person.page.locator("#own-host .cm-content")
    text.focus()
    person.page.keyboard.press("Control+End")
    person.page.keyboard.type("{兵役")
    person.page.keyboard.press("Enter")
    person.page.keyboard.type("再写。")
    expect(text).to_have_text("原文。{兵役再写。")
    person.page.evaluate("(labels) => window.facts(...labels)", labels)
    expect(text).to_have_text(shown)
    expect(text.locator(".cm-line")).to_have_count(1 if len(labels) > 1 else 2)
    person.page.keyboard.type("完")
    expect(text).to_have_text(f"{shown}完")


@pytest.mark.parametrize("width", [1440, 1024])
def test_short_chips_stand_on_one_line(browser: Browser, app: App, doc: str, width: int) -> None:
    person = Person(browser, app, width)
    person.open("draft", doc)
    expect(person.text_of(KEY)).to_have_text(SHOWN)
    broken = person.page.evaluate(
        """() => [...document.querySelectorAll(".st-key-paper .ng-chip:not(.words)")]
             .filter((chip) => [...chip.textContent].length <= 8 && chip.getClientRects().length > 1)
             .map((chip) => chip.textContent)"""
    )
    assert broken == []
    assert person.overflow() == 0
    person.context.close()


# ---- clipboard and input methods


def test_paste_of_formatted_text_is_plain(person: Person, text: Locator) -> None:
    text.click(position={"x": 3, "y": 3})
    person.page.keyboard.press("Control+Home")
    text.evaluate(
        """(box) => {
          const data = new DataTransfer();
          const image = "<img src=x onerror='window.hit=1'>";
          data.setData("text/html", "<b style='color:red'>一是抓教育。</b><p>二是抓训练。</p>" + image);
          data.setData("text/plain", "一是抓教育。\\r\\n\\r\\n　　二是抓训练。\\u200b");
          box.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
        }"""
    )
    person.saved(KEY, f"一是抓教育。\n二是抓训练。{TEXT}")
    assert not text.locator("b, img:not(.cm-widgetBuffer)").count()
    assert person.page.evaluate("window.hit") is None


@pytest.mark.parametrize(
    ("kind", "raw", "pasted"),
    [
        ("text/plain", "\u3000\u3000一是抓教育。\r\n\u3000\u3000二是抓训练。", "一是抓教育。\n二是抓训练。"),
        ("text/plain", " 一是抓教育。", " 一是抓教育。"),
        ("text/html", "<p>一是抓\n  教育。</p>\n<p>二是<b>抓</b>训练。</p>", "一是抓教育。\n二是抓训练。"),
        (
            "text/html",
            "<table><tr><td><p>姓名</p></td> <td>职务</td></tr>\n<tr><td>张三</td><td>连长</td></tr></table>",
            "姓名 职务\n张三 连长",
        ),
    ],
)
def test_paste_leaves_indents_and_keeps_paragraphs(
    person: Person, text: Locator, kind: str, raw: str, pasted: str
) -> None:
    text.click(position={"x": 3, "y": 3})
    caret(person, 4)
    text.evaluate(
        """(box, [kind, raw]) => {
          const data = new DataTransfer();
          data.setData(kind, raw);
          box.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
        }""",
        [kind, raw],
    )
    person.saved(KEY, f"{TEXT[:4]}{pasted}{TEXT[4:]}")


def test_paste_of_fifty_thousand_characters_is_kept_and_can_be_undone(person: Person, text: Locator) -> None:
    long = "广泛宣传发动，组织应征报名，严把体检关口。" * 2500
    text.click(position={"x": 3, "y": 3})
    person.page.keyboard.press("Control+End")
    text.evaluate(
        """(box, long) => {
          const data = new DataTransfer();
          data.setData("text/plain", long);
          box.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
        }""",
        long,
    )
    person.page.keyboard.type("还能写。")
    person.saved(KEY, f"{TEXT}{long}还能写。")
    assert person.page.locator(".st-key-paper .cm-line").count() < 2000, "what is not seen is not drawn"
    person.page.keyboard.press("Control+z")
    person.page.keyboard.press("Control+z")
    person.saved(KEY, TEXT)


def test_input_method_writes_into_the_middle(person: Person, app: App, text: Locator) -> None:
    text.click(position={"x": 3, "y": 3})
    caret(person, 5)
    keys = person.context.new_cdp_session(person.page)
    for begun in ("x", "xi", "xin", "xin b", "xin bing"):
        keys.send("Input.imeSetComposition", {"text": begun, "selectionStart": len(begun), "selectionEnd": len(begun)})
        person.page.wait_for_timeout(300)
    assert app.text(person.doc, KEY) == TEXT, "nothing is saved while an input method is composing"
    keys.send("Input.insertText", {"text": "新兵"})
    person.saved(KEY, TEXT.replace("名}}，", "名}}新兵，"))
    person.page.keyboard.type("好")
    person.saved(KEY, TEXT.replace("名}}，", "名}}新兵好，"))
    expect(text).to_have_text("全年送兵18名新兵好，其中大学生16人。")


def test_text_from_elsewhere_waits_until_the_input_method_is_done(person: Person, app: App, text: Locator) -> None:
    text.click(position={"x": 3, "y": 3})
    caret(person, 5)
    keys = person.context.new_cdp_session(person.page)
    keys.send("Input.imeSetComposition", {"text": "xin", "selectionStart": 3, "selectionEnd": 3})
    put(app, person.doc, f"前面多了一句。{TEXT}")
    # Any run of the page would bring the new text.
    person.key("pick-conscription").dispatch_event("click")
    expect(person.page.locator(".st-key-sec-on-conscription")).to_be_visible()
    expect(text).to_contain_text("全年送兵18名xin，")
    keys.send("Input.insertText", {"text": "新兵"})
    expect(person.page.get_by_text("这一节在别处先保存了")).to_be_visible()
    assert TEXT.replace("名}}，", "名}}新兵，") in {one.text for one in app.desk.versions(person.doc, KEY)}


# ---- what is told about the text


def test_bare_number_is_underlined_and_says_why(person: Person, text: Locator) -> None:
    type_at(person, text, 0, "走访99户。")
    person.page.keyboard.press("Control+s")
    mark = text.locator(".ng-bare")
    expect(mark).to_have_text("99户")
    mark.hover()
    expect(person.page.locator(".ng-tip")).to_contain_text("99户")
    # The line stays under the number while other words move it.
    type_at(person, text, 0, "全年")
    expect(mark).to_have_text("99户")


@pytest.mark.usefixtures("text")
def test_press_into_a_text_chooses_its_section_and_moves_no_line(person: Person) -> None:
    other = person.text_of("conscription")
    other.scroll_into_view_if_needed()
    before = other.bounding_box()
    other.click()
    expect(person.page.locator(".st-key-sec-on-conscription")).to_be_visible()
    person.settle()
    assert other.bounding_box() == before
    assert other.evaluate("(box) => box === document.activeElement")


def test_code_of_the_editor_is_fetched_once(person: Person, doc: str) -> None:
    fetched: list[str] = []
    received: list[int] = []
    person.page.on("request", lambda request: fetched.append(request.url))
    person.page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: received.append(len(frame))))
    person.open("draft", doc)
    text = person.text_of(KEY)
    expect(text).to_have_text(SHOWN)
    person.settle()
    received.clear()
    type_at(person, text, 0, "写几个字")
    person.saved(KEY, f"写几个字{TEXT}")
    person.press("pick-conscription")
    assert sum(url.endswith("/editor.js") for url in fetched) == 1
    assert max(received) < 50_000, "no code, and not all facts, with every run"
