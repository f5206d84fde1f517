"""Which section a writer means: （三）, 第二部分, 征兵那节, 这一段."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from assistant.facts.numeral_values import value_of
from assistant.intake.chat_names import named
from assistant.intake.chat_section_names import first_name, parts_of, sections_named, under
from assistant.reports.outline import numbers
from assistant.reports.report import Report

_DIGITS = "0-9〇零一二三四五六七八九十两"
_JOINED = r"\s*[、和与及跟,，]+\s*"
_NUMBER = rf"[{_DIGITS}]{{1,3}}"
_UNITS = "部分|部份|章|块|大点"
_COUNT = r"(?:这?[两二三四五六几]个?)?"
_PART = re.compile(
    rf"(?<!倒数)第\s*{_NUMBER}(?:大?(?:{_UNITS})?{_JOINED}第?\s*{_NUMBER})*{_COUNT}\s*大?(?:{_UNITS})|"
    rf"(?<![{_DIGITS}第]){_NUMBER}(?:{_JOINED}{_NUMBER})+{_COUNT}\s*大?(?:{_UNITS})"
)
_NTH = re.compile(
    rf"(?<!倒数)第\s*{_NUMBER}(?:(?:小?节)?{_JOINED}第?\s*{_NUMBER})*{_COUNT}\s*个?(?P<unit>小?节|段|小点|点|条)|"
    rf"(?<![{_DIGITS}第]){_NUMBER}(?:{_JOINED}{_NUMBER})+{_COUNT}\s*个?(?P<several>小?节)"
)
#: 一三两部分, 二三部分: each digit a number; 前两部分: counted from one end.
_RUN = re.compile(
    rf"(?<![{_DIGITS}第、])第?(?P<run>[一二三四五六七八九]{{2,5}})(?P<count>[两几])?个?大?(?P<unit>部分|部份|章|节)"
)
_ENDS = re.compile(rf"(?P<end>前|头|最前|后|最后|末)(?P<count>[两二三四五六2-6])个?大?(?P<unit>{_UNITS}|小?节)")
#: 一、三两部分: the last counts the others.
_COUNTS_THEM = re.compile(rf"(?<=[{_DIGITS}])[两几]个?(?=大?(?:{_UNITS}|小?节))")
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
#: A button's own words for several.
CHOSEN_ALL = re.compile(r"\s*(?P<titles>(?:“[^”]{1,40}”、?){2,})这几节")
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
        readings: where several were numbered and each number may be of either level: what they may be together.
    """

    keys: tuple[str, ...] = ()
    whole: bool = False
    spoken: bool = False
    each: bool = False
    missing: tuple[str, ...] = ()
    readings: tuple[tuple[str, ...], ...] = ()

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
    if several := CHOSEN_ALL.match(text):
        titles_meant = re.findall("“([^”]+)”", several["titles"])
        return Meant(tuple(one.key for one in report.written if one.title in titles_meant), spoken=True, each=True)
    if (end := _ENDS.search(text)) and "节" in end["unit"] and (found := _at_an_end(end, report)):
        return found
    text = _spelled_out(text, report)
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
        readings = _together(text, report) if any(len(group) > 1 for group in groups) else ()
        if len(readings) == 1:
            return Meant(readings[0], spoken=True, each=True, missing=missing)
        keys = tuple(dict.fromkeys(key for group in groups for key in group))
        each = all(len(group) == 1 for group in groups)
        return Meant(keys, spoken=True, each=each, missing=missing, readings=readings)
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
    places = [one.start() for pattern in (_PART, _ROUND, _NTH, _LAST, _RUN, _ENDS) if (one := pattern.search(text))]
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
    found += [(one, "") for one in _NTH.finditer(text) if one["unit"] in (None, "节", "小节") or not inside]
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
        for number in re.findall(_NUMBER, _COUNTS_THEM.sub("", match.group())):
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


def _spelled_out(text: str, report: Report) -> str:
    """一三两部分 as 第一、第三部分, 前两部分 as 第一、第二部分; of one that no rule of numbers reads otherwise."""

    def run(found: re.Match[str]) -> str:
        numbers_told = found["run"]
        before, last = ("一二三四五六七八九".index(one) + 1 for one in numbers_told[-2:])
        # 一三二部分: its last digit counts the others.
        if not found["count"] and last == len(numbers_told) - 1 and last <= before:
            numbers_told = numbers_told[:-1]
        return "、".join(f"第{one}" for one in numbers_told) + found["unit"]

    def ends(found: re.Match[str]) -> str:
        count = _value(found["count"]) or 2
        tops = sum(label.endswith("、") for label in numbers(report.sections).values())
        if "节" in found["unit"] or count > tops:
            return found.group()
        first = 1 if found["end"] in ("前", "头", "最前") else tops - count + 1
        wanted = range(first, first + count)
        return "、".join(f"第{one}" for one in wanted) + "部分"

    return _ENDS.sub(ends, _RUN.sub(run, text))


def _at_an_end(end: re.Match[str], report: Report) -> Meant | None:
    """后两节, 前三节; whether what stands before the first number counts is asked."""
    count = _value(end["count"]) or 2
    written = [section.key for section in report.written]
    if count >= len(written):
        return None
    if end["end"] not in ("前", "头", "最前"):
        return Meant(tuple(written[-count:]), spoken=True, each=True)
    labels = numbers(report.sections)
    readings = (tuple(written[:count]), tuple([key for key in written if labels[key]][:count]))
    if readings[0] == readings[1]:
        return Meant(readings[0], spoken=True, each=True)
    return Meant(tuple(dict.fromkeys([*readings[0], *readings[1]])), spoken=True, readings=readings)


def _together(text: str, report: Report) -> tuple[tuple[str, ...], ...]:
    """第一节、第三节: the sections of these numbers on each level that has them all."""
    told = [number for one in _NTH.finditer(text) for number in re.findall(_NUMBER, one.group())]
    wanted = [number for one in told if (number := _value(one)) is not None]
    found = []
    for level in ("、", "）"):
        groups = [_of_number(number, level, report) for number in wanted]
        if groups and all(groups):
            found.append(tuple(dict.fromkeys(key for group in groups for key in group)))
    return tuple(dict.fromkeys(found))


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
