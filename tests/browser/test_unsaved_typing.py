"""What was typed and not left when the page went: it is saved by the next one, or both values are told."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from browser_kit import App, Person, serve
from playwright.sync_api import Locator, expect

MORE = "来源、备注、不外发和修改记录"


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    with serve(tmp_path_factory.mktemp("app")) as served:
        yield served


def blank(app: App) -> str:
    return app.desk.create("armed-forces-work", "duty-c").id


def box(person: Person, label: str) -> Locator:
    return person.page.get_by_label(label, exact=True).first


def opened(person: Person, doc: str, group: int = 5) -> None:
    person.open("facts", doc)
    person.press(f"group-{group}")


def typed(person: Person, label: str, text: str) -> None:
    box(person, label).click()
    person.page.keyboard.press("Control+End")
    person.page.keyboard.type(text, delay=20)


def kept(person: Person) -> list[str]:
    names = person.page.evaluate("Object.keys(localStorage).filter((name) => name.startsWith('nigao-typed:'))")
    return [str(name) for name in names]


def saved(person: Person, label: str, value: object, part: str = "value") -> None:
    """The line that tells it is gone before a slow machine has looked."""
    until = time.monotonic() + 60
    doc, found = person.doc, None
    while time.monotonic() < until:
        found = getattr(person.app.desk.report(doc).sheet.fact(label), part)
        if found == value:
            return
        person.page.wait_for_timeout(50)
    raise AssertionError(found)


def nothing_kept(person: Person) -> None:
    until = time.monotonic() + 30
    while kept(person) and time.monotonic() < until:
        person.page.wait_for_timeout(50)
    assert kept(person) == []


def test_a_reload_and_a_closed_tab_lose_nothing(person: Person, app: App) -> None:
    doc = blank(app)
    opened(person, doc)
    typed(person, "入伍人数", "12+9")
    person.reload()
    saved(person, "入伍人数", 21)
    assert app.desk.report(doc).sheet.fact("入伍人数").note == "算式：12+9"
    nothing_kept(person)
    person.press("group-5")
    expect(box(person, "入伍人数")).to_have_value("21")

    app.desk.set_fact(doc, "下步打算", ["第一条"])
    opened(person, doc, 10)
    typed(person, "下步打算", "\n第二条")
    person.page.close()
    assert app.desk.report(doc).sheet.value("下步打算") == ("第一条",), "not in the middle of typing"
    person.page = person.context.new_page()
    person.open("facts", doc)
    saved(person, "下步打算", ("第一条", "第二条"))


def test_what_is_being_typed_in_another_tab_stays_there_until_that_tab_is_gone(person: Person, app: App) -> None:
    doc = blank(app)
    opened(person, doc)
    typed(person, "适龄青年", "40")
    behind = person.context.new_page()
    person.page.bring_to_front()
    behind.goto(f"{app.url}/facts?doc={doc}")
    behind.locator(".ng-badge").wait_for()
    behind.wait_for_timeout(2500)
    assert app.desk.report(doc).sheet.fact("适龄青年").value is None
    person.page.keyboard.type("0", delay=20)
    person.page.keyboard.press("Enter")
    saved(person, "适龄青年", 400)
    person.settle()
    assert "还没有保存" not in person.words
    typed(person, "役前训练", "21")
    person.page.close()
    person.page = behind
    person.reload()
    saved(person, "役前训练", 21)


def test_the_way_back_loses_nothing(person: Person, app: App) -> None:
    doc = blank(app)
    person.open("draft", doc)
    person.visit("事实")
    person.press("group-5")
    typed(person, "役前训练", "21")
    person.page.go_back()
    person.arrived()
    person.visit("事实")
    saved(person, "役前训练", 21)


def test_what_another_wrote_meanwhile_is_told(person: Person, app: App) -> None:
    doc = blank(app)
    opened(person, doc)
    typed(person, "适龄青年", "390")
    app.desk.set_fact(doc, "适龄青年", 400)
    person.reload()
    expect(
        person.page.get_by_text("上次没来得及保存的，有 1 处请到旁边看一下再定：适龄青年（征兵工作）")
    ).to_be_visible()
    person.press("group-5")
    expect(box(person, "适龄青年")).to_have_value("400")
    expect(person.page.get_by_text("改成了“400”，您填的“390”还没有保存")).to_be_visible()
    person.press("用我填的")
    assert app.desk.report(doc).sheet.value("适龄青年") == 390


def test_letters_in_an_input_that_is_made_anew_are_told(person: Person, app: App) -> None:
    doc = blank(app)
    opened(person, doc)
    box(person, "适龄青年").click()
    person.page.keyboard.type("400", delay=20)
    app.desk.set_fact(doc, "兵役登记", 380)
    with app.stunned():
        person.page.keyboard.press("Enter")
        person.page.keyboard.type("37")
        person.page.wait_for_timeout(200)
    person.settle()
    box(person, "报名应征").click()
    expect(person.page.get_by_text("改成了“380”，您填的“37”还没有保存")).to_be_visible()
    assert app.desk.report(doc).sheet.value("兵役登记") == 380


def test_details_too_and_nothing_of_the_search(person: Person, app: App) -> None:
    doc = blank(app)
    opened(person, doc)
    person.page.locator(".st-key-fact-search input").click()
    person.page.keyboard.type("rw", delay=20)
    assert kept(person) == []
    row = person.page.locator('.st-key-form [class*="st-key-fact-row-"]').filter(has=box(person, "入伍人数"))
    row.get_by_role("button", name=MORE, exact=True).click()
    source = person.page.get_by_label("来源", exact=True)
    expect(source).to_be_focused()
    person.page.keyboard.type("花名册", delay=20)
    person.reload()
    saved(person, "入伍人数", "花名册", "source")


def test_letters_of_an_input_method_are_no_text_yet(person: Person, app: App) -> None:
    doc = blank(app)
    opened(person, doc, 10)
    box(person, "下步打算").click()
    session = person.context.new_cdp_session(person.page)
    session.send("Input.imeSetComposition", {"text": "xun", "selectionStart": 3, "selectionEnd": 3})
    assert kept(person) == []
    session.send("Input.insertText", {"text": "训练"})
    assert len(kept(person)) == 1
    person.reload()
    saved(person, "下步打算", ("训练",))


def test_an_entry_sends_nothing_more_and_leaves_nothing_behind(person: Person, app: App) -> None:
    doc = blank(app)
    opened(person, doc)
    person.page.evaluate(
        """() => { const tell = window.__nigaoTell; window.told = [];
                   window.__nigaoTell = (...what) => { window.told.push(what); tell(...what); }; }"""
    )
    box(person, "适龄青年").click()
    for text in ("400", "12+9", "约300", "abc"):
        person.page.keyboard.type(text, delay=20)
        person.page.keyboard.press("Enter")
        person.settle()
    person.page.keyboard.type("5+6", delay=20)
    person.page.keyboard.press("Tab")
    person.settle()
    nothing_kept(person)
    assert person.page.evaluate("window.told") == []
    person.reload()
    assert "上次没来得及保存" not in person.words
