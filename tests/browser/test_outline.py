"""编辑提纲 in a real browser: a section of one's own gets facts one after the other."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from browser_kit import App, Person, serve
from playwright.sync_api import expect


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    with serve(tmp_path_factory.mktemp("app")) as served:
        yield served


def test_facts_are_chosen_one_after_the_other(person: Person, app: App) -> None:
    doc = app.written()
    person.open("draft", doc)
    person.press("outline-edit")
    person.press("outline-row-conscription")
    person.page.get_by_role("button", name="添加").first.click()
    person.page.get_by_label("自己加一节").fill("防汛抢险")
    person.press("outline-add")
    expect(person.page.get_by_label("自己加一节")).to_be_hidden()
    box = person.page.locator('.st-key-panel [data-testid="stMultiSelect"]')
    for label in ("出动民兵", "应急处置次数", "入户排查"):
        box.locator("input").click()
        person.page.keyboard.type(label)
        person.page.get_by_role("option", name=label).first.click()
        person.settle()
    expect(box).to_contain_text("入户排查")
    own = next(one for one in app.desk.report(doc).sections if one.title == "防汛抢险")
    assert own.facts == ("出动民兵", "应急处置次数", "入户排查")
