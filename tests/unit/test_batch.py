"""``batch``, and many reports as one zip."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import docx
import pytest

from assistant.bundle import bundle
from assistant.cli import main
from assistant.errors import OpenPlaceholders
from assistant.exporting import ExportedFile

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


@pytest.fixture
def sheets(tmp_path: Path) -> Path:
    folder = tmp_path / "sheets"
    folder.mkdir()
    for name in ("qinghe-work-a.yaml", "qinghe-duty-c.yaml"):
        found = next(iter([*EXAMPLES.glob(name), *sorted(EXAMPLES.glob("*.yaml"))]))
        (folder / name).write_bytes(found.read_bytes())
    return folder


def batch(folder: Path, out: Path, *more: str) -> int:
    return main(["batch", str(folder), "-o", str(out), "--engine", "embedded", *more])


def test_every_sheet_becomes_a_word_file_of_its_name(sheets: Path, tmp_path: Path) -> None:
    assert batch(sheets, tmp_path / "out") in (0, 1)
    assert sorted(file.name for file in (tmp_path / "out").iterdir()) == ["qinghe-duty-c.docx", "qinghe-work-a.docx"]
    assert len(docx.Document(str(tmp_path / "out" / "qinghe-work-a.docx")).paragraphs) > 20


def test_a_broken_sheet_does_not_stop_the_others(
    sheets: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (sheets / "aaa.yaml").write_text("report_type: nothing\n", encoding="utf-8")
    assert batch(sheets, tmp_path / "out", "--json") == 2
    told = {one["sheet"]: one for one in json.loads(capsys.readouterr().out)["reports"]}
    assert told["aaa.yaml"]["status"] == "unreadable"
    assert told["aaa.yaml"]["messages"]
    assert told["qinghe-work-a.yaml"]["status"] == "written"


def test_two_towns_of_a_folder_are_worded_differently_and_each_the_same_again(tmp_path: Path) -> None:
    folder = tmp_path / "towns"
    folder.mkdir()
    sheet = (EXAMPLES / "qinghe-work-a.yaml").read_text(encoding="utf-8")
    (folder / "one.yaml").write_text(sheet, encoding="utf-8")
    (folder / "two.yaml").write_text(sheet.replace("清河", "石泉"), encoding="utf-8")
    for out in ("first", "again"):
        batch(folder, tmp_path / out, "--format", "txt")
    one, two, again = (
        (tmp_path / out).read_text(encoding="utf-8") for out in ("first/one.txt", "first/two.txt", "again/two.txt")
    )
    assert two == again
    # Dates, offices and headings, of which there are three or four, may well be the same.
    told = {line for line in one.replace("清河", "石泉").splitlines() if len(line) > 40}
    assert len(told & set(two.splitlines())) < len(told) / 3


def test_an_existing_file_is_kept_unless_forced(sheets: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "qinghe-work-a.docx").write_bytes(b"mine")
    assert batch(sheets, out) == 1
    assert (out / "qinghe-work-a.docx").read_bytes() == b"mine"
    batch(sheets, out, "--force")
    assert (out / "qinghe-work-a.docx").read_bytes()[:2] == b"PK"


def test_final_files_are_refused_while_facts_are_missing(sheets: Path, tmp_path: Path) -> None:
    text = (sheets / "qinghe-work-a.yaml").read_text(encoding="utf-8")
    kept = [line for line in text.split("\n") if not line.strip().startswith("党委议军会议:")]
    assert len(kept) < len(text.split("\n"))
    (sheets / "qinghe-work-a.yaml").write_text("\n".join(kept), encoding="utf-8")
    code = batch(sheets, tmp_path / "out", "--final")
    assert code in (0, 1)
    assert (tmp_path / "out" / "qinghe-work-a.docx").exists() == (code == 0)


def test_two_sheets_of_one_name_have_a_file_each(sheets: Path, tmp_path: Path) -> None:
    (sheets / "qinghe-work-a.yml").write_bytes((sheets / "qinghe-work-a.yaml").read_bytes())
    batch(sheets, tmp_path / "out")
    names = sorted(file.name for file in (tmp_path / "out").iterdir())
    assert names == ["qinghe-duty-c.docx", "qinghe-work-a.docx", "qinghe-work-a（yml）.docx"]


@pytest.mark.parametrize("make", [False, True])
def test_a_folder_without_sheets_is_bad_input(tmp_path: Path, make: bool) -> None:
    folder = tmp_path / "none"
    if make:
        folder.mkdir()
        (folder / "~$a.xlsx").write_bytes(b"")
    assert batch(folder, tmp_path / "out") == 2


# ---- the zip


def test_refused_reports_are_listed_and_the_others_are_there() -> None:
    def refuse() -> ExportedFile:
        raise OpenPlaceholders("还有 2 处没有补。", "请补齐。")

    told: list[tuple[int, int, str]] = []
    wanted = [
        ("甲", lambda: ExportedFile("报告.docx", b"1")),
        ("乙", refuse),
        ("丙", lambda: ExportedFile("报告.docx", b"2")),
    ]
    made = bundle(wanted, lambda *step: told.append(step))
    with zipfile.ZipFile(io.BytesIO(made.data)) as archive:
        assert archive.namelist() == ["报告.docx", "报告（2）.docx", "说明.txt"]
        assert archive.read("报告（2）.docx") == b"2"
        note = archive.read("说明.txt").decode("utf-8-sig")
    assert "乙：还有 2 处没有补。请补齐。" in note
    assert [refused.name for refused in made.refused] == ["乙"]
    assert told == [(0, 3, "甲"), (1, 3, "乙"), (2, 3, "丙"), (3, 3, "")]


def test_nothing_refused_is_no_note() -> None:
    made = bundle([("甲", lambda: ExportedFile("甲.docx", b"1"))])
    assert made.names == ("甲.docx",)


def test_a_file_that_departs_from_the_layout_is_told_in_the_note() -> None:
    made = bundle(
        [("甲", lambda: ExportedFile("甲.docx", b"1", ("版心：应为156mm，现为150mm（GB/T 9704 5.2，规定）",)))]
    )
    with zipfile.ZipFile(io.BytesIO(made.data)) as archive:
        assert archive.namelist() == ["甲.docx", "说明.txt"]
        note = archive.read("说明.txt").decode("utf-8-sig")
    assert "1. 甲.docx" in note
    assert "应为156mm" in note
    assert made.names == ("甲.docx",)
    assert [departing.name for departing in made.departing] == ["甲.docx"]
