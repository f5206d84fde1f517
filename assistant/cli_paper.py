"""How ``draft`` and ``batch`` set what they write: layout, 版头、附件和版记, which copy, which kind of file."""

from __future__ import annotations

import argparse
from collections.abc import Collection, Sequence
from copy import copy
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.cli_files import read_utf8
from assistant.errors import ConfigurationError, ExportError, InputError

if TYPE_CHECKING:
    from assistant.checks.finding import Finding
    from assistant.document.layout import LayoutProfile
    from assistant.exporting import Paper
    from assistant.fittings_file import Dress
    from assistant.reports.report import Report

#: In a folder of files for ``--paper``: what holds for all reports.
COMMON = "全部.yaml"
#: What a report can be written as, by the ending of its name.
ENDINGS = (".docx", ".pdf", ".txt", ".md")


def register(parser: Any) -> None:
    """Adds what both commands take."""
    parser.add_argument("--final", action="store_true", help="正式稿：还有必须处理的问题的，不写")
    parser.add_argument("--comments", action="store_true", help="送审稿：核校发现的问题写成批注")
    parser.add_argument("--sources", action="store_true", help="送审稿：每项事实的来源写成批注")
    parser.add_argument("--profile", metavar="NAME", help="版式的名字，或版式文件（.yaml）；默认是标准本身")
    parser.add_argument(
        "--paper",
        type=Path,
        metavar="PAPER.yaml",
        help="版头、附件和版记，写法见 docs/word-files.md；batch 也可给一个文件夹，一份事实表一个同名文件，"
        f"各份相同的写在其中的“{COMMON}”里",
    )
    parser.add_argument("--sealed", action="store_true", help="落款处留出盖章的位置")


def layout_of(given: str | None) -> LayoutProfile:
    """The layout by its name or its file; the standard where nothing is given. Raises ConfigurationError."""
    from assistant.document.profile import DEFAULT_PROFILE, load_profile

    name = given or DEFAULT_PROFILE
    if name.endswith((".yaml", ".yml")):
        return load_profile(Path(name).stem, Path(name).resolve().parent)
    return load_profile(name)


def _dresses(folder: Path, sheets: Collection[str]) -> dict[str, Dress]:
    """What a folder says, by the sheet; without a file, and nothing that holds for all, left out. Raises InputError."""
    from assistant.fittings_file import read_dress

    files = [file for file in sorted(folder.iterdir()) if file.suffix in (".yaml", ".yml") and file.name[0] != "."]
    own = {file.stem: file for file in files if file.name != COMMON}
    if strays := [file.name for name, file in own.items() if name not in sheets]:
        raise InputError(f"“{folder}”里的 {'、'.join(strays)} 没有同名的事实表。", "请改成与事实表相同的名字，或移走。")
    if not files:
        raise InputError(f"文件夹“{folder}”里没有 .yaml 文件。", "请一份事实表写一个同名文件，或直接给出一个文件。")
    common = (read_utf8(folder / COMMON), COMMON) if folder / COMMON in files else None
    found = {}
    for sheet in sheets:
        if sheet in own:
            found[sheet] = read_dress(read_utf8(own[sheet]), own[sheet].name, common)
        elif common:
            found[sheet] = read_dress(*common)
    return found


class Papers:
    """What the options say, read and checked once, before anything is drafted.

    Args:
        ending: of the files to write, one of ``ENDINGS``.
        against: a report kept with ``--save``: a 花脸稿 shows what changed since.
        sheets: names without ending, where there are several: ``--paper`` may then be a folder with a file for each.

    Raises:
        ConfigurationError: options that do not go together, an unknown layout. InputError: the file of ``--paper``.
        ExportError: PDF without LibreOffice.
    """

    def __init__(
        self,
        options: argparse.Namespace,
        ending: str,
        against: Report | None = None,
        sheets: Collection[str] | None = None,
    ) -> None:
        from assistant.fittings import Fittings, refuse_marked_fittings
        from assistant.fittings_file import Dress, read_dress
        from assistant.office import NOT_INSTALLED, WAY_OUT, office

        commented = options.comments or options.sources
        if ending not in ENDINGS:
            named = f"写不成“{ending}”文件。" if ending else "-o 后面给的不是文件名，没有写。"
            raise ConfigurationError(named, f"文件名请以 {'、'.join(ENDINGS)} 之一结尾。")
        if options.final and (commented or against):
            raise ConfigurationError("正式稿里不能有批注和修订。", "请去掉 --final，或去掉其他几项。")
        if against and commented:
            raise ConfigurationError("花脸稿里不加批注。", "请去掉 --comments 和 --sources，或去掉 --against。")
        if ending in (".txt", ".md") and (commented or against or options.profile or options.sealed):
            raise ConfigurationError("纯文本和 Markdown 没有版式、批注和修订。", "请写成 .docx 或 .pdf 文件。")
        if ending == ".pdf" and office() is None:
            raise ExportError(NOT_INSTALLED, WAY_OUT)
        self._final, self._ending, self._against = options.final, ending, against
        self._comments, self._sources = options.comments, options.sources
        self._layout = layout_of(options.profile)
        plain, given = Dress(Fittings()), options.paper
        self._folder = given is not None and sheets is not None and given.is_dir()
        dresses = _dresses(given, sheets or ()) if self._folder else {}
        if given is not None and not self._folder:
            plain = read_dress(read_utf8(given), given.name)
        for dress in (plain, *dresses.values()):
            refuse_marked_fittings(dress.fittings, "导出")
        self._sealed, self._dresses, self._dress = options.sealed, dresses, plain

    def of(self, sheet: str) -> Papers:
        """The same for a sheet, by its name without ending, that may have a file of its own."""
        papers = copy(self)
        papers._dress = self._dresses.get(sheet, self._dress)
        return papers

    def has(self, sheet: str) -> bool:
        """Whether a folder that was given says anything for this sheet."""
        return not self._folder or sheet in self._dresses

    def data(self, report: Report, stem: str, findings: Sequence[Finding]) -> bytes:
        """The report's file.

        Raises:
            OpenPlaceholders, ExportError: it cannot be written. InputError: a table that this report has not.
        """
        from assistant.copies import ReviewOptions, markdown_copy, redline_copy, review_copy, text_copy
        from assistant.exporting import export_report
        from assistant.office import to_pdf

        if self._ending in (".txt", ".md"):
            return (text_copy if self._ending == ".txt" else markdown_copy)(report, stem, self.paper(report)).data
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

        fittings = self._dress.on(report)
        if self._sealed:
            fittings = fittings.model_copy(update={"sealed": True})
        return Paper(self._layout, fittings.options)
