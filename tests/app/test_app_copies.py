"""导出: preview, 花脸稿, other kinds, and an edited 送审稿 that is read in again."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from copy import deepcopy
from io import BytesIO

import docx
import pytest
from app_kit import Tab, the_desk, written

from assistant.reports.fact_history import FactOrigin
from assistant.reports.report import Origin
from assistant.slots.render import render_text
from assistant.ui import export_cards, export_preview


def edited(doc: str, change: Callable[[str], str]) -> bytes:
    """The 送审稿 of a report after somebody changed its runs in Word."""
    desk = the_desk()
    word = docx.Document(BytesIO(desk.review_copy(desk.report(doc)).data))
    for paragraph in word.paragraphs:
        for run in paragraph.runs:
            if (text := change(run.text)) != run.text:
                run.text = text
    out = BytesIO()
    word.save(out)
    return out.getvalue()


def returned(doc: str, data: bytes) -> Tab:
    """导出 with the file given, as the uploader leaves it."""
    tab = Tab(doc, "export")
    tab.app.session_state["export-part"] = "读回送审稿"
    tab.app.session_state["returned"] = (doc, "送审稿.docx", data)
    return tab.again()


def test_the_pages_are_shown_with_their_numbers_and_open_places() -> None:
    doc = written()
    the_desk().set_fact(doc, "入伍人数", None)
    shown = "".join(found.proto.body for found in Tab(doc, "export").app.get("html"))
    assert shown.count('class="ng-sheet"') >= 3
    assert "— 1 —" in shown
    assert 'class="fang open noted"' in shown or 'class="fang open"' in shown


def test_text_and_markdown_are_offered() -> None:
    tab = Tab(written(), "export")
    given = tab.download("download-text")
    assert (given.name.endswith(".txt"), given.mime) == (True, "text/plain")
    assert "柳林街道" in given.data.decode("utf-8-sig")
    assert tab.download("download-markdown").data.decode().startswith("#")


def test_without_libreoffice_the_page_says_so_and_how_to_get_a_pdf(monkeypatch: pytest.MonkeyPatch) -> None:
    doc = written()
    monkeypatch.setattr(export_cards, "office", lambda: None)
    monkeypatch.setattr(export_preview, "office", lambda: None)
    tab = Tab(doc, "export")
    assert "没有安装 LibreOffice" in tab.words
    assert "另存为 PDF" in tab.words
    offered = {str(found.key) for found in tab.app.button}
    assert not {"make-pdf", "preview-print"} & offered
    monkeypatch.setattr(export_cards, "office", lambda: "soffice")
    monkeypatch.setattr(export_preview, "office", lambda: "soffice")
    assert {"make-pdf", "preview-print"} <= {str(found.key) for found in Tab(doc, "export").app.button}


def test_a_section_can_be_held_against_its_older_version() -> None:
    doc = written()
    tab = Tab(doc, "draft").edit("opening", "手写的一段，送兵{{入伍人数}}。").go("export")
    tab.app.session_state["redline-scope"] = "一节"
    tab.again()
    assert "（花脸稿）" in tab.download("download-redline").name
    desk = the_desk()
    report = desk.report(doc)
    file = desk.redline_section(
        report, "opening", report.section("opening").revision - 1, report.section("opening").revision
    )
    assert "（花脸稿）" in file.name
    assert "手写的一段" in docx.Document(BytesIO(file.data)).element.xml


def test_a_milestone_is_a_moment_to_compare_with() -> None:
    doc = written()
    the_desk().keep_milestone(doc, "送审稿一")
    the_desk().set_fact(doc, "入伍人数", {"value": 21, "last_year": 15})
    desk = the_desk()
    report = desk.report(doc)
    moment = desk.moments(report)[0]
    assert moment.name == "送审稿一"
    assert desk.report_at(report, moment).sheet.value("入伍人数") == 18
    xml = docx.Document(BytesIO(desk.redline(report, moment).data)).element.xml
    assert "w:delText" in xml
    assert Tab(doc, "export").app.selectbox(key="redline-from").options == ["送审稿一"]


def test_the_redline_is_shown_on_its_pages() -> None:
    doc = written()
    the_desk().keep_milestone(doc, "送审稿一")
    the_desk().set_fact(doc, "入伍人数", {"value": 21, "last_year": 15})
    tab = Tab(doc, "export")
    assert "<ins" not in tab.markup
    tab.app.session_state["preview-kind"] = "花脸稿"
    tab.again()
    assert '<ins class="fang">21</ins>' in tab.markup
    assert '<del class="fang">18</del>' in tab.markup
    tab.app.session_state["redline-to"] = "送审稿一"
    assert "<ins" not in tab.again().markup, "nothing is chosen to compare: the 送审稿 is shown"


def test_a_changed_paragraph_is_taken_as_a_new_version_and_its_facts_stay_slots() -> None:
    doc = written()
    report = the_desk().report(doc)
    section = next(one for one in report.written if one.text.count("{{") > 2)
    start = render_text(section.text.split("\n")[0], report.sheet)[-12:]
    tab = returned(doc, edited(doc, lambda text: text + "成效明显。" if text.endswith(start) else text))
    assert "改动" in tab.words
    while any(found.key == "take-0" for found in tab.app.button):
        tab.press("take-0")
    after = tab.report.section(section.key)
    assert after is not None
    assert after.origin is Origin.IMPORT
    assert "成效明显。" in after.text
    assert after.text.count("{{") == section.text.count("{{")
    assert "文字没有别的改动" in tab.told + tab.words


def test_a_changed_figure_is_a_proposal_and_nothing_is_taken_by_itself() -> None:
    doc = written()
    tab = returned(doc, edited(doc, lambda text: text.replace("18名", "20名").replace("18人", "20人")))
    assert "入伍人数" in tab.words
    assert tab.report.sheet.value("入伍人数") == 18
    tab.press("fact-0")
    assert tab.report.sheet.value("入伍人数") == 20
    assert tab.report.sheet.fact("入伍人数").last_year == 15
    assert the_desk().fact_changes(doc, "入伍人数")[0].origin is FactOrigin.IMPORT


def test_a_changed_heading_is_taken_as_a_step_of_the_outline() -> None:
    doc = written()
    report = the_desk().report(doc)
    section = next(one for one in report.sections if one.heading and "{{" not in one.heading)
    tab = returned(doc, edited(doc, lambda text: text.replace(section.heading, "建章立制，压实责任")))
    assert "标题" in tab.words
    assert tab.report.section(section.key).heading == section.heading
    tab.press("take-0")
    assert tab.report.section(section.key).heading == "建章立制，压实责任"
    assert "文字没有别的改动" in tab.told + tab.words
    step = the_desk().outline_ways(doc).undo
    assert step is not None
    the_desk().undo_outline(doc, step.number)
    assert the_desk().report(doc).section(section.key).heading == section.heading


def test_a_changed_cell_of_a_table_is_a_proposal_for_its_fact() -> None:
    doc = written("qinghe-work-a.yaml")
    desk = the_desk()
    section, label = next(pair for pair in desk.table_facts(desk.report(doc)) if pair[1] == "民兵分队")
    desk.put_fittings(doc, desk.fittings(doc).model_copy(update={"tables": ((section.key, label),)}))
    word = docx.Document(BytesIO(desk.review_copy(desk.report(doc)).data))
    cells = word.tables[0].rows[1].cells
    place = next(number for number, cell in enumerate(cells) if cell.text.isdecimal())
    was = int(cells[place].text)
    cells[place].paragraphs[0].runs[0].text = str(was + 5)
    out = BytesIO()
    word.save(out)
    tab = returned(doc, out.getvalue())
    assert f"现为 {was}，文件里是 {was + 5}" in tab.words
    assert was in desk.report(doc).sheet.value(label)[0].values()
    tab.press("fact-0")
    assert was + 5 in desk.report(doc).sheet.value(label)[0].values()
    assert "数字或名称与事实不同" not in tab.words
    assert desk.fact_changes(doc, label)[0].origin is FactOrigin.IMPORT


def test_a_file_of_another_kind_is_refused_in_words() -> None:
    assert "旧版" in returned(written(), b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)).told


def test_a_change_that_is_left_is_not_shown_again() -> None:
    doc = written()
    texts = [section.text for section in the_desk().report(doc).written]
    tab = returned(doc, edited(doc, lambda text: text.replace("完成", "圆满完成", 1)))
    while any(found.key == "leave-0" for found in tab.app.button):
        tab.press("leave-0")
    assert [section.text for section in tab.report.written] == texts
    assert not any(str(found.key).startswith("take-") for found in tab.app.button)


def test_several_reports_as_one_zip_with_those_refused_told() -> None:
    good, open_ = written("qinghe-work-a.yaml"), written()
    the_desk().set_fact(open_, "入伍人数", None)
    tab = Tab("", "reports")
    tab.app.session_state["export-all-kind"] = "正式稿"
    tab.app.session_state["export-all-which"] = [good, open_]
    tab.again().press("export-all")
    assert tab.download("下载 1 份正式稿").name == "正式稿.zip"
    assert "1 份没有导出" in tab.told
    made = the_desk().export_many([good, open_], final=True)
    with zipfile.ZipFile(BytesIO(made.data)) as archive:
        assert archive.namelist() == ["清河镇2025年党管武装工作情况报告.docx", "说明.txt"]


def test_what_was_taken_can_be_undone_and_new_paragraphs_keep_their_order() -> None:
    doc = written()
    desk = the_desk()
    report = desk.report(doc)
    section = next(one for one in report.written if one.text.count("\n") >= 1)
    start = render_text(section.text.split("\n")[0], report.sheet)[-12:]
    word = docx.Document(BytesIO(desk.review_copy(report).data))
    here = next(paragraph for paragraph in word.paragraphs if paragraph.text.endswith(start))
    for text in ("乙是补写的第二段。", "甲是补写的第一段。"):
        new = deepcopy(here._p)
        here._p.addnext(new)
        docx.text.paragraph.Paragraph(new, here._parent).text = text
    out = BytesIO()
    word.save(out)
    found = desk.read_returned(doc, out.getvalue(), "x.docx")
    assert [change.kind for change in found.changes] == ["new", "new"]
    for change in found.changes:
        desk.take_returned(doc, change)
    text = desk.report(doc).section(section.key).text  # type: ignore[union-attr]
    assert text.index("甲是补写") < text.index("乙是补写")
    assert desk.read_returned(doc, out.getvalue(), "x.docx").changes == ()
    for _ in range(2):
        step = desk.text_ways(doc).undo
        assert step is not None
        desk.undo_text(doc, step.number)
    assert desk.report(doc).section(section.key).text == section.text  # type: ignore[union-attr]
