"""A program that goes and comes back under an open page: what was typed meanwhile, and what is entered right after."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from browser_kit import App, Person, serve
from playwright.sync_api import Locator, WebSocketRoute, expect

KEY = "opening"
TEXT = "全年送兵{{入伍人数|名}}，其中大学生{{大学生入伍}}。"
SHOWN = "全年送兵18名，其中大学生16人。"
FACT = "适龄青年"


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    with serve(tmp_path_factory.mktemp("app")) as served:
        yield served


@pytest.fixture
def text(person: Person, app: App) -> Locator:
    """A section's text on the open page, the caret in front of it, the page at rest."""
    doc = app.written()
    section = app.desk.report(doc).section(KEY)
    assert section is not None
    app.desk.edit(doc, KEY, TEXT, section.revision)
    person.open("draft", doc)
    found = person.text_of(KEY)
    expect(found).to_have_text(SHOWN)
    found.click(position={"x": 3, "y": 3})
    expect(person.page.locator(f".st-key-sec-on-{KEY}")).to_be_visible()
    person.settle()
    return found


@pytest.fixture
def box(person: Person, app: App) -> Locator:
    """The input of a fact that has no value, on the open page."""
    person.open("facts", app.desk.create("armed-forces-work", "duty-c").id)
    person.press("group-5")
    return person.page.get_by_label(FACT, exact=True).first


def noticed(person: Person) -> None:
    """Until the page knows that the program is gone."""
    expect(person.page.locator("[data-testid=stApp][data-test-connection-state=PINGING_SERVER]")).to_be_attached()


def value(app: App, doc: str) -> object:
    return app.desk.report(doc).sheet.value(FACT)


def test_text_typed_long_before_the_program_is_back_is_stored(person: Person, text: Locator) -> None:
    with person.app.gone():
        noticed(person)
        person.page.keyboard.type("断了。")
        expect(person.page.get_by_text("连上以后保存")).to_be_visible()
        # Longer than until the rest of the page is asked for.
        person.page.wait_for_timeout(4500)
    person.saved(KEY, f"断了。{TEXT}")
    expect(text).to_be_focused()
    person.page.keyboard.type("又连上了。")
    person.saved(KEY, f"断了。又连上了。{TEXT}")


def test_who_goes_on_after_a_save_whose_answer_was_lost_is_asked_nothing(person: Person, app: App) -> None:
    """The text is on disk, the page does not know it: it is not taken for somebody else's."""
    deaf = False

    def listen(route: WebSocketRoute) -> None:
        def pass_on(frame: str | bytes) -> None:
            if not deaf:
                route.send(frame)

        route.connect_to_server().on_message(pass_on)

    person.page.route_web_socket("**/_stcore/stream", listen)
    doc = app.written()
    person.open("draft", doc)
    before = app.text(doc, KEY)
    person.text_of(KEY).click(position={"x": 3, "y": 3})
    expect(person.page.locator(f".st-key-sec-on-{KEY}")).to_be_visible()
    person.settle()
    person.page.keyboard.press("Control+Home")
    deaf = True
    person.page.keyboard.type("存了。")
    person.saved(KEY, f"存了。{before}")
    with app.gone():
        noticed(person)
        person.page.keyboard.type("又写。")
        deaf = False
    person.saved(KEY, f"存了。又写。{before}")
    person.settle()
    assert "在别处" not in person.words


def test_who_closes_the_tab_with_a_text_that_is_not_stored_is_asked(person: Person, text: Locator) -> None:
    asked: list[str] = []
    page = person.page
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    with person.app.gone():
        noticed(person)
        page.keyboard.type("断了。")
        with page.expect_event("dialog"):
            page.close(run_before_unload=True)
        assert asked == ["beforeunload"]
        expect(text).to_have_text(f"断了。{SHOWN}")
    person.saved(KEY, f"断了。{TEXT}")
    with page.expect_event("close"):
        page.close(run_before_unload=True)
    assert asked == ["beforeunload"]


def test_an_entry_right_after_the_program_came_back_is_stored(person: Person, app: App, box: Locator) -> None:
    doc = person.doc
    with app.gone():
        noticed(person)
    box.click()
    person.page.keyboard.type("400")
    person.page.keyboard.press("Tab")
    person.settle()
    assert value(app, doc) == 400


def test_an_entry_under_way_when_the_program_went_goes_on_when_it_is_back(
    person: Person, app: App, box: Locator
) -> None:
    box.click()
    person.page.keyboard.type("40")
    doc = person.doc
    with app.gone():
        noticed(person)
    expect(box).to_be_focused()
    person.page.keyboard.type("5")
    person.page.keyboard.press("Tab")
    person.settle()
    assert value(app, doc) == 405


@pytest.mark.usefixtures("text")
def test_that_a_save_has_no_answer_is_said_until_it_has_one(person: Person) -> None:
    foot = person.page.locator(".ng-status .right")
    with person.app.stunned():
        person.page.keyboard.type("慢。")
        expect(foot).to_have_text("还没有保存，正在再试")
    expect(foot).to_contain_text("已保存")
    person.saved(KEY, f"慢。{TEXT}")
