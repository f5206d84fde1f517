"""A saved report against a sheet: what its slots print is grounded by construction, the rest is judged."""

from __future__ import annotations

from dataclasses import replace

from assistant.checks.binding import Binder
from assistant.checks.finding import Finding
from assistant.checks.plain_audit import AuditReport, GroundedSpan, audit_text, merged
from assistant.checks.wording import wording_findings
from assistant.facts.sheet import FactSheet, read_facts
from assistant.reports.manuscript import Manuscript, manuscript
from assistant.reports.report import Report
from assistant.slots.render import Piece


def audit_report(report: Report, sheet: FactSheet) -> tuple[str, AuditReport]:
    """The text as it is read with the sheet's figures, and every number in it. An open placeholder is a finding too.

    The sheet is one of the report's own type; its figures stand in the place of the report's.
    """
    presets = read_facts(report.shape.presets, sheet.schema).facts
    full = FactSheet(sheet.schema, {**presets, **sheet.facts})
    made = manuscript(replace(report, sheet=full))
    text, placed = laid_out(made)
    spans = [
        GroundedSpan(start, start + len(piece.text), piece.slot.name)
        for start, piece in placed
        if piece.kind == "value" and piece.slot is not None
    ]
    open_places = [
        Finding(
            rule=f"placeholder.{piece.kind}",
            severity="error",
            message=f"“{piece.note}”还没有填。" if piece.kind == "missing" else f"{piece.note}。",
            start=start,
            end=start + len(piece.text),
            excerpt=piece.text,
            facts=(piece.slot.label,) if piece.slot else (),
        )
        for start, piece in placed
        if piece.kind in ("missing", "fault")
    ]
    audit = merged(audit_text(text, full, spans), open_places)
    told = {(one.rule, one.excerpt, one.facts) for one in audit.findings}
    # Beside a slot stands what only the slot text shows: a second measure word, digits glued on.
    more = [
        finding
        for finding in _wording(report, made, placed, Binder(full))
        if (finding.rule, finding.excerpt, finding.facts) not in told
    ]
    return text, merged(audit, more)


def _wording(report: Report, made: Manuscript, placed: list[tuple[int, Piece]], binder: Binder) -> list[Finding]:
    """``wording_findings`` of every section, their places those of the printed text."""
    at = {id(piece): start for start, piece in placed}
    found = []
    for section in report.written:
        pieces = [piece for block in made.blocks if block.section == section.key for piece in block.pieces]
        for finding in wording_findings(section.text, binder):
            piece = next((one for one in pieces if one.start <= finding.start < one.end), None)
            if piece is None:
                continue
            start = at[id(piece)] + (finding.start - piece.start if piece.slot is None else 0)
            found.append(replace(finding, start=start, end=start + finding.end - finding.start, fix=None))
    return found


def laid_out(made: Manuscript) -> tuple[str, list[tuple[int, Piece]]]:
    """The text, a paragraph a line, and where each piece of it stands."""
    lines = [made.title, made.byline, made.addressee]
    lines += [(*block.heading, *block.pieces) for block in made.blocks]
    lines.append(made.signature)
    parts: list[str] = []
    placed: list[tuple[int, Piece]] = []
    at = 0
    for line in lines:
        if not line:
            continue
        for piece in line:
            placed.append((at, piece))
            parts.append(piece.text)
            at += len(piece.text)
        parts.append("\n")
        at += 1
    return "".join(parts).removesuffix("\n"), placed
