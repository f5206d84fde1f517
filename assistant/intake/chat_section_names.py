"""The sections whose names stand in a text: which of the names are what it is about, and which only a topic."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from assistant.reports.report import Report, Section

_TAILS = ("工作情况", "工作", "情况", "建设", "问题", "部分", "保障", "落实")
_LINKS = re.compile(r"[、和与及]|以及|并")
#: Behind a name it says that the section is meant.
_MARK = re.compile(r"(?:工作|情况)?的?(?:(?:那|这)(?:一|两|几|个)*(?:节|段|部分|块|章|里|边|儿)|一节|部分|”这)")
_AND = re.compile(r"”?(?:工作|情况)?(?:(?:那|这)?一?(?:节|段|部分|块))?(?:[、和与及跟]|以及|还有)“?")
#: In front of a name it makes it what is to be written about.
_TOPIC = re.compile(
    r"(?:突出|强调|体现|侧重|着重|重点[写讲说放]|提到|提一?下|关于|有关|结合|参考|说说|写写|讲讲)[^，。；]{0,4}$"
)
#: 和征兵重复了: what it is compared with.
_COMPARED = re.compile(
    r"(?:那|这)?(?:节|段|部分|块)?的?(?:内容)?(?:有点|有些)?(?:重复|一样|雷同|重叠|差不多|冲突|矛盾)"
)


@dataclass(frozen=True)
class _Mention:
    start: int
    end: int
    keys: tuple[str, ...]


def sections_named(text: str, report: Report, titles: Mapping[str, tuple[str, ...]]) -> tuple[list[str], bool]:
    """The sections that a text names, in the report's order, and whether all of several are meant (征兵和双拥)."""
    every = _mentions(text, report, titles)
    found = [one for one in every if not _TOPIC.search(text[: one.start])] or every
    marked = [one for one in found if _MARK.match(text, one.end)]
    longest = max((one.end - one.start for one in found), default=0)
    heads = marked or [one for one in found if one.end - one.start == longest]
    chosen = list(heads)
    for one, other in pairwise(found):
        if _AND.fullmatch(text, one.end, other.start) and (one in chosen or other in chosen):
            if _COMPARED.match(text, other.end):
                chosen = [mention for mention in chosen if mention != other]
            else:
                chosen += [mention for mention in (one, other) if mention not in chosen]
    chosen.sort(key=lambda one: one.start)
    joined = all(_AND.fullmatch(text, a.end, b.start) for a, b in pairwise(chosen))
    keys = {key for one in chosen for key in one.keys}
    each = len(keys) > 1 and joined and all(len(one.keys) == 1 for one in chosen)
    return [section.key for section in report.written if section.key in keys], each


def first_name(text: str, report: Report, titles: Mapping[str, tuple[str, ...]]) -> int:
    """Where the first name of a section stands in a text, -1 for nowhere."""
    return next((one.start for one in _mentions(text, report, titles)), -1)


def _mentions(text: str, report: Report, titles: Mapping[str, tuple[str, ...]]) -> list[_Mention]:
    """Each name in the text, the longest at each place; 征兵 is the section of that name before it is part of one."""
    words: dict[str, dict[str, int]] = {}
    for section in report.sections:
        for name in dict.fromkeys((section.title, *titles.get(section.key, ()))):
            for word in parts_of(name):
                for key in under(section, report):
                    ranks = words.setdefault(word, {})
                    ranks[key] = max(ranks.get(key, 0), 1 if word == name else 0)
    if not words:
        return []
    pattern = re.compile("|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word)))))
    found = []
    for match in pattern.finditer(text):
        ranks = words[match.group()]
        top = max(ranks.values(), default=0)
        found.append(_Mention(match.start(), match.end(), tuple(key for key, rank in ranks.items() if rank == top)))
    return found


def under(section: Section, report: Report) -> list[str]:
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


def parts_of(name: str) -> list[str]:
    found: list[str] = []
    for part in (name, *_LINKS.split(name)):
        found.append(part)
        found += [part.removesuffix(tail) for tail in _TAILS if part.endswith(tail)]
    return [part for part in found if (len(part) >= 2 and part != name) or part == name]
