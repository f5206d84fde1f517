"""Which section a writer means: （三）, 第二部分, 征兵那节, 这一段."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from assistant.intake.chat_names import named
from assistant.reports.outline import numbers
from assistant.reports.report import Report, Section
from assistant.slots.numeral_values import value_of

_DIGITS = "0-9〇零一二三四五六七八九十两"
_PART = re.compile(rf"第\s*([{_DIGITS}]{{1,3}})\s*(?:大)?(?:部分|章|块|大点)")
_NTH = re.compile(rf"第\s*([{_DIGITS}]{{1,3}})\s*(?:个)?(?:小?节|段|小点|点|条)")
_ROUND = re.compile(rf"[（(]\s*([{_DIGITS}]{{1,3}})\s*[）)]")
_HEAD = re.compile(rf"(?<![{_DIGITS}第])([{_DIGITS}]{{1,3}})、")
_HERE = re.compile(r"这一?(?:节|段|部分|块|章)|本节|本段|当前(?:这)?(?:一)?(?:节|段)|选中的?(?:这)?(?:一)?(?:节|段)")
_WHOLE = re.compile(r"全文|整篇|通篇|整个报告|全篇|所有(?:章节|部分|段落)|每一?(?:节|段)|各节")
_TAILS = ("工作情况", "工作", "情况", "建设", "问题", "部分", "保障", "落实")
_LINKS = re.compile(r"[、和与及]|以及|并")


@dataclass(frozen=True)
class Meant:
    """The sections that words may mean.

    Attributes:
        keys: those that hold text, in order; one where it is certain.
        whole: the whole report is meant.
        spoken: the words name a section at all.
    """

    keys: tuple[str, ...] = ()
    whole: bool = False
    spoken: bool = False

    @property
    def certain(self) -> bool:
        return len(self.keys) == 1


def meant(text: str, report: Report, titles: Mapping[str, tuple[str, ...]], selected: str | None = None) -> Meant:
    """Which section a sentence speaks of.

    Args:
        titles: section key → what it is called in any shape of the report type.
        selected: the section that the person has before them: 这一节.
    """
    written = [section.key for section in report.written]
    by_name = _by_name(text, report, titles)
    here = _HERE.search(text)
    if here and not _named_right_before(text[: here.start()], report, titles):
        return Meant((selected,) if selected in written else (), spoken=True)
    numbered = _numbered(text, report)
    if numbered is not None:
        both = [key for key in numbered if key in by_name]
        if not both and len(numbered) > 1:
            both = [key for key in _by_facts(text, report) if key in numbered]
        return Meant(tuple(both or numbered), spoken=True)
    if by_name:
        return Meant(tuple(by_name), spoken=True)
    if _WHOLE.search(text):
        return Meant(whole=True, spoken=True)
    return Meant(tuple(_by_facts(text, report)), spoken=False)


def _named_right_before(text: str, report: Report, titles: Mapping[str, tuple[str, ...]]) -> bool:
    """征兵这一段 is the section of that name, whichever is open."""
    names = (part for one in report.sections for name in (one.title, *titles.get(one.key, ())) for part in _parts(name))
    return text.rstrip(" ”\"'》，").endswith(tuple(names))


def _numbered(text: str, report: Report) -> list[str] | None:
    """The sections of the numbers in a text; None where it has none."""
    labels = numbers(report.sections)
    found: list[str] | None = None
    for pattern, wanted in ((_PART, "、"), (_HEAD, "、"), (_ROUND, "）"), (_NTH, "")):
        for match in pattern.finditer(text):
            number = _value(match.group(1))
            here: list[str] = []
            for section in report.sections:
                label = labels[section.key]
                if label and label.endswith(wanted) and _value(label) == number:
                    here += _under(section, report)
            if wanted == "、" and pattern is _HEAD and not here:
                continue
            here = list(dict.fromkeys(here))
            found = here if found is None else [key for key in found if key in here] or here
    return found


def _value(label: str) -> int | None:
    bare = re.sub(rf"[^{_DIGITS}]", "", label)
    value = int(bare) if bare.isdecimal() else value_of(bare)
    return int(value) if value is not None else None


def _under(section: Section, report: Report) -> list[str]:
    """The section itself where it holds text, else those below it."""
    if section.holds_text:
        return [section.key]
    found: list[str] = []
    at = report.sections.index(section)
    for other in report.sections[at + 1 :]:
        if other.depth <= section.depth:
            break
        if other.holds_text:
            found.append(other.key)
    return found


def _by_name(text: str, report: Report, titles: Mapping[str, tuple[str, ...]]) -> list[str]:
    """The sections whose name stands in the text; the longest name wins, the whole one over a part of it."""
    best: dict[str, tuple[int, int]] = {}
    for section in report.sections:
        for name in dict.fromkeys((section.title, *titles.get(section.key, ()))):
            whole = name in text
            words = [name] if whole else _parts(name)
            length = max((len(word) for word in words if word in text), default=0)
            if length:
                # 征兵 is the section of that name before it is a part of 征兵和拥军优属.
                rank = (length, 1 if whole else 0)
                for key in _under(section, report):
                    best[key] = max(best.get(key, (0, 0)), rank)
    if not best:
        return []
    top = max(best.values())
    return [section.key for section in report.written if best.get(section.key) == top]


def _parts(name: str) -> list[str]:
    found: list[str] = []
    for part in (name, *_LINKS.split(name)):
        found.append(part)
        found += [part.removesuffix(tail) for tail in _TAILS if part.endswith(tail)]
    return [part for part in found if (len(part) >= 2 and part != name) or part == name]


def _by_facts(text: str, report: Report) -> list[str]:
    """The sections whose home facts are named."""
    labels = {label for one in named(text, report.sheet.schema) for label in one.labels}
    counts = {section.key: sum(label in labels for label in section.facts) for section in report.written}
    top = max(counts.values(), default=0)
    return [key for key, count in counts.items() if count == top] if top else []
