"""Whatever is typed is shown as it was typed: markup is text, rare characters stay, control characters go."""

from __future__ import annotations

import html
from io import BytesIO

import docx
import pytest
from app_kit import PAGES, Tab, the_desk, written

from assistant.ui.texts import as_text

NASTY = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "**粗** _斜_ `码` [链](http://example.com) ![图](http://example.com/x.png)",
    ":red[红] :material/home: $x^2$ ~~删~~",
    "&lt;b&gt; &amp;",
    "👩‍👩‍👧 🚒",
    "𠮷野家𪚥",
    "{{{}}} {{ }} }}{{",
    "a\x00b\x07c\x1bd",
    "' OR 1=1 --",
    "{% for x in y %}{{ 7*7 }}",
)


@pytest.mark.parametrize("nasty", NASTY)
def test_name_is_text_on_every_page(nasty: str) -> None:
    doc = written()
    tab = Tab(doc, "facts").fill("单位简称", nasty)
    stored = tab.report.sheet.value("单位简称")
    assert isinstance(stored, str)
    assert not any(ord(character) < 32 for character in stored)
    for page in PAGES:
        tab.go(page)
        assert "<script" not in tab.markup
        assert "<img" not in tab.markup
    assert html.escape(stored) in tab.go("draft").markup.replace("</span><span", "")
    assert tab.go("export").downloads
    word = docx.Document(BytesIO(the_desk().export(tab.report, final=False).data))
    # A title may be broken into lines.
    assert "".join(stored.split()) in "".join("".join(paragraph.text for paragraph in word.paragraphs).split())
    tab.go("reports").press(f"delete-{doc}")
    assert "已删除" in tab.words


@pytest.mark.parametrize("nasty", NASTY)
def test_section_text_is_text(nasty: str) -> None:
    tab = Tab(written(), "draft").edit("opening", f"开头{nasty}结尾。").press("edit-done")
    assert "<script" not in tab.markup
    assert "<img" not in tab.markup
    section = tab.report.section("opening")
    assert section is not None
    assert section.text.startswith("开头")
    assert section.text.endswith("结尾。")
    for page in ("review", "export"):
        tab.go(page)
    assert the_desk().export(tab.report, final=False).data
    tab.go("draft").press("edit")
    assert tab.editor.value == section.text


@pytest.mark.parametrize("nasty", NASTY)
def test_list_and_note_are_text(nasty: str) -> None:
    tab = Tab(written(), "facts")
    tab.group("问题与打算")
    tab.fill("存在问题", f"问题甲\n{nasty}")
    assert "<script" not in tab.markup
    assert "<script" not in tab.go("draft").markup
    assert "<img" not in tab.markup


def test_what_could_not_be_read_is_told_as_text() -> None:
    tab = Tab(written(), "facts")
    tab.group("征兵工作")
    tab.fill("入伍人数", "<img src=x onerror=alert(1)>")
    assert "没有保存" in tab.note("入伍人数")
    assert "<img" not in tab.markup


@pytest.mark.parametrize("nasty", [words for words in NASTY if "\x00" not in words])
def test_text_for_markdown_is_escaped_mark_by_mark(nasty: str) -> None:
    shown = as_text(nasty)
    assert all(shown[at - 1] == "\\" for at, mark in enumerate(shown) if mark in "*_`[]<>$&:~" and at)
