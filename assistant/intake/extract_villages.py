"""What villages have, one by one, is a part: in a row (上坪12人、下坪10人), in messages, in parts of a paper."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from assistant.slots.numeral import Numeral

_NAME = "[一-龥]{2,5}"
#: 上坪、下坪、白马等6个村: names that a text gives its villages; 大湾村, 锦绣社区.
_LISTED = re.compile(
    rf"(?P<names>{_NAME}(?:(?:、{_NAME}){{1,40}}(?:和{_NAME}){{0,3}}|(?:和{_NAME}){{1,3}}))(?:等)?(?:[0-9]{{1,2}}|[一二三四五六七八九十]{{1,3}})个(?:行政)?(?:村|社区)"
)
_NAMED = re.compile(r"(?<![一-龥])(?P<name>[一-龥]{2,3}?)(?:村|社区|屯)(?![一-龥]*民兵营)")
_LEADS = re.compile("^.*(?:下?辖|管着|分别是|包括|共有|现有|有|即)")
_OF_VILLAGE = re.compile("[一-龥]{1,4}(?:村|社区|屯|组|街|寨)$")
#: What parts one village from the next, with the next one's name.
_NEXT = re.compile(
    rf"[人名个次户处块件份条]{{0,2}}[、，](?P<name>(?!共|合计|总计|累计|一共|加|全|其中|比|较|去年|上年|今年){_NAME})(?:村|社区)?[有：编]?"
)
_LEAST = 3
#: 石磨村主任 09:10: who speaks in a group of messages; a village's officer speaks of his village.
SPEAKS = re.compile(
    r"^[ \u3000]*+(?P<who>[^，。；：\n0-9]{2,16}?(?:：[^，。；：\n0-9]{1,8}?)?)(?<![ \u3000])[ \u3000]*+"
    r"(?:[0-9/年月日.-]+[ ])?"
    r"(?:[上下]午|昨天|今天)?[ ]?[0-9]{1,2}[:：][0-9]{2}"
    r"(?:[:：][0-9]{2})?[ \u3000]*$",
    re.MULTILINE,
)
_WHOLE = re.compile("全[镇乡街区办]|汇总")
#: 二、柳河村报的情况: parts of a paper that tell what one village has; 四、合在一起看: what all of them have.
_PART_OF_PAPER = re.compile(
    r"^[ \u3000]*(?P<number>[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]）)(?P<name>[^。；\n]{2,24})[。]?$",
    re.MULTILINE,
)
_VILLAGES_OWN = re.compile(r"[一-龥]{1,4}(?:村|社区)(?:上?报(?:来)?的?|的?情况|民兵连|$)")
_TOGETHER = re.compile("合在一起|合起来|汇总|合计|总的|全[镇乡街办]|[两三四五六七八九十几]村合|综合")
VILLAGER = re.compile("村(?!镇)|社区|会计|网格|支书|村主任|居委")


def parts_of_villages(text: str, figures: Sequence[Numeral]) -> dict[int, int]:
    """Number of a figure that one village of a row has → that of the first of its row."""
    known: frozenset[str] | None = None
    found: dict[int, int] = {}
    place = 0
    while place < len(figures):
        run, names = [place], list[str]()
        for one, two in itertools.pairwise(figures[place : place + 60]):
            told = _NEXT.fullmatch(text, one.end, two.start) if _alike(one, two) else None
            if told is None:
                break
            names.append(told["name"])
            run.append(run[-1] + 1)
        if len(run) >= _LEAST:
            known = _known(text) if known is None else known
            if sum(1 for name in names if name in known or _OF_VILLAGE.search(name)) * 2 > len(names):
                found |= dict.fromkeys(run, place)
        place = run[-1] + 1
    return found


def _alike(one: Numeral, two: Numeral) -> bool:
    return one.kind == two.kind and one.kind in ("count", "number") and one.unit == two.unit


def _known(text: str) -> frozenset[str]:
    """The names of villages that the text gives."""
    names = {name for told in _LISTED.finditer(text) for name in re.split("[、和]", _LEADS.sub("", told["names"]))}
    return frozenset({*names, *(told["name"] for told in _NAMED.finditer(text))})


def told_by_villages(text: str) -> Iterator[tuple[int, int]]:
    """What officers of villages say in a group of messages in which somebody tells the whole."""
    spoken = list(_spoken(text))
    if any(_WHOLE.search(text, *part) for who, part in spoken if not VILLAGER.search(who)):
        yield from (part for who, part in spoken if VILLAGER.search(who))
    headed = list(_headed(text))
    own = [part for name, part in headed if _VILLAGES_OWN.search(name)]
    if len(own) > 1 and any(_TOGETHER.search(name) for name, _ in headed):
        yield from own


def told_of_all(text: str) -> Iterator[tuple[int, int]]:
    """Where somebody puts together what villages have: 全乡汇总如下, said by an office; 四、合在一起看."""
    yield from (part for who, part in _spoken(text) if not VILLAGER.search(who) and _WHOLE.search(text, *part))
    yield from (part for name, part in _headed(text) if _TOGETHER.search(name))


def _spoken(text: str) -> Iterator[tuple[str, tuple[int, int]]]:
    """Who speaks in a group of messages, and the place of what he says."""
    spoken = list(SPEAKS.finditer(text))
    ends = [*(one.start() for one in spoken), len(text)][1:]
    return ((one["who"], (one.end(), end)) for one, end in zip(spoken, ends, strict=True))


def _headed(text: str) -> Iterator[tuple[str, tuple[int, int]]]:
    """The headings of the parts of a paper, and the place of what stands below each."""
    headings = list(_PART_OF_PAPER.finditer(text))
    ends = [*(one.start() for one in headings), len(text)][1:]
    return ((one["name"], (one.end(), end)) for one, end in zip(headings, ends, strict=True))
