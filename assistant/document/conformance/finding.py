"""What the checker says, and how findings of one kind are gathered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any, Literal

from assistant.document.conformance.model import Para
from assistant.document.layout import LayoutProfile
from assistant.document.rules import Strength

Severity = Literal["error", "warning", "hint"]
_SEVERITY: dict[str, Severity] = {"规定": "error", "一般": "warning", "推荐": "warning", "实务": "hint"}
_WORDS = 12


@dataclass(frozen=True, slots=True)
class ConformanceFinding:
    """One departure from the layout.

    Attributes:
        rule: what was looked at, such as ``body.font``.
        clause: of GB/T 9704-2012; "" where the standard says nothing (实务).
        severity: error for 规定, warning for 一般 and 推荐, hint for 实务.
        expected, found: in Chinese.
        paragraph: number of the paragraph in the file from 1, None for the whole file.
        where: the first words of that paragraph, or the part of the page.
        count: how many paragraphs have the same fault; ``paragraph`` is the first.
    """

    rule: str
    clause: str
    strength: Strength
    severity: Severity
    expected: str
    found: str
    paragraph: int | None
    where: str
    count: int = 1

    @property
    def sentence(self) -> str:
        """The finding as one line for a person."""
        place = f"第{self.paragraph}段“{self.where}”" if self.paragraph else self.where
        more = f"等{self.count}段" if self.count > 1 else ""
        source = f"GB/T 9704 {self.clause}，{self.strength}" if self.clause else self.strength
        return f"{place}{more}：应为{self.expected}，现为{self.found}（{source}）"

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


class Reporter:
    """Gathers findings; the same fault in many paragraphs is one finding with a count."""

    def __init__(self, profile: LayoutProfile) -> None:
        self.profile = profile
        faces = profile.typefaces.values()
        #: Fonts that digits and letters may have, in lower case.
        self.latin = {name.casefold() for face in faces for name in (face.name, *face.same)}
        self.latin |= {name.casefold() for name in profile.latin.names}
        self._found: dict[tuple[str, str, str], ConformanceFinding] = {}

    def tell(self, rule: str, source: Any, expected: str, found: str, at: Para | str) -> None:
        """Notes a fault.

        Args:
            source: what has ``clause`` and ``strength``: a value of the profile.
            at: the paragraph, or words for a place that is none.
        """
        key = (rule, expected, found)
        old = self._found.get(key)
        if old is not None:
            at_para = at.number if isinstance(at, Para) else None
            if at_para != old.paragraph:
                count = old.count + 1
                self._found[key] = ConformanceFinding(**{**old.as_json(), "count": count})
            return
        strength: Strength = source.strength
        self._found[key] = ConformanceFinding(
            rule,
            source.clause,
            strength,
            _SEVERITY[strength],
            expected,
            found,
            at.number if isinstance(at, Para) and at.number else None,
            first_words(at.text) if isinstance(at, Para) else at,
        )

    def check(self, key: str, rule: str, expected: str, found: str, at: Para | str) -> None:
        """Notes a fault against one of ``checks.rules``; silent where a profile switched that off."""
        source = self.profile.checks.rules[key]
        if source.value:
            self.tell(rule, source, expected, found, at)

    def findings(self) -> list[ConformanceFinding]:
        """Errors first, then by place."""
        order = {"error": 0, "warning": 1, "hint": 2}
        return sorted(self._found.values(), key=lambda one: (order[one.severity], one.paragraph or 0))


def first_words(text: str) -> str:
    """The beginning of a paragraph, to find it by."""
    text = " ".join(text.split())
    return text if len(text) <= _WORDS else text[:_WORDS] + "…"


def listed(names: Iterable[str]) -> str:
    """Names once each, in order."""
    return "、".join(dict.fromkeys(name or "未指定" for name in names))
