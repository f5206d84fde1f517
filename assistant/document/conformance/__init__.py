"""Is a Word file set as GB/T 9704-2012 says? For any .docx, whoever made it.

Formats are resolved as Word resolves them (``cascade``, ``reader``), parts of the paper are told from words and places
(``structure``), values with clause and strength come from the layout profile. Nothing here knows the writer: the two
share the profile's data and no code.
"""

from __future__ import annotations

from pathlib import Path

from assistant.document.conformance.finding import ConformanceFinding, Reporter
from assistant.document.conformance.reader import read
from assistant.document.conformance.rules_body import check_body
from assistant.document.conformance.rules_end import check_end
from assistant.document.conformance.rules_front import check_front
from assistant.document.conformance.rules_page import check_page
from assistant.document.conformance.rules_text import check_texts
from assistant.document.conformance.structure import structure
from assistant.document.layout import LayoutProfile
from assistant.document.opening import Package, open_bytes, open_file
from assistant.document.profile import load_profile

__all__ = ["ConformanceFinding", "check_file", "conformance_findings"]


def conformance_findings(
    data: bytes, profile: LayoutProfile | None = None, name: str = "文件"
) -> list[ConformanceFinding]:
    """What departs from the layout in the bytes of a .docx; errors first.

    Raises:
        DocumentInputError: it cannot be opened; with the reason.
    """
    return _checked(open_bytes(data, name), profile)


def check_file(file: Path, profile: LayoutProfile | None = None) -> list[ConformanceFinding]:
    """The same for a file. Raises DocumentInputError."""
    return _checked(open_file(file), profile)


def _checked(package: Package, profile: LayoutProfile | None) -> list[ConformanceFinding]:
    document = read(package)
    found = structure(document)
    report = Reporter(profile or load_profile())
    check_page(report, document)
    check_front(report, document, found)
    check_body(report, document, found)
    check_end(report, document, found)
    check_texts(report, document, found)
    return report.findings()
