"""A unit's report in which a person speaks: a text from before the voice was changed, or a model's slip."""

from __future__ import annotations

from assistant.checks.finding import Finding
from assistant.facts.sheet import FactSheet
from assistant.reports.outline_voice import VoicePlace, voice_places
from assistant.reports.report import Section

#: What a unit reports on too: 组织专武干部述职.
_DEED = "述职"


def speaking_findings(section: Section, sheet: FactSheet) -> list[Finding]:
    """A warning for a section in which 我 or 本人 speaks."""
    places = person_speaks(section.text, sheet)
    if not places:
        return []
    first = places[0]
    more = f"等 {len(places)} 处" if len(places) > 1 else ""
    message = (
        f"“{first.before}{first.word}{first.after}”{more}是个人述职的口吻，这份报告由单位来讲。请改写，或重写这一节。"
    )
    return [Finding(rule="voice.person", severity="warning", message=message, section_key=section.key)]


def person_speaks(text: str, sheet: FactSheet) -> list[VoicePlace]:
    """Where a slot text says 我 or 本人 itself; what a slogan or a title quotes is not said by the report."""
    return [one for one in voice_places(text, sheet, person=False) if one.word != _DEED]
