"""Which shape fits the other voice, and what goes with it."""

from __future__ import annotations

from assistant.facts.sheet import Fact, plain_fact
from assistant.reports.report import Report, Section
from assistant.reports.types import HeadingStyle, ReportType, Shape


def other_shape(report_type: ReportType, report: Report) -> Shape | None:
    """The shape of the other voice that is nearest to this report's unit; None where the type has one voice only."""
    sheet = report.sheet
    others = [shape for shape in report_type.shapes if shape.voice != report.shape.voice]

    def near(shape: Shape) -> int:
        return sum(plain_fact(sheet.fact(label)) == value for label, value in shape.presets.items())

    return max(others, key=near) if others else None


def document_facts(shape: Shape) -> dict[str, Fact]:
    """The facts that say what kind of paper it is (文种)."""
    return {label: Fact(value) for label, value in shape.presets.items() if value == shape.document}


def is_leading(section: Section) -> bool:
    """The opening and the closing: text without a heading at the first level."""
    return section.holds_text and section.depth == 1 and section.style is HeadingStyle.PLAIN
