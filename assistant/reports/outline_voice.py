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
_UNIT = r"我(?:镇(?!定)|乡|街道|办(?![好理成完实])|处(?![理处于在置事])|县|区(?!分)|市)|本(?:镇|乡|街道|办|单位)"
_AS_UNIT = re.compile(_UNIT)
#: What stands behind 我 where a unit speaks of itself or of its people: 我部, not 我部署; 我驻地, not 我驻村蹲点.
_OURS = (
    r"国|军|党|省(?!吃)|们|方|人民|院|村|社区|单位|公司|中心|武装部|人武部|海军|空军|火箭军|战区|辖|驻[地军区镇街]"
    r"|部(?![分署])|委(?![托派以屈])|所(?![在做有分说提负谓能承联包任带属])|校(?!准)|局(?!限)|站(?![在位好到上稳出])"
)
#: 我 by itself: not 我国, 忘我, 敌我, 强国有我, nor where a unit speaks of itself, nor the slogan that begins with it.
_AS_PERSON = re.compile(
    rf"本人|述职|(?<![自忘敌你彼唯舍无小大])(?<!(?<![只还没也])有)(?!{_UNIT})我(?!{_OURS}|为群众办实事)"
)
_QUOTES = (("“", "”"), ("《", "》"), ("‘", "’"))
_HIDDEN = "\ue001"
_AROUND = 9
_CUT = "……"
_SENTENCE = "。；！？\n"


@dataclass(frozen=True)
class VoicePlace:
    """A word of the other voice. ``before`` and ``after`` are what stands around it in its sentence, rendered."""

    word: str
    before: str
    after: str


def voice_places(text: str, sheet: FactSheet, *, person: bool) -> list[VoicePlace]:
    """The places of a slot text that do not go with the voice to be; what a slogan or a title quotes, nobody says.

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
    return [_place(plain, start, end) for start, end in _apart(found) if not _quoted(plain, start)]


def _apart(found: set[tuple[int, int]]) -> list[tuple[int, int]]:
    """In order, the longer of two that overlap."""
    kept: list[tuple[int, int]] = []
    for start, end in sorted(found, key=lambda one: (one[0], -one[1])):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return kept


def _quoted(plain: str, at: int) -> bool:
    """Whether quotation marks are open before a place of its paragraph, and close behind it."""
    first, last = plain.rfind("\n", 0, at) + 1, plain.find("\n", at)
    last = last if last >= 0 else len(plain)
    return any(
        plain.rfind(mark, first, at) > plain.rfind(end, first, at) and plain.find(end, at, last) >= 0
        for mark, end in _QUOTES
    )


def _place(plain: str, start: int, end: int) -> VoicePlace:
    first = max((plain.rfind(mark, 0, start) + 1 for mark in _SENTENCE), default=0)
    last = min((at for mark in _SENTENCE if (at := plain.find(mark, end)) >= 0), default=len(plain))
    before, after = plain[max(first, start - _AROUND) : start], plain[end : min(last, end + _AROUND)]
    return VoicePlace(
        plain[start:end],
        f"{_CUT if start - _AROUND > first else ''}{before}",
        f"{after}{_CUT if end + _AROUND < last else ''}",
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
