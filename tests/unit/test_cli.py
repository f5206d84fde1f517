"""The commands of DESIGN.md 4, as a person or a script calls them."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import docx
import pytest

from assistant.cli import main
from assistant.facts.fields import FieldType
from assistant.facts.yaml_form import load_sheet
from assistant.reports.json_form import load_report
from assistant.reports.loader import Library
from tests.fakes.endpoint import FakeEndpoint, Reply

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = sorted((ROOT / "examples").glob("*.yaml"))
#: Figures that a report may tell in other words than the figure: a zero, and parts that a total already tells.
TOLD_OTHERWISE = 0.85


@pytest.fixture(autouse=True)
def _no_endpoint(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NIGAO_BASE_URL", "NIGAO_MODEL", "NIGAO_API_KEY"):
        monkeypatch.delenv(name, raising=False)


def text_of(file: Path) -> str:
    return "\n".join(paragraph.text for paragraph in docx.Document(str(file)).paragraphs)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda file: file.stem)
def test_an_example_becomes_a_final_word_file(example: Path, tmp_path: Path) -> None:
    out = tmp_path / "报告.docx"
    assert main(["draft", str(example), "-o", str(out), "--final", "--length", "详实"]) == 0
    text = text_of(out)
    sheet = load_sheet(example.read_text(encoding="utf-8"), Library().schema_of).sheet
    assert "待补" not in text
    assert "{{" not in text
    assert not re.search(r"，，|。。|、。|，。|；。", text)
    figures = {
        label: str(fact.value)
        for label, fact in sheet.facts.items()
        if sheet.schema.by_label[label].type is FieldType.COUNT and fact.value
    }
    found = {label for label, figure in figures.items() if figure in text}
    assert len(found) >= TOLD_OTHERWISE * len(figures), sorted(figures.keys() - found)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda file: file.stem)
def test_every_figure_of_a_draft_is_a_fact(example: Path, tmp_path: Path) -> None:
    """The promise of the product, seen from the outside: digits in the file are figures of the sheet."""
    out, saved = tmp_path / "a.docx", tmp_path / "a.json"
    assert main(["draft", str(example), "-o", str(out), "--save", str(saved)]) == 0
    report = load_report(saved.read_text(encoding="utf-8"), Library())
    for section in report.written:
        bare = re.sub(r"\{\{[^{}]*\}\}", "", section.text)
        assert not re.search(r"[0-9０-９]", bare), (section.key, bare)


def test_types_names_every_shape_and_fact(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["types"]) == 0
    shown = capsys.readouterr().out
    for word in ("armed-forces-work", "work-a", "duty-b", "duty-c", "duty-d", "入伍人数（人）", "work-safety"):
        assert word in shown


def test_types_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["types", "armed-forces-work", "--json"]) == 0
    (found,) = json.loads(capsys.readouterr().out)
    assert {shape["key"] for shape in found["shapes"]} == {"work-a", "duty-b", "duty-c", "duty-d"}
    assert {"label": "入伍人数", "type": "count", "measure": "人"}.items() <= next(
        fact for fact in found["facts"] if fact["label"] == "入伍人数"
    ).items()


@pytest.mark.parametrize("shape", ["work-a", "duty-b", "duty-c", "duty-d"])
def test_a_blank_sheet_can_be_read_back_and_drafted(
    shape: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sheet, out = tmp_path / "空表.yaml", tmp_path / "空.docx"
    assert main(["sheet", "armed-forces-work", "--shape", shape, "-o", str(sheet)]) == 0
    assert main(["draft", str(sheet), "-o", str(out)]) == 1
    assert "待补" in text_of(out)
    assert "待补" in capsys.readouterr().err


def test_a_sheet_is_not_overwritten_unasked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "表.yaml"
    file.write_text("我填好的", encoding="utf-8")
    assert main(["sheet", "work-safety", "--shape", "summary", "-o", str(file)]) == 2
    assert "已经存在" in capsys.readouterr().err
    assert file.read_text(encoding="utf-8") == "我填好的"


def test_one_section(tmp_path: Path) -> None:
    saved = tmp_path / "a.json"
    example = next(file for file in EXAMPLES if "duty-c" in file.name)
    main(["draft", str(example), "-o", str(tmp_path / "a.docx"), "--save", str(saved), "--section", "conscription"])
    report = load_report(saved.read_text(encoding="utf-8"), Library())
    assert [section.key for section in report.written if section.text] == ["conscription"]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("facts: [", ["YAML"]),
        ("report_type: nope\nshape: duty-c\nfacts: {}\n", ["没有“nope”这种报告类型"]),
        ("report_type: armed-forces-work\nshape: duty-x\nfacts: {}\n", ["duty-x", "duty-"]),
        (
            "report_type: armed-forces-work\nshape: duty-c\nfacts:\n"
            "  入伍人数: -3\n  入五人数: 4\n  慰问金总额: 七块\n",
            ["第4行", "入伍人数", "不小于 0", "入五人数", "最接近", "慰问金总额", "金额", "3处问题"],
        ),
    ],
)
def test_a_bad_sheet_says_all_that_is_wrong(
    body: str, words: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "表.yaml"
    file.write_text(body, encoding="utf-8")
    assert main(["draft", str(file), "-o", str(tmp_path / "a.docx")]) == 2
    shown = capsys.readouterr().err
    for word in words:
        assert word in shown
    assert not (tmp_path / "a.docx").exists()


def test_contradicting_facts_are_named_with_both_figures(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "表.yaml"
    file.write_text(
        "report_type: armed-forces-work\nshape: duty-c\nfacts: {入伍人数: 30, 体检合格: 20}\n", encoding="utf-8"
    )
    assert main(["draft", str(file), "-o", str(tmp_path / "a.docx")]) == 1
    shown = capsys.readouterr().err
    assert "30人" in shown
    assert "20人" in shown


def test_a_missing_file_and_a_wrong_ending(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["draft", str(tmp_path / "没有.yaml"), "-o", str(tmp_path / "a.docx")]) == 2
    assert "读不到" in capsys.readouterr().err
    assert main(["draft", str(EXAMPLES[0]), "-o", str(tmp_path / "a.wps")]) == 2
    assert ".docx" in capsys.readouterr().err


def test_endpoint_asked_for_but_not_configured(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["draft", str(EXAMPLES[0]), "-o", str(tmp_path / "a.docx"), "--engine", "endpoint"]) == 2
    assert "NIGAO_BASE_URL" in capsys.readouterr().err


def _use(fake: FakeEndpoint, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NIGAO_BASE_URL", fake.base_url)
    monkeypatch.setenv("NIGAO_MODEL", "fake")
    monkeypatch.setenv("NIGAO_SEND_VALUES", "never")


def test_the_whole_way_through_an_endpoint(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    example = next(file for file in EXAMPLES if "duty-c" in file.name)
    with FakeEndpoint() as fake:
        _use(fake, monkeypatch)
        main(["draft", str(example), "-o", str(tmp_path / "a.docx")])
        prefixes = {chat.messages[0]["content"] for chat in fake.chats}
    assert len(prefixes) == 1
    text = text_of(tmp_path / "a.docx")
    assert "18" in text
    assert "{{" not in text


def test_an_endpoint_that_fails_is_told_and_never_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with FakeEndpoint(lambda _: Reply(status=401, message="bad key")) as fake:
        _use(fake, monkeypatch)
        arguments = ["draft", str(EXAMPLES[0]), "-o", str(tmp_path / "a.docx"), "--save", str(tmp_path / "a.json")]
        assert main(arguments) == 1
    assert "密钥" in capsys.readouterr().err
    report = load_report((tmp_path / "a.json").read_text(encoding="utf-8"), Library())
    assert not any(section.text for section in report.written)


def test_plain_lines_in_a_pipe(tmp_path: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "assistant", "draft", str(EXAMPLES[0]), "-o", str(tmp_path / "a.docx")],
        capture_output=True,
        encoding="utf-8",
        cwd=ROOT,
        env={**os.environ, "NIGAO_BASE_URL": ""},
        check=False,
        timeout=120,
    )
    assert run.returncode == 0, run.stderr
    assert run.stdout == ""
    assert "\x1b" not in run.stderr
    assert re.search(r"\[1/\d+\] ", run.stderr)


def test_a_folder_for_the_file_is_refused_in_plain_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["draft", str(EXAMPLES[0]), "-o", str(tmp_path)]) == 2
    told = capsys.readouterr().err
    assert "不是文件名" in told
    assert ".docx" in told
    assert list(tmp_path.iterdir()) == []
