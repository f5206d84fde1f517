"""LibreOffice accepts and rejects what the 花脸稿 tracks."""

from __future__ import annotations

import datetime
import io
import os
import shutil
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from format_samples import FULL, PLAIN
from office_kit import resolved_by_office
from test_review_copy import drafted

from assistant.copies import review_copy
from assistant.document.content import DocumentContent, Paragraph, Role
from assistant.document.profile import load_profile
from assistant.document.redline import redline
from assistant.document.returned import read_returned_file
from assistant.document.writer import write_docx
from assistant.returned_changes import compare

pytestmark = pytest.mark.pdf
WHEN = datetime.datetime(2026, 11, 22, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def _office() -> None:
    if shutil.which("soffice") is None:
        if os.environ.get("CI") == "true":
            pytest.fail("soffice not installed")
        pytest.skip("soffice not installed")


def written(content: DocumentContent) -> bytes:
    return write_docx(content, load_profile(), final=False)


def shown(data: bytes) -> list[str]:
    document = docx.Document(io.BytesIO(data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return [*(paragraph.text for paragraph in document.paragraphs), *cells]


def changed(content: DocumentContent) -> DocumentContent:
    """Something taken out, put in, split, merged and reworded."""
    first, *rest = content.paragraphs
    kept = [block for number, block in enumerate(rest) if number != 2]
    last = kept.pop()
    assert isinstance(last, Paragraph)
    text = last.runs[0].text
    new = [Paragraph.of("新写的一段，说明下一步打算。"), Paragraph.of(text[:2]), Paragraph.of(text[2:] + "完毕。")]
    return replace(
        content, paragraphs=(first, Paragraph.of("四、补充情况", Role.HEADING1), *kept, *new), signature="清河镇党委"
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """With the profile of LibreOffice, which takes seconds to make."""
    return tmp_path_factory.mktemp("resolved")


@pytest.mark.parametrize("accept", [True, False])
@pytest.mark.parametrize("content", [PLAIN, FULL], ids=["plain", "full"])
def test_libreoffice_resolves_to_the_one_text_or_the_other(
    content: DocumentContent, accept: bool, folder: Path
) -> None:
    old, new = written(content), written(changed(content))
    made = resolved_by_office(redline(old, new, "王干事", WHEN), folder, accept=accept)
    assert shown(made) == shown(new if accept else old)


def test_a_review_copy_that_libreoffice_saved_is_read_in_again_by_its_bookmarks(folder: Path) -> None:
    report = drafted()
    data = resolved_by_office(review_copy(report, "x", []).data, folder, accept=True)
    found = compare(report, read_returned_file(data, "x.docx"))
    assert (found.changes, found.facts) == ((), ())
    assert any("按书签" in note for note in found.notes)
