"""Against a real model, when NIGAO_BASE_URL and NIGAO_MODEL name one: what survives a weak one survives anything."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest

from assistant.cli import main
from assistant.reports.loader import Library

ROOT = Path(__file__).resolve().parents[2]

pytestmark = [
    pytest.mark.live,
    pytest.mark.skipif(not os.environ.get("NIGAO_BASE_URL"), reason="NIGAO_BASE_URL names no model service"),
]


def test_sections_of_a_real_model_hold_no_slot_that_cannot_be_printed(tmp_path: Path) -> None:
    example = next((ROOT / "examples").glob("*duty-c*.yaml"))
    saved = tmp_path / "a.json"
    arguments = ["draft", str(example), "-o", str(tmp_path / "a.docx"), "--save", str(saved), "--engine", "endpoint"]
    status = main([*arguments, "--section", "conscription", "--section", "problems"])
    assert status in (0, 1)
    sections = {section["key"]: section for section in json.loads(saved.read_text(encoding="utf-8"))["sections"]}
    labels = Library().get("armed-forces-work").facts
    for key in ("conscription", "problems"):
        text = sections[key]["text"]
        assert text, key
        assert not re.search(r"<think|</think|```|\*\*|^#", text)
        for name in re.findall(r"\{\{([^{}|.]+)", text):
            assert labels.find(name) is not None, name
