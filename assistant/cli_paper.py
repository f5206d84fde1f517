"""How ``draft`` and ``batch`` set what they write: layout, 版头、附件和版记, which copy, which kind of file."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.cli_files import read_utf8
from assistant.errors import ConfigurationError, ExportError

if TYPE_CHECKING:
    from assistant.checks.finding import Finding
    from assistant.document.layout import LayoutProfile
    from assistant.exporting import Paper
    from assistant.reports.report import Report

#: What a report can be written as, by the ending of its name.
ENDINGS = (".docx", ".pdf", ".txt", ".md")


def register(parser: Any) -> None:
    """Adds what both commands take."""
    parser.add_argument("--final", action="store_true", help="正式稿：还有必须处理的问题的，不写")
    parser.add_argument("--comments", action="store_true", help="送审稿：核校发现的问题写成批注")
    parser.add_argument("--sources", action="store_true", help="送审稿：每项事实的来源写成批注")
    parser.add_argument("--profile", metavar="NAME", help="版式的名字，或版式文件（.yaml）；默认是标准本身")
    parser.add_argument("--paper", type=Path, metavar="PAPER.yaml", help="版头、附件和版记，写法见 docs/word-files.md")
    parser.add_argument("--sealed", action="store_true", help="落款处留出盖章的位置")


def layout_of(given: str | None) -> LayoutProfile:
    """The layout by its name or its file; the standard where nothing is given. Raises ConfigurationError."""
    from assistant.document.profile import DEFAULT_PROFILE, load_profile

    name = given or DEFAULT_PROFILE
    if name.endswith((".yaml", ".yml")):
        return load_profile(Path(name).stem, Path(name).resolve().parent)
    return load_profile(name)


class Papers:
    """What the options say, read and checked once, before anything is drafted.

    Args:
        ending: of the files to write, one of ``ENDINGS``.
        against: a report kept with ``--save``: a 花脸稿 shows what changed since.

    Raises:
        ConfigurationError: options that do not go together, an unknown layout. InputError: the file of ``--paper``.
        ExportError: PDF without LibreOffice.
    """

    def __init__(self, options: argparse.Namespace, ending: str, against: Report | None = None) -> None:
        from assistant.fittings import Fittings, refuse_marked_fittings
        from assistant.fittings_file import Dress, read_dress
        from assistant.office import NOT_INSTALLED, WAY_OUT, office

        commented = options.comments or options.sources
        if ending not in ENDINGS:
            raise ConfigurationError(f"写不成“{ending}”文件。", f"文件名请以 {'、'.join(ENDINGS)} 之一结尾。")
        if options.final and (commented or against):
            raise ConfigurationError("正式稿里不能有批注和修订。", "请去掉 --final，或去掉其他几项。")
        if against and commented:
            raise ConfigurationError("花脸稿里不加批注。", "请去掉 --comments 和 --sources，或去掉 --against。")
        if ending in (".txt", ".md") and (commented or against or options.profile or options.paper or options.sealed):
            raise ConfigurationError("纯文本和 Markdown 只有文字，没有版式和批注。", "请写成 .docx 或 .pdf 文件。")
        if ending == ".pdf" and office() is None:
            raise ExportError(NOT_INSTALLED, WAY_OUT)
        self._final, self._ending, self._against = options.final, ending, against
        self._comments, self._sources = options.comments, options.sources
        self._layout = layout_of(options.profile)
        dress = read_dress(read_utf8(options.paper), options.paper.name) if options.paper else Dress(Fittings())
        refuse_marked_fittings(dress.fittings, "导出")
        if options.sealed:
            dress = replace(dress, fittings=dress.fittings.model_copy(update={"sealed": True}))
        self._dress = dress

    def data(self, report: Report, stem: str, findings: Sequence[Finding]) -> bytes:
        """The report's file.

        Raises:
            OpenPlaceholders, ExportError: it cannot be written. InputError: a table that this report has not.
        """
        from assistant.copies import ReviewOptions, markdown_copy, redline_copy, review_copy, text_copy
        from assistant.exporting import export_report
        from assistant.office import to_pdf

        if self._ending in (".txt", ".md"):
            return (text_copy if self._ending == ".txt" else markdown_copy)(report, stem).data
        paper = self.paper(report)
        if self._against:
            made = redline_copy(self._against, report, stem, paper=paper)
        elif self._comments or self._sources:
            asked = ReviewOptions(findings=self._comments, sources=self._sources)
            made = review_copy(report, stem, findings, asked, paper=paper)
        else:
            made = export_report(report, stem, final=self._final, profile=paper.profile, options=paper.options)
        if self._ending != ".pdf":
            return made.data
        return to_pdf(made.data, comments=self._comments or self._sources)

    def departures(self, report: Report) -> tuple[str, ...]:
        """What the conformance checker says of the layout, a sentence each; nothing of kinds that have none."""
        from assistant.exporting import departures, layout_findings

        if self._ending in (".txt", ".md"):
            return ()
        return departures(layout_findings(report, self.paper(report)))

    def paper(self, report: Report) -> Paper:
        """How this report is set. Raises InputError."""
        from assistant.exporting import Paper

        return Paper(self._layout, self._dress.on(report).options)
