"""The workbench in a real browser: a new text taken place by place, 撤销 across a reload, versions, kept versions."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from browser_kit import App, Person, serve
from playwright.sync_api import expect

KEY = "opening"
OLD = "广泛开展宣传发动，全年送兵{{入伍人数|名}}。严把体检关口，没有发生退兵。"
NEW = "盯住应届毕业生这个重点，全年送兵{{入伍人数|名}}。严把政治考核关口，没有发生退兵。"
HALF = OLD.replace("体检", "政治考核")


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    with serve(tmp_path_factory.mktemp("app")) as served:
        yield served


@pytest.fixture
def doc(app: App) -> str:
    """A report with a person's text in one section and a model's beside it."""
    made = app.written()
    section = app.desk.report(made).section(KEY)
    assert section is not None
    app.desk.edit(made, KEY, OLD, section.revision)
    app.desk.store.save_draft(
        made, KEY, NEW, engine="endpoint", model="m", instruction="突出大学生", base_revision=0, propose=True
    )
    return made


@pytest.fixture
def opened(person: Person, doc: str) -> Person:
    person.open("draft", doc)
    # The page is whole when its texts can be read.
    expect(person.text_of(KEY)).to_contain_text("18名")
    person.press(f"pick-{KEY}")
    return person


def test_one_change_is_taken_undone_after_a_reload_and_done_again(opened: Person) -> None:
    paper = opened.page.locator(f".st-key-candidate-{KEY} .ng-compared")
    expect(paper.locator("del").first).to_have_text("广泛开展宣传发动")
    expect(paper.locator("ins").first).to_have_text("盯住应届毕业生这个重点")
    expect(paper.locator(".ng-chip")).to_have_text("18名")
    expect(opened.text_of(KEY)).to_be_hidden()
    opened.press("by-place-toggle")
    opened.press("take-2")
    opened.saved(KEY, HALF)
    expect(paper.locator("ins")).to_have_count(1)
    opened.reload()
    button = opened.key("undo-text").first
    expect(button).to_contain_text("撤销：采用一处 开头")
    opened.press("undo-text")
    opened.saved(KEY, OLD)
    opened.press("redo-text")
    opened.saved(KEY, HALF)
    assert opened.overflow() == 0


def test_undo_pressed_right_after_typing_takes_back_what_was_typed(person: Person, app: App) -> None:
    doc = app.written()
    drafted = app.text(doc, KEY)
    person.open("draft", doc)
    text = person.text_of(KEY)
    text.click(position={"x": 3, "y": 3})
    expect(person.page.locator(f".st-key-sec-on-{KEY}")).to_be_visible()
    person.settle()
    person.page.keyboard.type("慢。")
    person.key("undo-text").first.click(delay=60)
    expect(person.page.get_by_text("已撤销：修改 开头")).to_be_visible()
    person.saved(KEY, drafted)
    person.press("redo-text")
    person.saved(KEY, f"慢。{drafted}")


def test_mine_is_kept_and_the_editor_comes_back(opened: Person) -> None:
    opened.press("discard")
    text = opened.text_of(KEY)
    expect(text).to_be_visible()
    expect(text).to_have_text("广泛开展宣传发动，全年送兵18名。严把体检关口，没有发生退兵。")


def test_who_goes_on_with_their_own_text_sees_both(opened: Person) -> None:
    opened.press("own-text")
    text = opened.text_of(KEY)
    expect(text).to_be_visible()
    text.click(position={"x": 3, "y": 3})
    opened.page.keyboard.press("Control+End")
    opened.page.keyboard.type("我再添一句。")
    opened.saved(KEY, f"{OLD}我再添一句。")
    expect(text).to_be_focused()
    expect(opened.page.locator(f".st-key-candidate-{KEY}")).to_be_visible()


def test_a_new_text_that_arrives_while_somebody_types_moves_nothing(person: Person, app: App, doc: str) -> None:
    app.desk.discard_candidate(doc, KEY, app.desk.candidates(doc)[KEY].number)
    person.open("draft", doc)
    text = person.text_of(KEY)
    text.click(position={"x": 3, "y": 3})
    person.page.keyboard.press("Control+End")
    person.page.keyboard.type("前半，")
    app.desk.store.save_draft(doc, KEY, NEW, base_revision=0, propose=True)
    person.page.keyboard.type("后半。", delay=60)
    person.saved(KEY, f"{OLD}前半，后半。")
    expect(text).to_be_visible()
    expect(text).to_be_focused()


def test_undo_brings_the_old_text_into_the_open_editor(person: Person, app: App, doc: str) -> None:
    app.desk.discard_candidate(doc, KEY, app.desk.candidates(doc)[KEY].number)
    person.open("draft", doc)
    person.press(f"pick-{KEY}")
    text = person.text_of(KEY)
    text.click(position={"x": 3, "y": 3})
    person.page.keyboard.press("Control+End")
    person.page.keyboard.type("多写的一句。")
    person.saved(KEY, f"{OLD}多写的一句。")
    person.reload()
    person.press("undo-text")
    expect(text).not_to_contain_text("多写的一句")
    person.page.keyboard.press("Escape")
    text.click(position={"x": 3, "y": 3})
    person.page.keyboard.press("Control+End")
    person.page.keyboard.type("再写。")
    until = app.text(doc, KEY)
    assert "多写的一句" not in until


def test_versions_are_compared_and_one_restored(opened: Person, app: App, doc: str) -> None:
    opened.press("discard")
    opened.page.get_by_text("历次稿", exact=True).click()
    opened.press("compare")
    dialog = opened.page.get_by_role("dialog")
    expect(dialog.locator(".ng-compared ins").first).to_be_visible()
    # The same one on both sides is no mistake.
    dialog.get_by_role("combobox").first.click()
    opened.page.get_by_role("option").nth(1).click()
    expect(dialog.get_by_text("这两稿的文字相同。")).to_be_visible()
    dialog.get_by_role("combobox").first.click()
    opened.page.get_by_role("option").last.click()
    dialog.get_by_role("button", name="恢复第 1 稿").click()
    expect(dialog).to_be_hidden()
    first = app.desk.versions(doc, KEY)[-1].text
    opened.saved(KEY, first)


def test_a_milestone_is_kept_compared_and_restored(opened: Person, app: App, doc: str) -> None:
    opened.press("discard")
    opened.page.get_by_text("留存稿", exact=True).click()
    opened.press("milestone-keep")
    [kept] = app.desk.milestones(doc)
    assert kept.name == "送审稿一"
    section = app.desk.report(doc).section(KEY)
    assert section is not None
    app.desk.edit(doc, KEY, f"{OLD}后来添的。", section.revision)
    opened.reload()
    opened.press(f"pick-{KEY}")
    opened.page.get_by_text("留存稿", exact=True).click()
    opened.press(f"milestone-compare-{kept.id}")
    dialog = opened.page.get_by_role("dialog")
    expect(dialog.locator("ins")).to_have_text("后来添的。")
    opened.page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    # The run that drew the dialog ends: what it draws again would move the panel under an open popover.
    opened.settle()
    opened.page.locator(f".st-key-milestone-{kept.id}").get_by_role("button", name="恢复").click()
    opened.press(f"milestone-restore-{kept.id}")
    opened.saved(KEY, OLD)
    opened.page.keyboard.press("Escape")
    opened.page.locator(f".st-key-milestone-{kept.id}").get_by_role("button", name="删去").click()
    opened.press(f"milestone-delete-{kept.id}")
    assert app.desk.milestones(doc) == []


#: What the server sends arrives piece by piece, as on a slow line, once ``window.slow`` says so.
SLOW_LINE = """
  const listen = WebSocket.prototype.addEventListener;
  WebSocket.prototype.addEventListener = function (type, tell, ...more) {
    let last = Promise.resolve();
    const later = (event) => {
      last = last.then(() => new Promise((then) => setTimeout(then, window.slow ?? 0))).then(() => tell(event));
    };
    return listen.call(this, type, type === "message" ? later : tell, ...more);
  };
"""
#: The panel scrolled to its end; how high it was at the least since then.
LEAST = """() => {
  const panel = document.querySelector(".st-key-panel").closest("[data-testid=stColumn]");
  panel.scrollTop = panel.scrollHeight;
  const least = (window.least = { height: panel.scrollHeight });
  const look = () => {
    least.height = Math.min(least.height, panel.scrollHeight);
    if (window.least === least) requestAnimationFrame(look);
  };
  look();
  return panel.scrollHeight;
}"""


def test_the_panel_keeps_its_place_when_a_note_in_it_goes(person: Person, doc: str) -> None:
    person.page.add_init_script(SLOW_LINE)
    person.open("draft", doc)
    expect(person.text_of(KEY)).to_contain_text("18名")
    person.press(f"pick-{KEY}")
    person.press("discard")
    for box in ("历次稿", "留存稿"):
        person.page.get_by_text(box, exact=True).click()
        person.settle()
    person.press("milestone-keep")
    note = person.page.locator(".st-key-panel").get_by_text("新稿会放在旁边")
    expect(note).to_be_visible()
    person.page.evaluate("window.slow = 8")
    before = person.page.evaluate(LEAST)
    # A locked section is not redrawn: what is said of that goes from the head of the panel.
    person.press("lock")
    expect(note).to_have_count(0)
    person.page.wait_for_timeout(500)
    person.settle()
    assert person.page.evaluate("window.least.height") > before - 80, "no more than the note's own height"


def test_what_was_said_last_is_before_the_eyes_in_a_long_conversation(person: Person, app: App) -> None:
    doc = app.written()
    for count in range(20, 26):
        app.desk.chat.say(doc, f"今年征兵{count}人，其中大学生9人")
    person.open("draft", doc)
    line = person.page.locator('[data-testid="stChatInputTextArea"]')
    for count in (30, 31):
        line.fill(f"今年征兵{count}人，其中大学生9人")
        line.press("Enter")
        expect(person.page.locator(".ng-said.mine").last).to_contain_text(f"今年征兵{count}人")
        person.settle()
        expect(person.page.get_by_role("button", name="全部采用").last).to_be_in_viewport(ratio=1)


#: A busy page: what the wheel moved is told long after the wheel.
SLOW_WHEEL = """document.addEventListener("wheel", () => {
  const until = performance.now() + 1500;
  while (performance.now() < until);
})"""


def test_who_reads_further_up_in_the_conversation_stays_there_until_something_new_is_said(
    person: Person, app: App
) -> None:
    person.page.add_init_script(SLOW_WHEEL)
    doc = app.written()
    # Each of another fact: what is said anew of the same one closes the proposal before.
    told = "征兵20人，其中大学生9人；走访慰问军属91户，慰问金9万元；训练了23天，参训176人次；适龄青年410人，登记409人"
    for said in told.split("；"):
        app.desk.chat.say(doc, said)
    person.open("draft", doc)
    take = person.page.get_by_role("button", name="全部采用").last
    expect(take).to_be_in_viewport(ratio=1)
    person.page.locator(".st-key-chat-log").hover()
    person.page.mouse.wheel(0, -3000)
    first = person.page.locator(".ng-said.mine").first
    expect(first).to_be_in_viewport(ratio=1)
    person.page.get_by_role("button", name="全不用").first.click()
    expect(person.page.get_by_role("button", name="重新考虑").first).to_be_visible()
    expect(first).to_be_in_viewport(ratio=1)
    line = person.page.locator('[data-testid="stChatInputTextArea"]')
    line.fill("今年征兵41人，其中大学生9人")
    line.press("Enter")
    expect(person.page.locator(".ng-said.mine").last).to_contain_text("今年征兵41人")
    expect(take).to_be_in_viewport(ratio=1)
