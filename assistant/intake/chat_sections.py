"""Which section a writer means: （三）, 第二部分, 征兵那节, 这一段."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from assistant.intake.chat_names import named
from assistant.intake.chat_section_names import first_name, parts_of, sections_named, under
from assistant.reports.outline import numbers
from assistant.reports.report import Report
from assistant.slots.numeral_values import value_of

_DIGITS = "0-9〇零一二三四五六七八九十两"
_JOINED = r"\s*[、和与及跟,，]+\s*"
_NUMBER = rf"[{_DIGITS}]{{1,3}}"
_UNITS = "部分|部份|章|块|大点"
_PART = re.compile(rf"(?<!倒数)第\s*{_NUMBER}(?:大?(?:{_UNITS})?{_JOINED}第?\s*{_NUMBER})*\s*大?(?:{_UNITS})")
_NTH = re.compile(rf"(?<!倒数)第\s*{_NUMBER}(?:(?:小?节)?{_JOINED}第?\s*{_NUMBER})*\s*个?(?P<unit>小?节|段|小点|点|条)")
_ROUND = re.compile(rf"[（(]\s*{_NUMBER}\s*[）)]")
_HEAD = re.compile(rf"(?<![{_DIGITS}第])({_NUMBER})、")
_LAST = re.compile(
    rf"最后一?个?大?(?:{_UNITS}|节)|倒数第\s*(?P<back>{_NUMBER}(?:{_JOINED}第?\s*{_NUMBER})*)\s*个?(?:大?(?:{_UNITS})|小?节)|"
    r"(?:^|[，,和与及跟、])(?:结尾|末尾)(?!处)"
)
_PART_COUNTED = re.compile(rf"(?:{_UNITS})$")
_AND_LAST = re.compile(r"(?:[和与及跟、]|以及)$")
#: A button's own words.
CHOSEN = re.compile(r"\s*“(?P<title>[^”]{1,40})”这一?节")
_HERE = re.compile(r"这一?(?:节|段|部分|块|章)|本节|本段|当前(?:这)?(?:一)?(?:节|段)|选中的?(?:这)?(?:一)?(?:节|段)")
_WHOLE = re.compile(r"全文|整篇|通篇|整个报告|全篇|所有(?:章节|部分|段落)|每一?(?:节|段)|各节")


@dataclass(frozen=True)
class Meant:
    """The sections that words may mean.

    Attributes:
        keys: those that hold text, in order; one where it is certain.
        whole: the whole report is meant.
        spoken: the words name a section at all.
        each: every one of several ``keys`` was named.
        missing: numbers that no section has.
    """

    keys: tuple[str, ...] = ()
    whole: bool = False
    spoken: bool = False
    each: bool = False
    missing: tuple[str, ...] = ()

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
    chosen = CHOSEN.match(text)
    titled = [one.key for one in report.written if chosen and one.title == chosen["title"]]
    if len(titled) == 1:
        return Meant(tuple(titled), spoken=True)
    by_name, each = sections_named(text, report, titles)
    here = _HERE.search(text)
    if here and not _named_right_before(text[: here.start()], report, titles):
        return Meant((selected,) if selected in written else (), spoken=True)
    groups, missing = _numbered(text, report, inside=bool(by_name))
    if (
        by_name
        and (last := _LAST.search(text))
        and _AND_LAST.search(text[: last.end()].removesuffix(last.group().lstrip("，,和与及跟、")))
    ):
        # 开头和结尾: a name and a place.
        groups = [[key] for key in by_name] + groups
    if len(groups) > 1:
        keys = tuple(dict.fromkeys(key for group in groups for key in group))
        return Meant(keys, spoken=True, each=all(len(group) == 1 for group in groups), missing=missing)
    if groups:
        [numbered] = groups
        both = [key for key in numbered if key in by_name]
        if not both and len(numbered) > 1:
            both = [key for key in _by_facts(text, report) if key in numbered]
        return Meant(tuple(both or numbered), spoken=True, missing=missing)
    if by_name:
        return Meant(tuple(by_name), spoken=True, each=each)
    if missing:
        return Meant(spoken=True, missing=missing)
    if _WHOLE.search(text):
        return Meant(whole=True, spoken=True)
    return Meant(tuple(_by_facts(text, report)), spoken=False)


def begins(text: str, report: Report, titles: Mapping[str, tuple[str, ...]]) -> int:
    """Where words first name a section or its number, -1 for nowhere."""
    places = [one.start() for pattern in (_PART, _ROUND, _NTH, _LAST) if (one := pattern.search(text))]
    name = first_name(text, report, titles)
    return min([*places, *([name] if name >= 0 else [])], default=-1)


def _named_right_before(text: str, report: Report, titles: Mapping[str, tuple[str, ...]]) -> bool:
    """征兵这一段 is the section of that name, whichever is open."""
    names = (
        part for one in report.sections for name in (one.title, *titles.get(one.key, ())) for part in parts_of(name)
    )
    return text.rstrip(" ”\"'》，").endswith(tuple(names))


def _numbered(text: str, report: Report, *, inside: bool) -> tuple[list[list[str]], tuple[str, ...]]:
    """The sections of each number in a text, a part's own where one is narrowed, and the numbers that none has.

    Args:
        inside: a section is named as well: 第2段 is one of its paragraphs.
    """
    parts = list(_PART.finditer(text))
    found = [(one, "、") for one in parts] + [(one, "）") for one in _ROUND.finditer(text)]
    found += [(one, "") for one in _NTH.finditer(text) if one["unit"] in ("节", "小节") or not inside]
    found += [
        (one, "head") for one in _HEAD.finditer(text) if not any(p.start() <= one.start() < p.end() for p in parts)
    ]
    found += [(one, "last") for one in _LAST.finditer(text)]
    groups: list[list[str]] = []
    missing: list[str] = []
    scope: list[str] = []
    for match, level in sorted(found, key=lambda one: one[0].start()):
        if level == "last":
            counted, beyond = _from_the_end(match, report)
            groups += counted
            missing += beyond
            continue
        for number in re.findall(_NUMBER, match.group()):
            here = _of_number(_value(number), "、" if level == "head" else level, report)
            within = [key for key in scope if key in here]
            if not here and level != "head":
                missing.append(match.group().strip())
            elif level in ("、", "head"):
                if scope and not any(key in scope for group in groups for key in group):
                    groups.append(scope)
                scope = here or scope
            elif within:
                # The part was named for what is in it: 第二部分的（一）和（三）.
                groups.append(within)
            elif here:
                groups.append(here)
    narrowed = any(key in scope for group in groups for key in group)
    return groups + ([scope] if scope and not narrowed else []), tuple(dict.fromkeys(missing))


def _from_the_end(match: re.Match[str], report: Report) -> tuple[list[list[str]], list[str]]:
    """The sections that are counted from the end, and the words where there are not so many.

    Parts are what stands in the outline's first level, as in 第二部分; the rest counts what holds text.
    """
    counted = [[one.key] for one in report.written]
    if _PART_COUNTED.search(match.group()):
        counted = [keys for one in report.sections if one.depth == 1 and (keys := under(one, report))]
    backs = [_value(number) or 0 for number in re.findall(_NUMBER, match["back"] or "一")]
    there = [back for back in backs if 0 < back <= len(counted)]
    return [counted[-back] for back in there], [] if there == backs else [match.group()]


def _of_number(number: int | None, tail: str, report: Report) -> list[str]:
    labels = numbers(report.sections)
    found: list[str] = []
    for section in report.sections:
        label = labels[section.key]
        if label and label.endswith(tail) and _value(label) == number:
            found += under(section, report)
    return list(dict.fromkeys(found))


def _value(label: str) -> int | None:
    bare = re.sub(rf"[^{_DIGITS}]", "", label)
    value = int(bare) if bare.isdecimal() else value_of(bare)
    return int(value) if value is not None else None


def _by_facts(text: str, report: Report) -> list[str]:
    """The sections whose home facts are named."""
    labels = {label for one in named(text, report.sheet.schema) for label in one.labels}
    counts = {section.key: sum(label in labels for label in section.facts) for section in report.written}
    top = max(counts.values(), default=0)
    return [key for key, count in counts.items() if count == top] if top else []
