"""What a check says about a report."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from assistant.facts.fields import Severity

Part = Literal["text", "heading"]
#: Findings of one place are shown in this order.
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "hint")


@dataclass(frozen=True)
class Fix:
    """A repair that one press applies: ``before`` at [start, end) of the section's slot text becomes ``after``.

    Attributes:
        label: what the button says, in Chinese.
    """

    start: int
    end: int
    before: str
    after: str
    label: str


@dataclass(frozen=True)
class Finding:
    """One thing that a check found.

    Attributes:
        rule: the check's name, stable, its kind in front: ``number.conflicting``, ``placeholder.missing``,
            ``rule.conscription-1-2``, ``stale.direction``, ``coverage.unused``, ``length.over``.
        message: what is wrong, in Chinese, one or two sentences.
        section_key: the section; "" for the whole report or its fact sheet.
        part: which slot text of the section the places count in: its ``text`` or its ``heading``.
        start, end: characters of that slot text; both 0 where no place can be named.
        excerpt: the words at that place.
        fix: a repair, where one is certain; only ever of a section's text.
        facts: labels of the facts that it is about.
        expected: what the fact says in the place of a conflicting number; "" otherwise.
    """

    rule: str
    severity: Severity
    message: str
    section_key: str = ""
    start: int = 0
    end: int = 0
    excerpt: str = ""
    fix: Fix | None = None
    facts: tuple[str, ...] = ()
    part: Part = "text"
    expected: str = ""

    @property
    def kind(self) -> str:
        """number, placeholder, rule, stale, coverage, repetition or length."""
        return self.rule.partition(".")[0]


def by_severity(finding: Finding) -> int:
    """Sort key: errors first."""
    return SEVERITIES.index(finding.severity)
