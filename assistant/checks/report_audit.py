"""A saved report against a sheet: what its slots print is grounded by construction, the rest is judged."""

from __future__ import annotations

from dataclasses import replace

from assistant.checks.finding import Finding
from assistant.checks.plain_audit import AuditReport, GroundedSpan, audit_text, merged
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
    text, placed = laid_out(manuscript(replace(report, sheet=full)))
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
    return text, merged(audit_text(text, full, spans), open_places)


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
