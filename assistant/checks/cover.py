"""What stands around the text: title, the line under it, addressee and signature."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.checks.finding import Finding
from assistant.facts.fields import FactField
from assistant.reports.report import Report
from assistant.slots.render import Piece, render


def cover_findings(report: Report) -> list[Finding]:
    """One finding for each fact that these lines need and that is empty.

    A line that is left out while all its facts are empty is only missed where the shape requires one of them.
    """
    shape = report.shape
    lines = {"标题": shape.title, "题下署名": shape.byline, "主送机关": shape.addressee, "落款": shape.signature}
    return [finding for name, text in lines.items() for finding in _line_findings(name, text, report)]


def _line_findings(name: str, text: str, report: Report) -> Iterator[Finding]:
    pieces = render(text, report.sheet)
    slots = [piece for piece in pieces if piece.slot]
    left_out = name != "标题" and all(piece.kind == "missing" for piece in slots)
    for piece in slots:
        if piece.kind in ("text", "value") or (left_out and not _required(piece, report)):
            continue
        item = report.sheet.schema.find(piece.slot.label) if piece.slot else None
        yield Finding(
            rule=f"placeholder.{piece.kind}",
            severity="error",
            message=f"{name}里的“{piece.note}”还没有填。" if piece.kind == "missing" else f"{name}：{piece.note}。",
            facts=(item.label,) if item else (),
        )


def _required(piece: Piece, report: Report) -> bool:
    item = report.sheet.schema.find(piece.slot.label) if piece.slot else None
    return isinstance(item, FactField) and report.shape.key in item.required_by
