"""The command ``extract`` (DESIGN.md 4)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from assistant.cli import main

TEXT = "清河镇2025年党管武装工作情况报告\n投入7万余元购置民兵应急器材，应急排1个30人。\n"
TEXT += "基干民兵中党员占37.5%，输送新兵XX名。\n"


def run(tmp_path: Path, *more: str) -> int:
    file = tmp_path / "旧报告.txt"
    file.write_text(TEXT, encoding="utf-8")
    return main(["extract", str(file), "--type", "armed-forces-work", *more])


def test_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path, "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["text"] == TEXT
    facts: dict[str, dict[str, Any]] = {fact["label"]: fact for fact in told["facts"]}
    money = facts["器材装备投入"]
    assert (money["value"], money["unit"], money["approximate"], money["approximate_word"]) == (
        70000,
        "万元",
        True,
        "余",
    )
    assert facts["党员比例"]["value"] == 37.5
    assert facts["党员比例"]["approximate"] is False
    assert facts["民兵分队"]["row"] == {"名称": "应急排", "数量": 1, "实有人数": 30}
    for one in (*told["facts"], *told["notices"]):
        assert told["text"][one["start"] : one["end"]] == one["quote"]
    assert [notice["kind"] for notice in told["notices"]] == ["blank"]


def test_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path) == 0
    shown = capsys.readouterr().out
    assert "器材装备投入" in shown
    assert "空着没填" in shown
    assert "应急排，数量" in shown, "a row begins with its name"


def test_bad_input_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["extract", str(tmp_path / "no.txt"), "--type", "armed-forces-work"]) == 2
    assert main(["extract", str(tmp_path / "no.xyz"), "--type", "armed-forces-work"]) == 2
    assert run(tmp_path, "--engine", "endpoint") == 2
    said = capsys.readouterr().err
    assert "（没有这个文件或文件夹）" in said
    assert "模型" in said


def test_a_table_is_sent_to_the_page_that_reads_tables(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["extract", str(tmp_path / "台账.xlsx"), "--type", "armed-forces-work"]) == 2
    assert "是表格，不是文稿" in capsys.readouterr().err


def test_unknown_type(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(TEXT, encoding="utf-8")
    assert main(["extract", str(file), "--type", "nothing"]) == 2
