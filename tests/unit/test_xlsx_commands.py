"""A form in Excel where the commands take a fact sheet."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import openpyxl
import pytest

from assistant.cli import main
from assistant.facts.yaml_form import load_sheet
from assistant.intake.xlsx_form_write import write_form
from assistant.reports.loader import Library

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = next((ROOT / "examples").glob("*duty-c.yaml"))


@pytest.fixture(autouse=True)
def _no_endpoint(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NIGAO_BASE_URL", raising=False)


@pytest.fixture
def form(tmp_path: Path) -> Path:
    """The example as a form."""
    library = Library()
    read = load_sheet(EXAMPLE.read_text(encoding="utf-8"), library.schema_of)
    file = tmp_path / "柳林.xlsx"
    file.write_bytes(write_form(*library.shape(read.report_type, read.shape), read.sheet))
    return file


def text_of(file: Path) -> list[str]:
    return [paragraph.text for paragraph in docx.Document(str(file)).paragraphs]


def test_a_form_and_a_yaml_sheet_give_the_same_report(form: Path, tmp_path: Path) -> None:
    assert main(["draft", str(form), "-o", str(tmp_path / "a.docx"), "--final"]) == 0
    assert main(["draft", str(EXAMPLE), "-o", str(tmp_path / "b.docx"), "--final"]) == 0
    assert text_of(tmp_path / "a.docx") == text_of(tmp_path / "b.docx")


def test_a_blank_form_is_written_filled_in_and_drafted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "空表.xlsx"
    assert main(["sheet", "work-safety", "--shape", "summary", "-o", str(file)]) == 0
    assert main(["sheet", "work-safety", "--shape", "summary", "-o", str(file)]) == 2
    assert "已经存在" in capsys.readouterr().err
    book = openpyxl.load_workbook(file)
    tab = book["工作情况"]
    row = next(row for row in range(4, 30) if tab.cell(row, 2).value == "发现隐患")
    tab.cell(row, 3).value = "310处"
    book.save(file)
    assert main(["draft", str(file), "-o", str(tmp_path / "a.docx")]) == 1
    assert any("310处" in line for line in text_of(tmp_path / "a.docx"))


def test_audit_takes_a_form(form: Path, tmp_path: Path) -> None:
    text = tmp_path / "稿.txt"
    text.write_text("全年入伍18人。", encoding="utf-8")
    assert main(["audit", str(form), str(text)]) == 0
    text.write_text("全年入伍19人。", encoding="utf-8")
    assert main(["audit", str(form), str(text)]) == 1


def test_faults_of_a_form_name_file_and_cell(form: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = openpyxl.load_workbook(io.BytesIO(form.read_bytes()))
    book["征兵工作"]["C4"], book["征兵工作"]["C5"] = "不清楚", -1
    book.save(form)
    assert main(["draft", str(form), "-o", str(tmp_path / "a.docx")]) == 2
    said = capsys.readouterr().err
    assert "柳林.xlsx" in said
    assert "征兵工作!C4" in said
    assert "征兵工作!C5" in said
    assert "第None行" not in said


def test_a_file_under_a_wrong_name_is_told_what_it_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, content, words in (
        ("表.xlsx", EXAMPLE.read_bytes(), "其实是文本"),
        ("旧.xls", bytes.fromhex("D0CF11E0A1B11AE1") + bytes(600), "旧式表格"),
    ):
        file = tmp_path / name
        file.write_bytes(content)
        assert main(["draft", str(file), "-o", str(tmp_path / "a.docx")]) == 2
        assert words in capsys.readouterr().err
    assert main(["draft", str(tmp_path / "没有.xlsx"), "-o", str(tmp_path / "a.docx")]) == 2
    assert "读不到" in capsys.readouterr().err
