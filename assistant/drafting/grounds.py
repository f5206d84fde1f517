"""What phrases may ask of the facts before they say something: praise, a comparison, one unit for a list of sums."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable
from decimal import Decimal

from assistant.drafting.brief import Brief
from assistant.drafting.material import Material
from assistant.drafting.tidy import ITEM, PARAGRAPH
from assistant.facts.accounts import told_by_row
from assistant.facts.sheet import Fact
from assistant.slots.forms import change
from assistant.slots.grammar import Slot, print_slot

_TEN_THOUSAND = Decimal(10_000)
LAST_YEAR = "比上年"
_COMPARISON = re.compile(
    rf"，(?:[^，。；：、{{}}{ITEM}{PARAGRAPH}]{{0,8}}(?:{LAST_YEAR}(?:增加|减少))?)?\{{\{{(?P<label>[^{{}}|]+)\|(?:同比|增减)\}}\}}"
)


def one_comparison_each(phrases: str, first: Container[str]) -> str:
    """Phrases with one comparison with last year a paragraph: of a fact in ``first``, else the one that comes first."""
    return PARAGRAPH.join(_one_comparison(paragraph, first) for paragraph in phrases.split(PARAGRAPH))


def _one_comparison(paragraph: str, first: Container[str]) -> str:
    found = list(_COMPARISON.finditer(paragraph))
    kept = next((match for match in found if match["label"] in first), found[0] if found else None)
    for match in reversed(found):
        if match is not kept:
            paragraph = paragraph[: match.start()] + paragraph[match.end() :]
    return paragraph


class Grounds:
    """The questions, under the names that phrases use. What no section tells cannot be asked for here either."""

    def __init__(self, brief: Brief, material: Material) -> None:
        self._sheet = brief.sheet
        self._labels = {label for section in brief.report.sections for label in section.facts}
        self._material = material

    def questions(self) -> dict[str, object]:
        return {
            "知": self.known,
            "零": self.nought,
            "未降": self.not_fallen,
            "见效": self.bore_fruit,
            "较": self.against_last_year,
            "同元": one_unit,
            "账上": self.in_account,
            "概": lambda label: bool(self._sheet.fact(label).approximate),
        }

    def known(self, label: str) -> bool:
        """Whether the fact has something to tell, wherever it is told."""
        return self._sheet.fact(label).shows

    def nought(self, label: str) -> bool:
        """Whether the fact is counted, is none, and this section is its place."""
        return self._sheet.value(label) == 0 and self._material.at_home(label)

    def not_fallen(self, *labels: str) -> bool:
        """Whether none of the facts is zero or below its last year's figure; an empty one says nothing against it."""
        return not any(_fallen(self._sheet.fact(label)) for label in labels)

    def bore_fruit(self, *labels: str) -> bool:
        """Whether there is something to show for the work, and none of it is less than the year before."""
        return self.not_fallen(*labels) and any(map(self.known, labels))

    def against_last_year(self, label: str, by_difference: bool = False, subject: str = "") -> str:
        """A clause, its comma in front; "" where it is not this section's to say or cannot be said.

        Args:
            by_difference: of small figures: 比上年增加2次 says more than 100 %.
            subject: what it speaks of, where that does not stand right before it.
        """
        changed = change(self._sheet.fact(label))
        if changed is None or not self._material.usable(Slot((label,), "同比")):
            return ""
        if not by_difference or not changed.difference:
            return f"，{subject}{print_slot(Slot((label,), '同比'))}"
        more = "增加" if changed.difference > 0 else "减少"
        return f"，{subject}{LAST_YEAR}{more}{print_slot(Slot((label,), '增减'))}"

    def in_account(self, label: str, table: str) -> bool:
        """Whether a row of an account that the report tells is this very sum: it would be told twice."""
        return table in self._labels and told_by_row(self._sheet, label, table)


def _fallen(fact: Fact) -> bool:
    if fact.value == 0:
        return True
    changed = change(fact)
    return changed is not None and changed.difference < 0


def one_unit(sums: Iterable[object]) -> str:
    """The form in which sums of one list are printed alike: "" where they are alike by themselves."""
    values = [Decimal(value) for value in sums if isinstance(value, int | Decimal) and value]
    # As money is printed: in 万元 from there on, where two decimals are enough.
    large = [value >= _TEN_THOUSAND and value % 100 == 0 for value in values]
    if all(large) or not any(large):
        return ""
    return "万元" if all(value == value.to_integral_value() for value in values) else "元"
