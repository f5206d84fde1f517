"""The checklist's assertions on the page, on the four samples as LibreOffice prints them (P1 to P7).

P2 and P3 to the letter want a page of hanzi alone and P8 a folder of fonts: those stand in ``test_document_pdf.py``.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest
from test_document_pdf import Page, ink, pages_in
from test_document_samples import EXAMPLES, Sample

from assistant.document.text import width

pytestmark = pytest.mark.pdf

HANGING = tuple("，。、；：！？”）》")


@dataclass(frozen=True)
class Printed:
    sample: Sample
    pages: list[Page]
    folder: Path

    def lines(self, number: int) -> list[str]:
        return ["".join(word.text for word in row) for row in self.pages[number].rows()]


@pytest.fixture(scope="module")
def all_printed(tmp_path_factory) -> dict[str, Printed]:
    missing = [tool for tool in ("soffice", "pdftotext", "pdftoppm") if shutil.which(tool) is None]
    if missing:
        message = f"{'、'.join(missing)} not installed"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    folder = tmp_path_factory.mktemp("samples")
    samples = {sheet.stem: Sample(sheet) for sheet in EXAMPLES}
    for name, sample in samples.items():
        (folder / name).mkdir()
        (folder / f"{name}.docx").write_bytes(sample.data)
    home = f"-env:UserInstallation={(folder.parent / 'office').as_uri()}"
    # All in one: LibreOffice takes longer to start than to print a sample.
    files = [str(folder / f"{name}.docx") for name in samples]
    command = ["soffice", home, "--headless", "--convert-to", "pdf", "--outdir", str(folder), *files]
    subprocess.run(command, check=True, timeout=180, capture_output=True)
    for name in samples:
        (folder / f"{name}.pdf").rename(folder / name / "file.pdf")
    return {name: Printed(sample, pages_in(folder / name), folder / name) for name, sample in samples.items()}


@pytest.fixture(params=[sheet.stem for sheet in EXAMPLES])
def printed(request, all_printed: dict[str, Printed]) -> Printed:
    return all_printed[request.param]


def test_pages_are_a4_and_none_is_blank(printed: Printed) -> None:  # P1
    assert printed.pages
    for page in printed.pages:
        assert (page.width, page.height) == (pytest.approx(210, abs=0.5), pytest.approx(297, abs=0.5))
        assert page.rows()


def test_a_full_page_has_22_rows_of_28_characters_at_most(printed: Printed) -> None:  # P2, P3
    counted = [len(page.rows()) for page in printed.pages]
    assert max(counted) == 22
    for page in (page for page in printed.pages if len(page.rows()) == 22):
        tops = [row[0].top for row in page.rows()]
        steps = [below - above for above, below in pairwise(tops)]
        # A row of digits alone has another box than hanzi: its top stands elsewhere, its baseline does not.
        assert sum(steps) / len(steps) == pytest.approx(28.95 / 72 * 25.4, abs=0.2)
    for number in range(len(printed.pages)):
        for line in printed.lines(number):
            assert width(line.rstrip("".join(HANGING))) <= 28


def test_nothing_stands_outside_the_type_area(printed: Printed) -> None:  # P4
    for page in printed.pages:
        for row in page.rows():
            assert row[0].left >= 27.5
            assert row[-1].right <= (190 if row[-1].text.endswith(HANGING) else 184.5), row[-1].text
        # Below the text there is the page number alone.
        assert re.fullmatch(r"—\d+—", "".join(word.text for word in page.footer()))


def test_first_page_has_text_and_the_last_one_more_than_the_closing(printed: Printed) -> None:  # P5
    body = printed.sample.body
    first = next(paragraph.text for paragraph in body if "。" in paragraph.text)
    assert first[:6].replace(" ", "") in "".join(printed.lines(0))
    last = printed.lines(-1)
    closing = next((number for number, line in enumerate(last) if re.fullmatch(r"\d{4}年\d+月\d+日", line)), None)
    if printed.sample.dated:
        assert closing is not None
        assert closing >= 2, "a line of the text stands above 署名 and date"
    title = printed.sample.paragraphs[0].text.split("\n")
    rows = printed.pages[0].rows()
    for line, row in zip(title, rows, strict=False):
        assert "".join(word.text for word in row) == line.replace(" ", "")
        assert (row[0].left + row[-1].right) / 2 == pytest.approx(106, abs=1)


def test_page_numbers_stand_outside(printed: Printed) -> None:  # P6
    for number, page in enumerate(printed.pages, 1):
        footer = page.footer()
        assert "".join(word.text for word in footer) == f"—{number}—"
        if number % 2:
            assert footer[-1].right == pytest.approx(179.0, abs=0.6)
        else:
            assert footer[0].left == pytest.approx(33.0, abs=0.6)


def test_dash_stands_seven_mm_below_the_text(printed: Printed) -> None:  # P7
    dark = lambda r, g, b: r + g + b < 300  # noqa: E731
    _, _, left, right = ink(printed.folder, 1, dark)[-1]
    # The dash at the left alone: how high a digit stands differs by font.
    top, bottom, _, _ = ink(printed.folder, 1, dark, columns=(left, left + 3))[-1]
    assert (top + bottom) / 2 - 262 == pytest.approx(7, abs=1)
    assert right == pytest.approx(179, abs=1)
