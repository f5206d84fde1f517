"""The copies of a report that are handed over: 送审稿 with comments, 花脸稿, plain text, Markdown."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.checks.finding import Finding
from assistant.document.comments import Comment, add_comments
from assistant.document.compose import table_of
from assistant.document.content import Table
from assistant.document.parts import Editable
from assistant.document.placing import Place, places, span_in, title_paragraph
from assistant.document.plain_copies import as_markdown, as_text
from assistant.document.redline import redline
from assistant.document.travel import pack_travel
from assistant.exporting import PLAIN, ExportedFile, Paper, content_for, export_report
from assistant.facts.fields import FactField
from assistant.facts.formatting import plain_text
from assistant.reports.manuscript import Manuscript, manuscript
from assistant.reports.report import Report

_LEVELS = {"error": "须处理", "warning": "请核对", "hint": "供参考"}


@dataclass(frozen=True)
class ReviewOptions:
    """What a 送审稿 has besides its text.

    Attributes:
        findings: what the checks say, as comments. ``hints``: also what is only a suggestion.
        sources: where each fact comes from, as a comment where it is first told.
    """

    findings: bool = True
    hints: bool = False
    sources: bool = False


def review_copy(
    report: Report,
    stem: str,
    findings: Iterable[Finding],
    options: ReviewOptions | None = None,
    when: datetime.datetime | None = None,
    paper: Paper = PLAIN,
) -> ExportedFile:
    """送审稿: placeholders in yellow, comments at the words that they are about, ready to be read in again."""
    options = options or ReviewOptions()
    when = when or datetime.datetime.now(datetime.UTC)
    plain = export_report(report, stem, final=False, profile=paper.profile, options=paper.options)
    file = Editable(plain.data)
    whole = manuscript(report)
    blocks = file.blocks
    found = places(whole, blocks)
    pack_travel(file, report, found, when, _printed_tables(report, paper))
    said: list[Comment] = []
    if options.findings:
        told = [finding for finding in findings if options.hints or finding.severity != "hint"]
        said += _findings(report, whole, found, blocks, told)
    if options.sources:
        said += _sources(report, found)
    add_comments(file, said, when)
    return ExportedFile(plain.name, file.data())


def _printed_tables(report: Report, paper: Paper) -> dict[str, Table]:
    """The table facts that the file shows as tables."""
    asked = [label for _, label in paper.options.tables]
    asked += [label for item in paper.options.attachments for label in item.facts]
    found = ((label, table_of(label, report.sheet)) for label in asked)
    return {label: table for label, table in found if table is not None}


def _findings(
    report: Report, whole: Manuscript, found: list[Place], blocks: Sequence[Any], findings: Iterable[Finding]
) -> list[Comment]:
    said = []
    for finding in findings:
        text = f"【{_LEVELS[finding.severity]}】{finding.message}"
        place, span = _place_of(report, found, finding)
        paragraph = place.paragraph if place else title_paragraph(whole, blocks)
        said.append(Comment(paragraph, *span, text))
    return said


def _place_of(report: Report, found: list[Place], finding: Finding) -> tuple[Place | None, tuple[int, int]]:
    section = report.section(finding.section_key)
    mine = [place for place in found if place.block.section == finding.section_key]
    if section is None or not mine:
        return None, (0, 0)
    source = section.heading if finding.part == "heading" else section.text
    if finding.start < finding.end:
        for place in mine:
            if span := span_in(place.block, finding.part, finding.start, finding.end, source):
                return place, span
    return mine[0], (0, 0)


def _sources(report: Report, found: list[Place]) -> list[Comment]:
    """Each fact once, where the text first prints it."""
    said: list[Comment] = []
    told: set[str] = set()
    for place in found:
        at = 0
        for piece in (*place.block.heading, *place.block.pieces):
            item = report.sheet.schema.find(piece.slot.label) if piece.slot else None
            if item is not None and item.label not in told and piece.kind == "value":
                told.add(item.label)
                said.append(Comment(place.paragraph, at, at + len(piece.text), _source(report, item.label)))
            at += len(piece.text)
    return said


def _source(report: Report, label: str) -> str:
    item, fact = report.sheet.schema.find(label), report.sheet.fact(label)
    if not isinstance(item, FactField):
        return f"【来源】{label}：由其他事实算出。"
    lines = [f"【来源】{label}：{fact.source or '没有注明'}"]
    if fact.last_year is not None:
        lines.append(f"去年：{plain_text(fact.last_year, item, fact.last_approximate)}")
    return "\n".join([*lines, *([f"备注：{fact.note}"] if fact.note else [])])


def redline_copy(
    old: Report,
    new: Report,
    stem: str,
    author: str = "",
    when: datetime.datetime | None = None,
    paper: Paper = PLAIN,
) -> ExportedFile:
    """花脸稿: ``new`` with every change against ``old`` tracked. Both may be one report at two moments."""
    before, after = (
        export_report(report, stem, final=False, profile=paper.profile, options=paper.options) for report in (old, new)
    )
    data = redline(before.data, after.data, author, when or datetime.datetime.now(datetime.UTC))
    return ExportedFile(f"{stem}（花脸稿）.docx", data)


def text_copy(report: Report, stem: str, paper: Paper = PLAIN) -> ExportedFile:
    """Plain text, a paragraph a line, for a mail or a web form. Raises SecrecyMarked."""
    text = as_text(content_for(report, paper.options)).replace("\n", "\r\n")
    # Notepad of older Windows needs the mark to read UTF-8.
    return ExportedFile(f"{stem}.txt", text.encode("utf-8-sig"))


def markdown_copy(report: Report, stem: str, paper: Paper = PLAIN) -> ExportedFile:
    """Markdown, headings and tables marked as such. Raises SecrecyMarked."""
    return ExportedFile(f"{stem}.md", as_markdown(content_for(report, paper.options)).encode())
