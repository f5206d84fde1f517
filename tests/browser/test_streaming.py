"""Drafts by a model while the page is open: text as it comes, stop, typing beside it, reload. Forty tokens a second."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from browser_kit import App, Person, serve
from playwright.sync_api import Browser, expect

from assistant.drafting.settings import EndpointSettings
from tests.fakes.endpoint import FakeEndpoint

LIVE = ".ng-paper.live"


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    with FakeEndpoint(tokens_per_second=40) as fake:
        endpoint = EndpointSettings(base_url=fake.base_url, model="fake", concurrency=3)
        with serve(tmp_path_factory.mktemp("app"), endpoint) as served:
            yield served


@pytest.fixture
def doc(app: App) -> str:
    return app.desk.create_from_example("liulin-duty-c.yaml").id


def finished(person: Person) -> None:
    expect(person.page.locator(LIVE)).to_have_count(0, timeout=90_000)
    expect(person.key("stop-all")).to_have_count(0, timeout=90_000)
    person.settle()


def test_text_streams_with_its_facts_in_place(person: Person, app: App, doc: str) -> None:
    person.open("draft", doc)
    person.press("draft-all-paper")
    live = person.page.locator(LIVE).last
    expect(live).to_be_visible()
    lengths = []
    for _ in range(4):
        person.page.wait_for_timeout(700)
        lengths.append(sum(len(text) for text in person.page.locator(LIVE).all_inner_texts()))
    # A slot is longer while it is half written than when its value stands in its place.
    assert lengths[-1] > lengths[0], "more text as time goes by"
    assert person.page.locator(f"{LIVE} .ng-chip").count(), "values, not slots"
    assert "{{" not in person.paper
    assert re.search(r"\d+/\d+字 \d+秒", person.words)
    finished(person)
    assert all(section.text for section in app.desk.report(doc).written)
    assert "（未起草）" not in person.paper


def test_stop_keeps_what_came(person: Person, app: App, doc: str) -> None:
    person.open("draft", doc)
    person.press("draft-all-paper")
    expect(person.page.locator(LIVE).first).to_be_visible()
    some = "() => [...document.querySelectorAll('.ng-paper.live')].some(e => e.innerText.length > 60)"
    person.page.wait_for_function(some)
    person.key("stop-all").click()
    finished(person)
    sections = app.desk.report(doc).written
    begun = [section for section in sections if section.text]
    assert begun, "what had come is kept"
    assert len(begun) < len(sections), "what had not begun is not written"
    assert begun[0].text[:6] in app.text(doc, begun[0].key)
    assert person.key("draft-all").first.is_enabled()


def test_the_tools_of_a_short_section_leave_the_next_ones_free(person: Person, doc: str) -> None:
    person.open("draft", doc)
    person.key("pick-causes").click()
    person.press("draft-all-paper")
    # A line that waits in the queue is the shortest that a section can be.
    expect(person.page.locator(".st-key-part-causes")).to_contain_text("排队等待起草")
    expect(person.page.locator('[class*="st-key-live-tools-"]').first).to_be_visible()
    boxes = """() => [...document.querySelectorAll('[class*="st-key-part-"] button')]
        .filter((one) => one.offsetParent).map((one) => one.getBoundingClientRect())
        .map(({left, right, top, bottom}) => [left, right, top, bottom])"""
    found = person.page.evaluate(boxes)
    assert len(found) > 4
    for place, (left, right, top, bottom) in enumerate(found):
        for other in found[place + 1 :]:
            apart = other[0] >= right or other[1] <= left or other[2] >= bottom or other[3] <= top
            assert apart, (left, right, top, bottom, other)
    person.key("stop-all").click()
    finished(person)


def test_one_section_stops_alone(person: Person, app: App, doc: str) -> None:
    person.open("draft", doc)
    person.press("draft-all-paper")
    # A section that is stopped before its first words keeps none.
    last = "() => [...document.querySelectorAll('.ng-paper.live')].at(-1)?.innerText.length > 60"
    person.page.wait_for_function(last)
    # Sections that still queue can be stopped too.
    written = person.page.locator('[class*="st-key-text-"]:has(.ng-paper.live)').last
    stop = written.locator('[class*="st-key-stop-"] button')
    place = stop.locator("xpath=ancestor::*[contains(@class, 'st-key-stop-')][1]")
    [key] = re.findall(r"st-key-stop-([\w-]+)", place.get_attribute("class") or "")
    # That one's: another may be the last by now. By the keyboard: text that streams above moves it under a pointer.
    person.key(f"stop-{key}").first.press("Enter")
    person.settle()
    finished(person)
    sections = {section.key: section for section in app.desk.report(doc).written}
    assert sections[key].text
    assert not app.desk.versions(doc, key)[0].complete
    assert all(section.text for section in sections.values())


def test_typing_in_one_section_while_the_others_stream_loses_nothing(person: Person, app: App, doc: str) -> None:
    # By the embedded engine of the test's own desk; what the server drafts with must stay the endpoint.
    app.desk.redraw(doc, "opening")
    assert app.desk.wait(doc, 20)
    person.open("draft", doc)
    person.press("draft-all")
    expect(person.page.locator(LIVE).first).to_be_visible()
    person.write("opening", "")
    person.page.keyboard.press("Delete")
    typed = "旁边各节正在起草，这里一个字一个字地写，一个字也不能少。" * 2
    beside = []
    for place in range(0, len(typed), 8):
        person.page.keyboard.type(typed[place : place + 8], delay=60)
        beside.append(person.page.locator(LIVE).count())
    expect(person.text_of("opening")).to_have_text(typed)
    assert person.text_of("opening").evaluate("(e) => e === document.activeElement"), "the caret stays"
    assert beside[1], "the others went on meanwhile"
    person.saved("opening", typed)
    finished(person)
    assert app.text(doc, "opening") == typed
    assert all(section.text for section in app.desk.report(doc).written)


def test_reload_during_a_draft_finds_it_going_on(person: Person, app: App, doc: str) -> None:
    person.open("draft", doc)
    person.press("draft-all-paper")
    person.page.wait_for_timeout(1000)
    person.reload()
    expect(person.page.locator(LIVE).first).to_be_visible()
    assert re.search(r"\d+/\d+字 \d+秒", person.words)
    finished(person)
    assert all(section.text for section in app.desk.report(doc).written)


def test_tab_closed_during_a_draft_loses_nothing(person: Person, app: App, doc: str) -> None:
    person.open("draft", doc)
    person.press("draft-all-paper")
    person.page.wait_for_timeout(1000)
    person.page.goto("about:blank")
    person.page.wait_for_timeout(1500)
    person.open("draft", doc)
    finished(person)
    assert all(section.text for section in app.desk.report(doc).written)
    assert all(section.state == "drafted" for section in app.desk.report(doc).written)


@pytest.mark.parametrize("width", [1440, 1024])
def test_what_stops_a_section_takes_no_line_of_the_paper(browser: Browser, app: App, doc: str, width: int) -> None:
    person = Person(browser, app, width)
    person.open("draft", doc)
    person.press("draft-all")
    stop = person.page.locator('[class*="st-key-stop-"]:not(.st-key-stop-all) button').last
    expect(stop).to_be_visible()
    part = stop.locator("xpath=ancestor::*[contains(@class, 'st-key-part-')][1]")
    # All three at one moment: the paper grows and scrolls while text comes.
    written, button, whole = part.evaluate(
        """part => {
            const stops = [...part.querySelectorAll('[class*="st-key-stop-"] button')];
            return [part.querySelector(".ng-paper"), stops.at(-1), part].map(a => a.getBoundingClientRect().toJSON());
        }"""
    )
    assert button["y"] < written["y"] + 40
    assert written["y"] - whole["y"] < 12, "no line above the text"
    assert button["x"] > written["x"] + written["width"] - 12, "beside the text"
    assert person.overflow() == 0
    person.press("stop-all")
    person.context.close()


def test_the_outline_is_edited_while_sections_are_written(person: Person, app: App, doc: str) -> None:
    person.open("draft", doc)
    person.press("draft-all-paper")
    expect(person.page.locator(LIVE).first).to_be_visible()
    person.key("outline-edit").first.click()
    expect(person.key("outline-done").first).to_be_visible()
    person.key("outline-row-conscription").first.click()
    name = person.page.get_by_label("名称", exact=True)
    name.fill("征兵")
    name.press("Enter")
    expect(person.key("outline-row-conscription").first).to_contain_text("征兵")
    assert person.page.locator(LIVE).count(), "and they are still being written"
    # Between two sections none may be live: 停止 stands at the list until the last one is written.
    person.press("outline-done")
    finished(person)
    assert app.desk.report(doc).section("conscription").title == "征兵"  # type: ignore[union-attr]
    assert all(section.text for section in app.desk.report(doc).written)
