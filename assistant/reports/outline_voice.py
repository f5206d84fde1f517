"""Who speaks: where a text still speaks as 我 in a unit's report, or as 我镇 in a person's, and which shape fits."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.facts.sheet import Fact, FactSheet, plain_fact
from assistant.reports.report import Report, Section
from assistant.reports.types import HeadingStyle, ReportType, Shape
from assistant.slots.grammar import Slot, parse_placed
from assistant.slots.render import render_text

#: The label under which a unit calls itself, as `Shape.voice` says.
SELF = "自称"
_UNIT = r"我(?:镇|乡|街道|办事处|办|处|县|区|市)|本(?:镇|乡|街道|办|单位)"
_AS_UNIT = re.compile(_UNIT)
#: 我 by itself, not in 我国, 我军, 我党, 我省, 自我, nor where a unit speaks of itself.
_AS_PERSON = re.compile(rf"本人|述职|(?<!自)(?!{_UNIT})我(?!国|军|党|省|们|方|院|所|校|局|站|村|社区)")
_HIDDEN = "\ue001"
_AROUND = 9
_SENTENCE = "。；！？\n"


@dataclass(frozen=True)
class VoicePlace:
    """A word of the other voice. ``before`` and ``after`` are what stands around it in its sentence, rendered."""

    word: str
    before: str
    after: str


def voice_places(text: str, sheet: FactSheet, *, person: bool) -> list[VoicePlace]:
    """The places of a slot text that do not go with the voice to be.

    Args:
        person: the voice to be: 我 (述职), where 我镇 is to be read again; else the unit's, where 我 has no place.
    """
    plain = hidden = ""
    for placed in parse_placed(text):
        if isinstance(placed.node, Slot):
            value = render_text(text[placed.start : placed.end], sheet)
            plain += value
            # The unit's own name for itself is what is looked for; no other value is.
            hidden += value if placed.node.label == SELF else _HIDDEN * len(value)
        else:
            plain += placed.node.text
            hidden += placed.node.text
    found = {(match.start(), match.end()) for match in (_AS_UNIT if person else _AS_PERSON).finditer(hidden)}
    own_name = str(sheet.value(SELF) or "")
    if person and own_name:
        found |= {(match.start(), match.end()) for match in re.finditer(re.escape(own_name), hidden)}
    return [_place(plain, start, end) for start, end in _apart(found)]


def _apart(found: set[tuple[int, int]]) -> list[tuple[int, int]]:
    """In order, the longer of two that overlap."""
    kept: list[tuple[int, int]] = []
    for start, end in sorted(found, key=lambda one: (one[0], -one[1])):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return kept


def _place(plain: str, start: int, end: int) -> VoicePlace:
    first = max((plain.rfind(mark, 0, start) + 1 for mark in _SENTENCE), default=0)
    last = min((at for mark in _SENTENCE if (at := plain.find(mark, end)) >= 0), default=len(plain))
    return VoicePlace(
        plain[start:end], plain[max(first, start - _AROUND) : start], plain[end : min(last, end + _AROUND)]
    )


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
