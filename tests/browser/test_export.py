"""导出 in a real browser: what Streamlit would tell in English, or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from browser_kit import App, Person, serve
from playwright.sync_api import expect


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    with serve(tmp_path_factory.mktemp("export")) as running:
        yield running


def test_a_final_copy_that_another_tab_stopped_is_told_on_its_card(person: Person, app: App) -> None:
    doc = app.written()
    person.open("export", doc)
    name, file = person.download("download-final")
    assert name == "柳林街道2025年党管武装工作述职报告.docx"
    assert file.read_bytes().startswith(b"PK")
    person.settle()
    app.desk.set_fact(doc, "入伍人数", None)
    person.key("download-final").click()
    expect(person.page.locator(".st-key-card-final", has_text="处理完才能出正式稿")).to_be_visible()
    expect(person.key("download-final")).to_have_count(0)


def test_the_page_stays_as_it_is_when_a_file_is_handed_over(person: Person, app: App) -> None:
    person.open("export", app.written())
    card = person.page.locator(".st-key-card-final")
    card.evaluate("card => { window.card = card; window.top0 = card.getBoundingClientRect().top; }")
    person.download("download-review")
    person.settle()
    assert card.evaluate("card => [card === window.card, card.getBoundingClientRect().top - window.top0]") == [True, 0]


def test_a_file_that_the_browser_refuses_is_told_beside_it(person: Person, app: App, tmp_path: Path) -> None:
    person.open("export", app.written())
    person.page.locator(".st-key-export-part button", has_text="读回送审稿").click()
    person.settle()
    large = tmp_path / "送审稿.docx"
    large.write_bytes(b"PK" + bytes(21 * 1024 * 1024))
    box = person.page.get_by_test_id("stFileUploader")
    said = "box => getComputedStyle(box, '::after').content"
    assert "没有收下" not in str(box.evaluate(said))
    box.locator("input[type=file]").set_input_files(str(large))
    expect(box.get_by_test_id("stFileChip")).to_have_attribute("aria-invalid", "true")
    assert "超过 20 MB" in str(box.evaluate(said))
