"""The main job in a browser: facts, drafts, an edit, a redraw, the Word files; and how the pages look meanwhile."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from browser_kit import ROOT, App, Person, serve
from playwright.sync_api import Browser, expect

PAGES = ("", "facts", "draft", "review", "export", "settings")
TITLES = ("报告", "事实", "起草", "核校", "导出", "设置")
#: Names of things, which are written so in Chinese too.
NAMES = {"Word", "Excel", "PDF", "Markdown", "LibreOffice", "docx", "YAML", "yaml", "OpenAI", "http", "https"}
# llama.cpp and others that serve a model on one's own machine.
NAMES |= {"Ollama", "llama", "cpp", "vLLM"}


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    with serve(tmp_path_factory.mktemp("app")) as served:
        yield served


def paragraphs(file: Path) -> str:
    return "\n".join(paragraph.text for paragraph in docx.Document(str(file)).paragraphs)


def draft_all(person: Person, key: str) -> None:
    person.press(key)
    expect(person.page.get_by_role("button", name="全部重写")).to_be_visible()
    person.settle()
    expect(person.page.locator(".st-key-paper")).not_to_contain_text("（未起草）")


def test_from_a_shape_to_the_word_files(person: Person, app: App) -> None:
    person.open()
    person.page.get_by_text("述职报告（街道，重点工作式）").click()
    person.settle()
    person.press("新建")
    person.fill("单位简称", "柳林街道")
    person.fill("年度", "2025")
    person.press("group-5")
    person.fill("入伍人数", "18")
    person.fill("大学生入伍", "16人")
    person.fill("兵役登记", "几百")
    expect(person.page.get_by_text("没有保存")).to_be_visible()
    person.fill("兵役登记", "413")
    expect(person.page.get_by_text("没有保存")).to_have_count(0)
    doc = person.doc
    assert app.desk.report(doc).sheet.value("入伍人数") == 18

    person.reload()
    person.press("group-5")
    expect(person.page.get_by_label("入伍人数", exact=True)).to_have_value("18")

    person.visit("起草")
    draft_all(person, "draft-all-paper")
    assert "柳林街道2025年党管武装工作" in person.paper
    # 人 or 名: the phrases vary from report to report.
    assert re.search("18[人名]", person.paper)
    assert "【待补" in person.paper

    person.write("opening", "手写的开头，全年送兵{{入伍人数|名}}。")
    person.saved("opening", "手写的开头，全年送兵{{入伍人数|名}}。")
    expect(person.text_of("opening")).to_have_text("手写的开头，全年送兵18名。")

    before = app.text(doc, "conscription")
    person.press("pick-conscription")
    person.press("redraw")
    person.page.wait_for_timeout(1500)
    person.settle()
    assert app.text(doc, "conscription") != before
    assert app.text(doc, "opening") == "手写的开头，全年送兵{{入伍人数|名}}。"

    person.visit("导出")
    assert "处理完才能出正式稿" in person.words
    assert not person.key("download-final").count()
    name, file = person.download("download-review")
    assert name == "柳林街道2025年党管武装工作述职报告（送审稿）.docx"
    text = paragraphs(file)
    assert "手写的开头，全年送兵18名。" in text
    assert "16" in text
    assert "413" in text
    assert "【待补：" in text

    person.visit("事实")
    person.page.get_by_text("事实表文件").click()
    person.page.locator('input[type="file"]').set_input_files(ROOT / "examples" / "liulin-duty-c.yaml")
    person.settle()
    person.press("用这个文件替换全部事实")
    assert app.desk.report(doc).sheet.value("兵役登记") == 413
    person.visit("起草")
    person.press("全部重写")
    draft_all(person, "redraft-all")
    person.page.wait_for_timeout(1500)
    person.settle()
    assert "手写的开头" in person.paper, "what a person wrote is not redrawn"
    assert "【待补" not in person.paper

    person.visit("导出")
    name, file = person.download("download-final")
    assert name == "柳林街道2025年党管武装工作述职报告.docx"
    text = paragraphs(file)
    for fact in ("18名", "413", "2025年", "沈国安", "手写的开头"):
        assert fact in text
    assert "待补" not in text
    assert "{{" not in text


def test_grid_is_typed_into(person: Person, app: App) -> None:
    doc = app.desk.create_from_example("liulin-duty-c.yaml").id
    person.open("facts", doc)
    person.press("group-3")
    canvas = person.page.locator('[data-testid="stDataFrame"] canvas').first
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    assert box is not None

    # The third column of the first row: 编制人数 of 应急排, in a grid of five columns under one line of heads.
    def planned() -> object:
        rows = app.desk.report(doc).sheet.fact("民兵分队").value
        return rows[0]["编制人数"]  # type: ignore[index, call-overload]

    # The grid lays itself out after it is on the page, and waits a moment for more before it tells the server.
    for _ in range(4):
        person.page.wait_for_timeout(1000)
        person.page.mouse.click(box["x"] + box["width"] * 0.45, box["y"] + 52)
        person.page.keyboard.type("33", delay=60)
        person.page.keyboard.press("Enter")
        person.page.wait_for_timeout(2000)
        if planned() == 33:
            break
    assert planned() == 33
    rows = app.desk.report(doc).sheet.fact("民兵分队").value
    assert len(rows) == 3  # type: ignore[arg-type]


def test_press_right_after_typing_keeps_both(person: Person, app: App) -> None:
    doc = app.written()
    person.open("draft", doc)
    person.write("opening", "刚写完就点别处。")
    person.key("pick-conscription").click(delay=0)
    person.saved("opening", "刚写完就点别处。")
    expect(person.page.locator(".st-key-sec-on-conscription")).to_be_visible()


def test_export_right_after_typing_holds_what_was_typed(person: Person, app: App) -> None:
    doc = app.written()
    person.open("draft", doc)
    person.write("opening", "刚写完就去导出。")
    person.visit("导出")
    _, file = person.download("download-review")
    assert "刚写完就去导出。" in paragraphs(file)


def test_a_text_left_while_the_server_is_busy_is_stored(person: Person, app: App) -> None:
    doc = app.written()
    for number in range(3):
        person.open("draft", doc)
        person.write("opening", f"第{number}回，写完就走。")
        with app.stunned():
            person.page.get_by_role("link", name="导出", exact=True).first.click(delay=60)
            person.page.wait_for_timeout(400)
        expect(person.key("download-review")).to_be_visible()
        person.saved("opening", f"第{number}回，写完就走。", doc)


def test_an_entry_left_while_the_server_is_busy_is_stored(person: Person, app: App) -> None:
    doc = app.written()
    for number in (21, 22, 23):
        person.open("facts", doc)
        person.page.get_by_role("button", name="征兵工作").first.click()
        person.settle()
        person.page.get_by_label("入伍人数", exact=True).first.fill(str(number))
        with app.stunned():
            person.page.get_by_role("link", name="导出", exact=True).first.click(delay=60)
            person.page.wait_for_timeout(400)
        expect(person.key("download-review")).to_be_visible()
        until = time.monotonic() + 20
        while app.desk.report(doc).sheet.value("入伍人数") != number and time.monotonic() < until:
            person.page.wait_for_timeout(50)
        assert app.desk.report(doc).sheet.value("入伍人数") == number


def test_markup_in_a_name_and_a_text_is_never_run(person: Person, app: App) -> None:
    doc = app.written()
    nasty = '<img src=x onerror="window.hit=1"> **粗** ![图](http://example.com/x.png) 𠮷🚒'
    app.desk.set_fact(doc, "单位简称", nasty)
    opening = app.desk.report(doc).section("opening")
    assert opening is not None
    app.desk.edit(doc, "opening", f"正文{nasty}<script>window.hit=1</script>。", opening.revision)
    for page in PAGES:
        person.open(page, doc)
        # The editor puts images without a source beside its chips, for the caret.
        assert not person.page.locator(".stMain img:not(.cm-widgetBuffer)").count(), page
    person.open("draft", doc)
    assert nasty in person.paper
    person.open("", doc)
    person.page.locator(f".st-key-more-{doc}, .st-key-card-{doc} [data-testid=stPopoverButton]").last.click()
    person.press(f"delete-{doc}")
    assert f"已删除：{nasty}" in person.words
    assert person.page.evaluate("window.hit") is None


@pytest.mark.parametrize("width", [1024, 1440])
def test_no_page_is_wider_than_its_window(browser: Browser, app: App, width: int) -> None:
    doc = app.written()
    app.desk.set_fact(doc, "入伍人数", None)
    person = Person(browser, app, width=width, height=800)
    for page in PAGES:
        person.open(page, doc)
        assert person.overflow() <= 0, page
        if page == "draft":
            person.press("pick-conscription")
            # At its beginning: in its middle a chip may stand, which leads to its fact.
            person.text_of("conscription").click(position={"x": 4, "y": 10})
            person.page.keyboard.type("{")
            expect(person.page.locator(".cm-tooltip-autocomplete")).to_be_visible()
            assert person.overflow() <= 0, "editing"
        if page == "facts":
            person.press("group-3")
            assert person.overflow() <= 0, "grid"
    person.context.close()


def english(person: Person) -> set[str]:
    """Words in Latin letters that can be read on the page: no icons, nothing for screen readers alone."""
    found = person.page.evaluate(
        """() => {
          const texts = [];
          const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          while (walker.nextNode()) {
            const box = walker.currentNode.parentElement;
            if (!box || box.closest('[translate="no"], script, style, noscript, textarea')) continue;
            const rect = box.getBoundingClientRect(), style = getComputedStyle(box);
            if (rect.width < 2 || rect.bottom < 0 || parseFloat(style.fontSize) === 0) continue;
            if (!box.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true })) continue;
            texts.push(walker.currentNode.data);
          }
          for (const box of document.querySelectorAll("[placeholder]"))
            if (box.checkVisibility() && !box.value && !box.closest('[data-baseweb="select"]'))
              texts.push(box.placeholder);
          return texts.join("\\n");
        }"""
    )
    return {word for word in re.findall(r"[A-Za-z]{3,}", re.sub(r"\{\{.*?\}\}|https?://\S+", "", found))} - NAMES


def test_streamlit_speaks_no_english_here(person: Person, app: App) -> None:
    doc = app.written()
    for page in PAGES:
        person.open(page, doc)
        assert english(person) == set(), page
        if page == "facts":
            box = person.page.get_by_label("单位简称", exact=True)
            box.press_sequentially("甲")
            assert english(person) == set(), "typing a fact"
            person.page.get_by_text("事实表文件").click()
            person.page.wait_for_timeout(400)
            assert english(person) == set(), "loading a sheet"
        if page == "draft":
            person.press("pick-conscription")
            person.text_of("conscription").press_sequentially("好{")
            expect(person.page.locator(".cm-tooltip-autocomplete")).to_be_visible()
            assert english(person) == set(), "editing"


def test_navigation_leads_to_every_page_and_keeps_the_report(person: Person, app: App) -> None:
    doc = app.written()
    person.open("draft", doc)
    for title in TITLES:
        person.visit(title)
        assert person.doc == doc, title
    person.reload()
    person.visit("起草")
    assert "柳林街道2025年" in person.paper
