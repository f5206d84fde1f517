"""What LibreOffice makes of the file: page size, 22 rows of 28 characters, page numbers.

Counts and horizontal places do not depend on which Chinese font is installed (all are one em
wide), so 仿宋 is not needed here; vertical places of ink do, and are not tested.
"""

from __future__ import annotations

import datetime
import os
import re
import shutil
import subprocess
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import pytest

from assistant.document.content import DocumentContent, Paragraph, Role
from assistant.document.profile import load_profile
from assistant.document.writer import write_docx

pytestmark = pytest.mark.pdf

MM = 72 / 25.4
PROBE = "正" * (26 + 28 * 9)


@dataclass(frozen=True)
class Word:
    """A word's box in mm from the page's top left corner."""

    text: str
    left: float
    top: float
    right: float


@dataclass(frozen=True)
class Page:
    width: float
    height: float
    words: tuple[Word, ...]

    def rows(self) -> list[list[Word]]:
        """Words of the type area by line, each from left to right."""
        lines = defaultdict(list)
        for word in self.words:
            if 36 <= word.top <= 261.5:
                lines[round(word.top, 1)].append(word)
        return [sorted(lines[top], key=lambda word: word.left) for top in sorted(lines)]

    def footer(self) -> list[Word]:
        return sorted((word for word in self.words if word.top > 261.5), key=lambda word: word.left)


@pytest.fixture(scope="module", autouse=True)
def _tools() -> None:
    missing = [tool for tool in ("soffice", "pdftotext") if shutil.which(tool) is None]
    if missing:
        message = f"{'、'.join(missing)} not installed"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)


def render(content: DocumentContent, folder: Path, profile: str = "gbt9704-2012") -> list[Page]:
    source = folder / "file.docx"
    source.write_bytes(write_docx(content, load_profile(profile), final=True))
    home = f"-env:UserInstallation={(folder / 'office').as_uri()}"
    command = ["soffice", home, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(source)]
    subprocess.run(command, check=True, timeout=180, capture_output=True)
    boxes = subprocess.run(
        ["pdftotext", "-bbox", str(folder / "file.pdf"), "-"], check=True, timeout=60, capture_output=True, text=True
    ).stdout
    return [_page(page) for page in boxes.split("<page ")[1:]]


def _page(text: str) -> Page:
    width, height = (float(value) / MM for value in re.findall(r'(?:width|height)="([\d.]+)"', text)[:2])
    pattern = r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="[\d.]+">(.*?)</word>'
    words = re.findall(pattern, text)
    boxes = (Word(word, float(left) / MM, float(top) / MM, float(right) / MM) for left, top, right, word in words)
    return Page(width, height, tuple(boxes))


@pytest.fixture(scope="module", params=["gbt9704-2012", "gbt9704-2012-compensated"])
def probe(request, tmp_path_factory) -> list[Page]:
    content = DocumentContent("版心试验", tuple(Paragraph.of(PROBE) for _ in range(8)))
    return render(content, tmp_path_factory.mktemp("probe"), request.param)


@pytest.fixture(scope="module")
def report(tmp_path_factory) -> list[Page]:
    text = "坚持把党管武装工作纳入重要议事日程，研究“武装工作”，投入7.5万元，完成12个村规范化建设。" * 5
    content = DocumentContent(
        title="中共清河镇委员会关于2025年度党管武装工作情况的报告",
        addressee="江口区委",
        paragraphs=(Paragraph.of("一、主要工作", Role.HEADING1), *(Paragraph.of(text) for _ in range(9))),
        signature="中共清河镇委员会",
        date=datetime.date(2025, 12, 25),
    )
    return render(content, tmp_path_factory.mktemp("report"))


def test_pages_are_a4_and_none_is_blank(probe: list[Page], report: list[Page]) -> None:  # P1
    for page in (*probe, *report):
        assert page.width == pytest.approx(210, abs=0.5)
        assert page.height == pytest.approx(297, abs=0.5)
        assert page.rows()


def test_22_rows_a_page(probe: list[Page]) -> None:  # P2
    rows = probe[1].rows()
    assert len(rows) == 22
    tops = [row[0].top for row in rows]
    pitch = (tops[-1] - tops[0]) / 21 * MM
    assert pitch == pytest.approx(28.95, abs=0.1) or pitch == pytest.approx(29.6, abs=0.1)


def test_28_characters_a_row(probe: list[Page]) -> None:  # P3
    rows = [row for page in probe for row in page.rows() if set("".join(word.text for word in row)) == {"正"}]
    counts = [sum(len(word.text) for word in row) for row in rows]
    assert counts == [26, *[28] * 9] * 8
    for row, count in zip(rows, counts, strict=True):
        indent = 11.28 if count == 26 else 0
        assert row[0].left == pytest.approx(28.05 + indent, abs=0.5)
        assert row[-1].right <= 184.2


def test_nothing_right_of_the_type_area(report: list[Page]) -> None:  # P4
    for page in report:
        for row in page.rows():
            hanging = row[-1].text.endswith(tuple("，。、；：”）"))
            assert row[-1].right <= (184.5 if not hanging else 190)


def test_first_and_last_page(report: list[Page]) -> None:  # P5
    first = report[0].rows()
    assert "".join(word.text for word in first[0]) == "中共清河镇委员会关于"
    for row in first[:2]:
        assert (row[0].left + row[-1].right) / 2 == pytest.approx(106, abs=1)
    assert any("一、主要工作" in word.text for row in first for word in row)
    last = ["".join(word.text for word in row) for row in report[-1].rows()]
    assert last[-2:] == ["中共清河镇委员会", "2025年12月25日"]
    assert len(last) >= 3


def test_page_numbers(report: list[Page]) -> None:  # P6
    assert len(report) >= 3
    for number, page in enumerate(report, 1):
        footer = page.footer()
        assert "".join(word.text for word in footer) == f"—{number}—"
        if number % 2:
            assert footer[-1].right == pytest.approx(179.0, abs=0.6)
        else:
            assert footer[0].left == pytest.approx(33.0, abs=0.6)
