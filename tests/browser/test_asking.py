"""Questions before something is done: a dialog opens, and each of its buttons shuts it and does what it says."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from browser_kit import App, Person, serve
from playwright.sync_api import expect

from assistant.drafting.settings import EndpointSettings

KEY = "conscription"
MINE = "手写的一段，全年送兵{{入伍人数|名}}。"


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    # An address for documentation: elsewhere, and nobody answers.
    elsewhere = EndpointSettings(base_url="http://203.0.113.9:9/v1", model="far", max_retries=0, connect_timeout=1)
    with serve(tmp_path_factory.mktemp("app"), elsewhere) as served:
        yield served


def test_a_persons_own_section_is_asked_about_and_then_what_leaves(person: Person, app: App) -> None:
    doc = app.desk.create_from_example("liulin-duty-c.yaml").id
    app.desk.edit(doc, KEY, MINE, 0)
    dialog = person.page.get_by_role("dialog")
    person.open("draft", doc)
    person.press(f"pick-{KEY}")
    person.press("redraw")
    expect(dialog).to_contain_text("不会覆盖您写的")
    person.press("beside-no")
    expect(dialog).to_have_count(0)

    person.press("redraw")
    person.press("beside-yes")
    expect(dialog).to_contain_text("203.0.113.9")
    assert "不会覆盖您写的" not in dialog.inner_text(), "one question after the other"
    person.press("send-refuse")
    expect(dialog).to_have_count(0)
    assert app.desk.engines.sending.calls(5) == []
    expect(person.text_of(KEY)).to_have_text("手写的一段，全年送兵18名。")

    # What was answered with yes is not asked again; the other question is.
    person.press("redraw")
    expect(dialog).to_contain_text("203.0.113.9")
    person.press("send-agree")
    expect(dialog).to_have_count(0)
    expect(person.page.get_by_text("没有写成")).to_be_visible()
    assert app.text(doc, KEY) == MINE
