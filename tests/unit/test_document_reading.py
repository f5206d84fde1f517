"""The text of a .docx as Word shows it: merged cells, texts in cells, labels, headings of styles, hidden words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml import OxmlElement

from assistant.document.reading import read_docx
from assistant.document.reading_rows import Cell, row_lines
from assistant.intake.extract import extract_text
from assistant.intake.outline import headings
from assistant.reports.loader import Library


@pytest.fixture
def document() -> Any:
    return Document()


@pytest.fixture
def read(document: Any, tmp_path: Path) -> Any:
    def lines() -> list[str]:
        document.save(tmp_path / "a.docx")
        return read_docx(tmp_path / "a.docx").split("\n")

    return lines


def filled(document: Any, rows: list[list[str]]) -> Any:
    table = document.add_table(rows=len(rows), cols=len(rows[0]))
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    return table


def test_cells_stand_below_their_heads_whatever_is_merged(document: Any, read: Any) -> None:
    rows = [
        ["序号", "分队名称", "人数", "", "干部"],
        ["", "", "编制", "实有", ""],
        ["1", "应急排", "30", "28", "3"],
        ["2", "医疗救护排", "20", "19", "2"],
    ]
    table = filled(document, rows)
    table.cell(0, 2).merge(table.cell(0, 3))
    for column in (0, 1, 4):
        table.cell(0, column).merge(table.cell(1, column))
    assert read() == [
        "序号\t分队名称\t人数\t\t干部",
        "\t\t编制\t实有\t",
        "1\t应急排\t30\t28\t3",
        "2\t医疗救护排\t20\t19\t2",
    ]
    found = extract_text("\n".join(read()), Library().get("armed-forces-work").facts)
    assert [fact.row for fact in found.facts if fact.label == "民兵分队"] == [
        {"名称": "应急排", "编制人数": 30, "实有人数": 28, "民兵干部": 3},
        {"名称": "医疗救护排", "编制人数": 20, "实有人数": 19, "民兵干部": 2},
    ]


def test_a_text_in_a_cell_keeps_its_paragraphs(document: Any, read: Any) -> None:
    table = filled(document, [["姓名", "周建民"], ["述职内容", ""]])
    cell = table.cell(1, 1)
    cell.text = "与上级要求相比还有差距。"
    cell.add_paragraph("一是个别村不够重视。")
    assert read() == ["姓名\t周建民", "述职内容", "与上级要求相比还有差距。", "一是个别村不够重视。"]


def test_a_broken_line_in_a_cell_is_no_other_row(document: Any, read: Any) -> None:
    filled(document, [["分队\n名称", "编制\n人数"], ["应急排", "30"]])
    assert read() == ["分队 名称\t编制 人数", "应急排\t30"]


def test_a_row_of_any_width_is_bounded() -> None:
    (line,) = row_lines([Cell(["合计"], 10**9), Cell(["30"])])
    assert len(line) < 100


def test_labels_that_word_prints_are_there(document: Any, read: Any) -> None:
    for text, style in (
        ("训练场地不足。", "List Number"),
        ("青年外出多。", "List Number"),
        ("建场地。", "List Bullet"),
    ):
        document.add_paragraph(text, style=style)
    document.add_paragraph("", style="List Bullet")
    assert read() == ["1. 训练场地不足。", "2. 青年外出多。", "· 建场地。", ""]


def test_headings_that_only_a_style_tells_are_headings(document: Any, read: Any) -> None:
    document.add_heading("松林镇2024年党管武装工作情况报告", 0)
    for heading, below in (("加强组织领导", ("议军", "经费")), ("存在的问题", ())):
        document.add_heading(heading, 1)
        for word in below:
            document.add_heading(word, 2)
        document.add_paragraph("全年召开党委议军会议3次。")
    assert [(one.depth, one.text) for one in headings("\n".join(read()))] == [
        (1, "加强组织领导"), (2, "议军"), (2, "经费"), (1, "存在的问题"),
    ]  # fmt: skip
    assert read()[0] == "松林镇2024年党管武装工作情况报告"


@pytest.mark.parametrize("heading", ["一、加强组织领导", "（一）加强组织领导", "1. 加强组织领导"])
def test_headings_that_a_hand_numbered_stay(document: Any, read: Any, heading: str) -> None:
    document.add_heading("工作情况", 1)
    document.add_heading(heading, 1)
    assert read() == ["工作情况", heading]


def test_a_title_of_two_lines_is_no_heading(document: Any, read: Any) -> None:
    for line in ("松林镇", "", "2024年党管武装工作情况报告"):
        document.add_heading(line, 1)
    for heading in ("加强组织领导", "存在的问题"):
        document.add_heading(heading, 2)
        document.add_paragraph("全年召开党委议军会议3次。")
    text = "全年召开党委议军会议3次。"
    assert read() == ["松林镇", "", "2024年党管武装工作情况报告", "一、加强组织领导", text, "二、存在的问题", text]


def test_headings_without_a_text_are_an_outline(document: Any, read: Any) -> None:
    for heading in ("加强组织领导", "存在的问题"):
        document.add_heading(heading, 1)
    assert read() == ["一、加强组织领导", "二、存在的问题"]


def deleted(paragraph: Any, *, text: bool) -> None:
    """Deletes a paragraph's mark as Word does under 修订, with its text or without."""
    paragraph._p.get_or_add_pPr().append(OxmlElement("w:rPr"))
    paragraph._p.pPr[-1].append(OxmlElement("w:del"))
    for run in paragraph.runs if text else ():
        run._r.addprevious(gone := OxmlElement("w:del"))
        gone.append(run._r)


def test_a_deleted_item_of_a_list_does_not_count(document: Any, read: Any) -> None:
    items = [document.add_paragraph(text, style="List Number") for text in ("整组。", "训练。", "征兵。", "双拥。")]
    deleted(items[1], text=True)
    deleted(items[2], text=False)
    assert read() == ["1. 整组。", "2. 征兵。双拥。"]


def test_a_paragraph_without_a_mark_ends_at_a_table(document: Any, read: Any) -> None:
    deleted(document.add_paragraph("编组如下。"), text=False)
    filled(document, [["应急排", "30"]])
    deleted(document.add_paragraph("完。"), text=False)
    assert read() == ["编组如下。", "应急排\t30", "完。"]


@pytest.mark.parametrize("where", ["run", "style"])
def test_hidden_words_are_not_read(document: Any, read: Any, where: str) -> None:
    paragraph = document.add_paragraph("基干民兵86人。")
    run = paragraph.add_run("基干民兵999人。")
    if where == "run":
        run.font.hidden = True
    else:
        style = document.styles.add_style("不见", 2)
        style.font.hidden = True
        run.style = style
    shown = paragraph.add_run("普通民兵3人。")
    shown._r.get_or_add_rPr().append(vanish := OxmlElement("w:vanish"))
    vanish.set("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}val", "0")
    assert read() == ["基干民兵86人。普通民兵3人。"]
