"""A report type's phrases, rendered for one section: which alternatives stand, in which order, from which seed."""

from __future__ import annotations

import os
import zlib
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from jinja2 import TemplateError, TemplateNotFound
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import Namespace

from assistant.drafting.brief import Brief
from assistant.drafting.grounds import Grounds, one_comparison_each
from assistant.drafting.material import LONG_TABLE, Material
from assistant.drafting.own_section import own_text
from assistant.drafting.tidy import tidy
from assistant.errors import ReportTypeError
from assistant.reports.outline_edit import OWN
from assistant.reports.templates import CHOOSER, LEVEL, Part, environment
from assistant.reports.types import Length
from assistant.slots.forms import FORMS
from assistant.slots.grammar import Slot, slots_in
from assistant.slots.render import render_text

FOLDER = "phrases"
#: What each length may come down to and rise to: 0 the key facts, 1 every fact, 2 and 3 with more of the how.
ALL_LEVELS = range(4)
LEVELS = {Length.BRIEF: (0, 1, 2), Length.NORMAL: (1, 2), Length.FULL: (2, 3)}
#: How far beyond its share of the length a section may go before it is told more briefly.
ROOM = {Length.BRIEF: 1.0, Length.NORMAL: 1.15, Length.FULL: 1.15}
#: Words of which official prose has too many: an alternative that repeats one within a section stands back.
STOCK = (
    "扎实",
    "切实",
    "进一步",
    "全面",
    "深入",
    "积极",
    "严格",
    "认真",
    "不断",
    "有效",
    "着力",
    "坚持",
    "加强",
    "强化",
    "推进",
    "推动",
    "落实",
    "确保",
    "做好",
    "开展",
    "组织",
    "持续",
    "健全",
    "完善",
    "提升",
    "提高",
    "压实",
    "统筹",
    "高度重视",
    "始终",
    "充分",
    "广泛",
    "细致",
    "规范",
    "有序",
    "稳步",
    "牢固",
    "树立",
    "围绕",
    "依托",
    "结合",
)


class Phrasing:
    """The chooser of one section."""

    def __init__(self, brief: Brief, seed: int, level: int) -> None:
        self._brief = brief
        self._seed = seed
        self._level = level
        self._home = frozenset(brief.section.facts)
        self._material = Material(brief)
        self._visits: dict[str, int] = {}
        self._said: list[str] = []

    def say(self, place: str, alternatives: Sequence[Part], needs: Sequence[Part]) -> str:
        before = len(self._said)
        place = self._visit(place)
        texts = [text for part in alternatives if (text := self._evaluated(part, before)) and self._complete(text)]
        gaps = [text for part in needs if (text := self._evaluated(part, before)) and self._wanted(text)]
        # A gap that nothing above shows goes before a sentence that is whole without the fact: nobody would miss it.
        texts = [text for text in gaps if self._unseen(text)] or texts or gaps
        if not texts:
            return ""
        chosen = self._picked(place, self._best(texts))
        self._said.append(chosen)
        return chosen

    def _evaluated(self, part: Part, before: int) -> str:
        """A part as text; what it said inside counts only if it is chosen."""
        text = part()
        del self._said[before:]
        return text

    def mix(self, place: str, parts: Sequence[Part]) -> str:
        place = self._visit(place)
        start = self._turn(place, len(parts))
        order = [*parts[start:], *parts[:start]]
        if len(order) > 2 and self._turn(f"{place}/", 2):
            order[1:] = reversed(order[1:])
        return "".join(part() for part in order)

    def _visit(self, place: str) -> str:
        """A tag in a loop is another one each time."""
        self._visits[place] = number = self._visits.get(place, 0) + 1
        return f"{place}:{number}"

    def _complete(self, text: str) -> bool:
        return all(self._material.usable(slot) for slot in slots_in(text))

    def _wanted(self, text: str) -> bool:
        """Whether a required fact of this section is missing in the text, and everything else is fine."""
        unusable = [slot for slot in slots_in(text) if not self._material.usable(slot)]
        return bool(unusable) and all(self._material.lacking(slot.label) for slot in unusable)

    def _unseen(self, text: str) -> bool:
        """Whether the text shows a required fact as missing that no sentence before it shows."""
        shown = {slot.label for said in self._said for slot in slots_in(said)}
        return any(self._material.lacking(slot.label) and slot.label not in shown for slot in slots_in(text))

    def _best(self, texts: list[str]) -> list[str]:
        told = {slot for said in self._said for slot in slots_in(said)}
        told_labels = {slot.label for slot in told}
        worn = {word for said in self._said for word in STOCK if word in said}

        def worth(text: str) -> int:
            slots = {_without_measure(slot) for slot in slots_in(text) if slot.label in self._home}
            return len(slots - told) - 2 * len({s.label for s in slots if not s.form} & told_labels)

        most = max(map(worth, texts))
        richest = [text for text in texts if worth(text) == most]

        def wear(text: str) -> int:
            return sum(word in text for word in worn)

        least = min(map(wear, richest))
        return [text for text in richest if wear(text) == least]

    def _picked(self, place: str, texts: list[str]) -> str:
        return texts[self._turn(place, len(texts))]

    def _turn(self, place: str, count: int) -> int:
        """Another seed, another choice.

        Each ``count`` seeds in a row meet every alternative once, and neighbouring seeds never the same one; in which
        order, every tag and every such row has of its own, so that whole sections do not come round again.
        """
        if count < 2:
            return 0
        row, step = divmod(self._seed, count)
        if count == 2:
            return (self._number(place, 0, count) + step) % count
        last, before = self._number(place, row, count), self._number(place, row - 1, count)
        start = self._number(f"{place}/", row, count)
        first = next(one for n in range(count) if (one := (start + n) % count) not in (last, before))
        between = [one for one in range(count) if one not in (first, last)]
        turned = self._number(f"{place}/", row, len(between)) if between else 0
        return [first, *between[turned:], *between[:turned], last][step]

    def _number(self, place: str, row: int, count: int) -> int:
        return zlib.crc32(f"{self._brief.section.key}|{place}|{row}".encode()) % count

    def context(self) -> dict[str, object]:
        """What phrases can name: every fact under its label, and helpers."""
        brief, material = self._brief, self._material
        helpers: dict[str, object] = {
            CHOOSER: self,
            LEVEL: self._level,
            "级": self._level,
            "述职": brief.report.shape.voice == "person",
            "节": brief.section.key,
            "样式": brief.report.shape.key,
            "有": lambda *labels: any(material.usable(Slot((label,))) for label in labels),
            "全": lambda *labels: all(material.usable(Slot((label,))) for label in labels),
            "缺": lambda *labels: any(material.lacking(label) for label in labels),
            "条": material.items,
            "行": material.rows,
            "表": material.table,
            "大项": material.largest,
            "长表": LONG_TABLE,
            "namespace": Namespace,
            "range": range,
        }
        return material.values() | helpers | Grounds(brief, material).questions()


def _without_measure(slot: Slot) -> Slot:
    return slot if slot.form in FORMS and slot.form not in ("汉字", "数") else Slot(slot.path)


@lru_cache(maxsize=16)
def _environment(folder: Path, shared: Path, _stamp: tuple[int, ...]) -> ImmutableSandboxedEnvironment:
    return environment(folder, shared)


def _stamp(folder: Path) -> tuple[int, ...]:
    try:
        with os.scandir(folder / FOLDER) as entries:
            return tuple(sorted(entry.stat().st_mtime_ns for entry in entries))
    except OSError:
        return ()


def phrase(brief: Brief, seed: int) -> str:
    """The section's slot text from the phrases of its template: as full as its share of the length has room for.

    Raises:
        ReportTypeError: a phrase file names a fact that the report type does not have.
    """
    if brief.level is not None:
        return at_level(brief, seed, brief.level)
    least, *fuller = LEVELS[brief.length]
    for level in reversed(fuller):
        text = at_level(brief, seed, level)
        if len(render_text(text, brief.sheet)) <= brief.characters * ROOM[brief.length]:
            return text
    return at_level(brief, seed, least)


def at_level(brief: Brief, seed: int, level: int) -> str:
    """The section's slot text as full as ``level`` says, whatever room there is."""
    if brief.section.template == OWN:
        return own_text(brief, seed)
    folder = brief.report_type.folder
    made = _environment(folder, folder.parent, _stamp(folder))
    name = f"{FOLDER}/{brief.section.template}.j2"
    try:
        phrases = made.get_template(name).render(Phrasing(brief, seed, level).context())
    except TemplateNotFound as error:
        raise ReportTypeError(f"{folder.name}/{name}", None, f"找不到模板“{error.name}”") from error
    except TemplateError as error:
        raise ReportTypeError(f"{folder.name}/{name}", getattr(error, "lineno", None), f"用不了（{error}）") from error
    required = {item.label for item in brief.sheet.schema.required(brief.report.shape.key)}
    return tidy(one_comparison_each(phrases, required))
