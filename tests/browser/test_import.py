"""In a real browser: an old report as .docx, a ledger as GB18030 text, a form that is sent out and comes back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from browser_kit import App, Person, serve
from docx import Document
from playwright.sync_api import expect

TEXT = """青枫镇2025年党管武装工作情况报告
2025年，全镇适龄青年412人，完成兵役登记410人，最终批准入伍15名，去年为13名。印发宣传资料4500余份。
应急排编制30人、实有30人，民兵干部3人。
"""


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    with serve(tmp_path_factory.mktemp("import")) as running:
        yield running


@pytest.fixture
def doc(app: App) -> str:
    made = app.desk.create("armed-forces-work", "work-a").id
    app.desk.set_facts(made, {"年度": "2025", "入伍人数": "12"})
    return made


def upload(person: Person, entry: str, press: str, *files: Path) -> None:
    person.page.get_by_role("button", name=entry).click()
    person.page.locator('[data-testid="stPopoverBody"] input[type="file"]').first.set_input_files(list(files))
    expect(person.key(press)).to_be_enabled()
    person.key(press).click()
    person.page.locator(".st-key-finds").wait_for()
    person.settle()


def line(person: Person, label: str) -> str:
    """The key of the line of a find."""
    found = person.page.locator('[class*="st-key-line-"]', has=person.page.locator(f'.ng-field:text-is("{label}")'))
    name = found.first.get_attribute("class") or ""
    return next(part for part in name.split() if part.startswith("st-key-line-")).removeprefix("st-key-line-")


def test_an_old_report_is_gone_through_across_a_reload(person: Person, app: App, doc: str, tmp_path: Path) -> None:
    file = tmp_path / "旧稿.docx"
    document = Document()
    for paragraph in TEXT.splitlines():
        document.add_paragraph(paragraph)
    document.save(str(file))
    person.open("facts", doc)
    upload(person, "从旧稿或通知中找", "read-text", file)
    expect(person.page.locator(".ng-quote mark", has_text="410人")).to_be_visible()
    assert app.desk.report(doc).sheet.value("兵役登记") is None
    person.key(f"take-{line(person, '兵役登记')}").click()
    person.settle()
    assert app.desk.report(doc).sheet.value("兵役登记") == 410
    box = person.page.get_by_label("宣传资料", exact=True)
    box.fill("近5000份")
    box.press("Tab")
    person.settle()
    person.reload()
    expect(person.page.get_by_label("宣传资料", exact=True)).to_have_value("近5000份")
    person.key("take-certain").click()
    person.settle()
    sheet = app.desk.report(doc).sheet
    assert (sheet.value("宣传资料"), sheet.fact("宣传资料").approximate) == (5000, "近")
    assert sheet.value("入伍人数") == 12, "a conflict is a person's to decide"
    assert person.overflow() <= 0
    person.key("undo-find").click()
    person.settle()
    assert app.desk.report(doc).sheet.value("宣传资料") is None
    person.key("leave-finds").click()
    expect(person.page.get_by_text("还在核对：")).to_be_visible()


def test_a_ledger_in_gb18030_is_confirmed_and_summed(person: Person, app: App, doc: str, tmp_path: Path) -> None:
    file = tmp_path / "兵役登记台账.csv"
    file.write_bytes("村名,兵役登记（人）,适龄青年（人）\n柳林村,28,30\n杨湾村,41,41\n".encode("gb18030"))
    person.open("facts", doc)
    upload(person, "从 Excel 台账或表格读", "read-table", file)
    expect(person.page.get_by_text("兵役登记（人）", exact=False).first).to_be_visible()
    person.key("confirm-columns").click()
    person.page.locator(".st-key-take-certain").wait_for()
    person.settle()
    person.key("take-certain").click()
    person.settle()
    fact = app.desk.report(doc).sheet.fact("兵役登记")
    assert fact.value == 69
    assert "柳林村 28" in fact.source


def test_a_blank_form_goes_out_and_two_come_back(person: Person, app: App, doc: str, tmp_path: Path) -> None:
    person.open("facts", doc)
    person.page.get_by_role("button", name="从 Excel 台账或表格读").click()
    name, blank = person.download("blank-form")
    assert name.endswith("空白事实表.xlsx")
    files = []
    for village, count in (("柳林村", "28"), ("杨湾村", "41")):
        made = app.desk.create("armed-forces-work", "work-a").id
        app.desk.load_form(made, "空表.xlsx", blank.read_bytes())
        app.desk.set_fact(made, "兵役登记", count)
        file = tmp_path / f"{village}.xlsx"
        file.write_bytes(app.desk.form_file(made))
        files.append(file)
    person.page.keyboard.press("Escape")
    person.settle()
    upload(person, "从 Excel 台账或表格读", "read-table", *files)
    expect(person.page.locator(".ng-wide")).to_contain_text("69人")
    person.key("take-certain").click()
    person.settle()
    assert app.desk.report(doc).sheet.value("兵役登记") == 69


def test_who_is_missing_and_hidden_rows_are_decided_on_the_page(
    person: Person, app: App, doc: str, tmp_path: Path
) -> None:
    book = openpyxl.Workbook()
    for row in (["村名", "兵役登记（人）"], ["柳林村", 28], ["杨湾村", 41], ["岭下村", 7]):
        book.active.append(row)
    book.active.row_dimensions[4].hidden = True
    file = tmp_path / "台账.xlsx"
    book.save(file)
    person.open("facts", doc)
    upload(person, "从 Excel 台账或表格读", "read-table", file)
    person.key("confirm-columns").click()
    person.page.locator(".st-key-take-certain").wait_for()
    person.settle()
    person.key("units-box").click()
    box = person.page.get_by_label("应报单位", exact=True)
    expect(box).to_have_value("柳林村\n杨湾村")
    box.fill("柳林村\n杨湾村\n岭下村")
    box.press("Tab")
    person.settle()
    person.key("expect-units").click()
    expect(person.page.get_by_text("缺报 1 个：岭下村。")).to_be_visible()
    person.page.keyboard.press("Escape")
    person.key("count-hidden-0").first.click()
    expect(person.page.get_by_text("应报 3 个，都报了。")).to_be_visible()
    person.key("take-certain").click()
    person.settle()
    assert app.desk.report(doc).sheet.value("兵役登记") == 76
    assert person.overflow() <= 0
