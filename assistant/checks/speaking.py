"""The other voice in a report: 我 in a unit's, 我镇 and 党委书记 in the secretary's own."""

from __future__ import annotations

from assistant.checks.finding import Finding, Fix
from assistant.facts.fields import Severity
from assistant.facts.sheet import FactSheet
from assistant.reports.report import Section
from assistant.reports.voice_places import Kind, Speaker, VoicePlace, amiss_places

_TOLD: dict[Kind, tuple[Severity, str]] = {
    "person": ("warning", "是个人述职的口吻，这份报告由单位来讲。请改写，或重写这一节。"),
    "office": ("warning", "把述职人自己说成了别人，这份报告由“我”来讲。请改写，或重写这一节。"),
    "unit": ("hint", "是以单位名义讲的，这份报告由“我”来讲。自己做的事请说“我”，单位的事可以不动。"),
}
#: 我 in the place of the unit or of the office that does something reads well; a unit in the place of 我 may not.
_FIXED = ("office", "unit")
_ME = "我"
#: 党政主要领导 are more people than one.
_SEVERAL = "主要"


def speaking_findings(section: Section, sheet: FactSheet, speaker: Speaker) -> list[Finding]:
    """One for each place in which the other voice speaks; what a slogan or a title quotes is not said by the report."""
    return [_finding(section, one) for one in amiss_places(section.text, sheet, speaker)]


def _finding(section: Section, place: VoicePlace) -> Finding:
    severity, told = _TOLD[place.kind]
    said = section.text[place.start : place.end]
    fix = None
    if place.kind in _FIXED and _SEVERAL not in place.word:
        fix = Fix(place.start, place.end, said, _ME, f"改为“{_ME}”")
    return Finding(
        rule=f"voice.{place.kind}",
        severity=severity,
        message=f"“{place.before}{place.word}{place.after}”{told}",
        section_key=section.key,
        start=place.start,
        end=place.end,
        excerpt=said,
        fix=fix,
    )
