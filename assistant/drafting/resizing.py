"""A section told more briefly or more fully without a model: the phrases at another level, with the same facts."""

from __future__ import annotations

from dataclasses import dataclass, replace

from assistant.drafting.brief import Brief, brief_for
from assistant.drafting.phrasebook import ALL_LEVELS, at_level
from assistant.reports.outline_edit import OWN
from assistant.reports.report import Report, Section
from assistant.reports.types import ReportType
from assistant.slots.grammar import slots_in
from assistant.slots.render import render_text

SHORTER, LONGER = "更精简", "更详实"
SIZES = (SHORTER, LONGER)
#: Less than this is no difference that anybody would have asked for.
_LEAST = {SHORTER: 0.06, LONGER: 0.1}
#: What one press aims at.
_AIM = {SHORTER: 0.7, LONGER: 1.35}
#: Seeds that are tried. The first is the one of the text on the page: its sentences stay as they are.
_SEEDS = 6


@dataclass(frozen=True)
class Resized:
    """How a section is to be told.

    Attributes:
        lost: labels of facts that the text on the page tells and the new one does not.
    """

    brief: Brief
    lost: tuple[str, ...]


def resized(report_type: ReportType, report: Report, section: Section, size: str) -> Resized | None:
    """The section as the phrases tell it more briefly or more fully (one of ``SIZES``); None where they cannot.

    Facts are left out only where it gets no shorter otherwise, and never one that the shape requires.
    """
    if section.template == OWN or not section.text:
        return None
    brief = brief_for(report_type, report, section, section.seed, size)
    required = {item.label for item in report.sheet.schema.required(report.shape.key)}
    told, length = _told(section.text, brief), _length(section.text, brief)
    best: tuple[tuple[float, ...], Resized] | None = None
    for seed in range(section.seed, section.seed + _SEEDS):
        for level in ALL_LEVELS:
            text = at_level(brief, seed, level)
            share = _length(text, brief) / max(1, length)
            lost = told - _told(text, brief)
            if (lost and (size == LONGER or lost & required)) or not _enough(share, size):
                continue
            rank = (len(lost), abs(share - _AIM[size]) + (0.1 if seed != section.seed else 0))
            if best is None or rank < best[0]:
                found = replace(brief, seed=seed, level=level)
                best = rank, Resized(found, tuple(label for label in section.facts if label in lost))
    return best[1] if best else None


def _enough(share: float, size: str) -> bool:
    return share <= 1 - _LEAST[size] if size == SHORTER else share >= 1 + _LEAST[size]


def _length(text: str, brief: Brief) -> int:
    return len(render_text(text, brief.sheet))


def _told(text: str, brief: Brief) -> set[str]:
    items = (brief.sheet.schema.find(slot.label) for slot in slots_in(text))
    return {item.label for item in items if item is not None} & set(brief.section.facts)
