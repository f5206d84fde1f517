"""A report as a file to hand over."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from assistant.document.compose import content_of
from assistant.document.conformance import ConformanceFinding, conformance_findings
from assistant.document.content import DocumentContent, DocumentOptions
from assistant.document.layout import LayoutProfile
from assistant.document.profile import DEFAULT_PROFILE, load_profile
from assistant.document.writer import write_docx
from assistant.drafting.secrecy import refuse_marked
from assistant.reports.manuscript import manuscript
from assistant.reports.report import Report
from assistant.slots.grammar import slots_in
from assistant.slots.render import join, render_text

#: Characters that no file system takes in a name.
_UNSAFE = str.maketrans({character: "_" for character in '\\/:*?"<>|\n\r\t'})


@dataclass(frozen=True)
class Paper:
    """How a report is set: the layout profile or its name, and what stands around the text."""

    profile: str | LayoutProfile = DEFAULT_PROFILE
    options: DocumentOptions = field(default_factory=DocumentOptions)


#: The standard's layout, nothing around the text.
PLAIN = Paper()


@dataclass(frozen=True)
class ExportedFile:
    """A file to hand over: its name as a person would call it, and its bytes.

    Attributes:
        departures: what the conformance checker says of its layout, where it was asked; hints left out.
    """

    name: str
    data: bytes
    departures: tuple[str, ...] = ()


def file_stem(report: Report) -> str:
    """清河镇2025年党管武装工作述职报告, safe as a file name."""
    stem = render_text(report.shape.file_name or report.shape.title, report.sheet)
    return stem.translate(_UNSAFE).strip(" .")[:80] or "报告"


def content_for(report: Report, options: DocumentOptions | None = None) -> DocumentContent:
    """What every file of the report says.

    Raises:
        SecrecyMarked: the sheet or a text carries a 密级 mark.
    """
    refuse_marked(report, "导出")
    whole = manuscript(report)
    named = [report.sheet.text(slot.label) for slot in slots_in(report.shape.title)]
    names = tuple(name for name in named if name)
    author = join(whole.signature) or "".join(names[:1])
    return content_of(
        whole,
        author=author,
        subject=report.shape.document,
        names=names,
        options=options,
        sheet=report.sheet,
    )


def export_report(
    report: Report,
    stem: str,
    *,
    final: bool,
    profile: str | LayoutProfile = DEFAULT_PROFILE,
    options: DocumentOptions | None = None,
) -> ExportedFile:
    """The report as a Word file per GB/T 9704-2012.

    Args:
        profile: the layout profile or its name.
        options: red head, seal, attachments, tables; the plain paper by default.

    Raises:
        SecrecyMarked: the sheet or a text carries a 密级 mark.
    """
    content = content_for(report, options)
    layout = profile if isinstance(profile, LayoutProfile) else load_profile(profile)
    data = write_docx(content, layout, final=final)
    return ExportedFile(f"{stem}{'' if final else '（送审稿）'}.docx", data)


def layout_findings(report: Report, paper: Paper) -> list[ConformanceFinding]:
    """What the conformance checker says of the report as it is set, whichever copy is handed over.

    Comments and marks are what a 送审稿 and a 花脸稿 are for: the layout is judged without them. Raises as
    ``export_report`` does.
    """
    made = export_report(report, file_stem(report), final=False, profile=paper.profile, options=paper.options)
    profile = load_profile(paper.profile) if isinstance(paper.profile, str) else paper.profile
    return conformance_findings(made.data, profile, made.name)


def departures(found: Iterable[ConformanceFinding]) -> tuple[str, ...]:
    """The findings that an office must look at, a sentence each; hints are left out."""
    return tuple(finding.sentence for finding in found if finding.severity != "hint")
