"""What an engine is given for one section."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from assistant.facts.sheet import FactSheet
from assistant.reports.report import Report, Section, budget
from assistant.reports.types import Length, ReportType


@dataclass(frozen=True)
class Brief:
    """A section to write.

    Attributes:
        report: the whole report, for the outline, the voice and the other sections' texts.
        characters: how long the section is to be, rendered.
        instruction: the section's own instruction and the one of this redraw, joined; "" for none.
        seed: another seed, another wording (embedded); sent along to an endpoint.
        begun: text that was cut off in the middle: an engine that can goes on from its end; "" for a fresh draft.
        level: how full the phrases are to be, whatever room there is; None: as the length says (embedded).
        avoid: the current text when the person asked for another wording; "" otherwise.
    """

    report_type: ReportType
    report: Report
    section: Section
    characters: int
    seed: int
    instruction: str = ""
    avoid: str = ""
    begun: str = ""
    level: int | None = None

    @property
    def sheet(self) -> FactSheet:
        return self.report.sheet

    @property
    def length(self) -> Length:
        return self.report.length


def brief_for(
    report_type: ReportType, report: Report, section: Section, seed: int, instruction: str = "", avoid: str = ""
) -> Brief:
    """The brief of a section of a report, its length from the section's weight."""
    joined = "；".join(part for part in (section.instruction.strip(), instruction.strip()) if part)
    characters = budget(section, report.sections, report_type.lengths[report.length])
    return Brief(report_type, report, section, characters, seed, joined, avoid)


OnText = Callable[[str], None]
"""Called with the text that has come so far (the whole, not the difference), while it comes."""
