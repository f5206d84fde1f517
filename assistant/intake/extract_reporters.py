"""Messages and lines of several places in one text: who reports, and where his words stand.

大坪村：适龄青年51人，…; 双河社区-小陈 11:05 above a message; 张家村兵役登记28人，李家村…: what each of them has is no
figure of the township, whatever stands beside it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.intake.cleaning import Cleaned
from assistant.intake.extract_reporter_lines import NamedLine, named_lines
from assistant.intake.extract_villages import SPEAKS

_KIND = "(?:村|社区|居委会|屯)"
#: 各村, 两个村, 我村 and 示范村 name no village.
_NAME = (
    r"(?<![一-龥])(?![一-龥]{0,3}(?:各|全|每|本|我|咱|该|某|其[他它余中]|所有|[0-9一二两三四五六七八九十几多]+个?(?=村|社区)"
    r"|示范|重点|试点|行政|辖|驻|下派|先进|一些|部分|有的|个别|[现共]有))"
    rf"(?P<name>[一-龥]{{1,5}}?{_KIND})(?!委会?换|级|居|两委|[镇乡])"
)
_MARK = r"[ \u3000]*(?:[（(]?[0-9一二三四五六七八九十]{1,3}[）)、.．][ ]?|[【\[●·*-] ?)?"
#: 王家坳村 老李, 大坪村王书记：, 【双河社区】 on a line of its own, above what it reports.
_ABOVE = re.compile(
    rf"^{_MARK}{_NAME}[】\]]?(?:[ \u3000、，-]{{0,2}}(?!委|党|支部|民兵|工作|情况|村)[一-龥]{{1,5}})?(?:上?报)?"
    r"[ \u3000]*[：:】]?[ \u3000]*$",
    re.MULTILINE,
)
_DIGIT = "[0-9一二两三四五六七八九十]"
#: 大坪村：适龄青年51人; 大坪村 入伍2人; 大坪村适龄青年51人; 大坪村今年没人当兵.
_AHEAD = re.compile(
    rf"^{_MARK}{_NAME}[】\]]?(?:(?:[一-龥]{{1,4}}(?=：)|上?报来?的?)?[：， \u3000]{{1,2}}"
    rf"(?=[^。；\n]{{0,24}}?(?:{_DIGIT}|没有?|无))"
    rf"|(?=[一-龥]{{2,8}}{_DIGIT})|(?=[一-龥]{{0,4}}没有?))",
    re.MULTILINE,
)
#: 张家村兵役登记28人，李家村兵役登记41人: a name, the word behind it, its figure.
_WITHIN = re.compile(rf"(?:^|(?<=[，；。：、和])){_NAME}：?(?P<word>[一-龥]{{0,8}}?)(?={_DIGIT})", re.MULTILINE)
#: 各村入伍人数：王家坳2人、大坪3人、双河1人: one word for all of them.
_CELL = rf"[一-龥]{{2,5}}[：]?{_DIGIT}{{1,6}}(?:[.][0-9]+)?[一-龥]{{0,2}}"
_LISTED = re.compile(
    rf"各个?(?:行政)?(?:村（社区）|村居|村|社区)(?P<noun>[^，。；：\n0-9]{{2,14}}?)(?:情况|如下|分别)*：(?P<row>{_CELL}(?:[、，；]{_CELL})+)"
)
_ONE = re.compile(rf"(?P<name>[一-龥]{{2,5}}?)：?(?P<figure>{_DIGIT}{{1,6}}(?:[.][0-9]+)?[一-龥]{{0,2}})")
_ALL = re.compile("合计|总计|共计|一共|总共|共|其中|全[镇乡街办]")
#: 大概适龄青年50多，还在统计: no report yet.
_NOT_YET = re.compile(
    "还在(?:统计|核对?|收集|摸底)|还[没未](?:统计|报|核|收)|(?:明天|晚点|稍后|下午|过两天)再?(?:报|发|补)"
)
#: Who tells the whole is none of them: on a line of his own, or behind a row in one sentence.
_TOGETHER = re.compile(r"^[ \u3000]*(?:以上)?(?:合计|总计|汇总|全[镇乡街办]|我[镇乡街办]|[镇乡]里|街道)", re.MULTILINE)
_ADDED_UP = re.compile("[，、](?:以上)?(?:合计|总计|共计|一共|总共|共|全[镇乡街办])")
_OWN_VILLAGE = re.compile(r"(?:我|本|咱|俺)们?(?P<name>村|社区|屯)(?![级里两])")
_TOWNSHIP = re.compile(r"[我全本][镇乡街办]|[镇乡]党委|街道党工委|街道办|[镇乡](?:武装部|人武部)")
#: 松岭村2025年武装工作小结: a paper whose unit the village is.
_PAPER = re.compile(r"\s*[^\n]{0,40}(?:报告|总结|小结|汇报|述职)")
_FIGURE = re.compile("[0-9一二两三四五六七八九十百]|没有?|无")
#: How much of a text is its reporter's where it is his alone.
_MOST = 0.7


@dataclass(frozen=True)
class Reporter:
    """A place with the parts of the source that are its own."""

    who: str
    parts: tuple[tuple[int, int], ...]
    #: What stands between them.
    glue: str = "\n"


@dataclass(frozen=True)
class _Head:
    start: int
    end: int
    #: "" for one who speaks for the whole.
    name: str
    #: Whether what follows is his to the next head, or to the end of the line or the sentence.
    far: str


def reporters(cleaned: Cleaned) -> tuple[Reporter, ...]:
    """Who reports, in the order of the text; nobody where fewer than two places do."""
    text = cleaned.text
    found: dict[str, list[tuple[int, int]]] = {}
    heads = list(_heads(text))
    for one, last in zip(heads, [*(head.start for head in heads[1:]), len(text)], strict=False):
        if not one.name:
            continue
        end = _end(text, one, last)
        if _FIGURE.search(text, one.end, end) or one.name in found:
            found.setdefault(one.name, []).extend([cleaned.span(one.end, end)] if one.end < end else [])
    told = [Reporter(who, tuple(parts)) for who, parts in found.items()] if len(found) > 1 else []
    return (*told, *_listed(cleaned))


def _listed(cleaned: Cleaned) -> Iterator[Reporter]:
    for told in _LISTED.finditer(cleaned.text):
        noun = cleaned.span(*told.span("noun"))
        for one in _ONE.finditer(cleaned.text, *told.span("row")):
            if not _ALL.match(one["name"]):
                yield Reporter(one["name"], (noun, cleaned.span(*one.span("figure"))), "")


def not_yet(text: str) -> bool:
    """Whether what somebody writes is no report yet."""
    return _NOT_YET.search(text) is not None


def only_reporter(text: str) -> str:
    """The one village whose message the whole text is; "" where it is none."""
    if _TOWNSHIP.search(text) or _PAPER.match(text):
        return ""
    begin = re.match(r"\s*", text)
    at = begin.end() if begin else 0
    for pattern in (_ABOVE, _AHEAD):
        head = pattern.match(text, at)
        if head is not None and len(text) - head.end() > _MOST * (len(text) - at):
            return head["name"]
    own = _OWN_VILLAGE.search(text)
    return f"一个{own['name']}" if own else ""


def _heads(text: str) -> Iterator[_Head]:
    """The heads in order, each sign of the text in one at most."""
    found = [*_spoken(text), *_lines(text)]
    found += [_Head(one.start(), one.start(), "", "") for one in _TOGETHER.finditer(text)]
    found += list(_in_sentences(text))
    at = 0
    for one in sorted(found, key=lambda head: (head.start, -head.end)):
        if one.start >= at or not one.name:
            yield one
            at = max(at, one.end)


def _spoken(text: str) -> Iterator[_Head]:
    for one in SPEAKS.finditer(text):
        named = re.search(_NAME, one["who"])
        yield _Head(one.start(), one.end(), named["name"] if named else "", "message")


def _lines(text: str) -> Iterator[_Head]:
    """Lines that begin with a village's name: alone above its figures, or in front of them."""
    above = [_Head(one.start(), one.end(), one["name"], "message") for one in _ABOVE.finditer(text)]
    taken = {one.start for one in above}
    known = [NamedLine(one.start(), one.end(), one["name"]) for one in _AHEAD.finditer(text)]
    known = [one for one in known if one.start not in taken]
    ahead = [*known, *named_lines(text, known)]
    # Blocks of lines with a blank line between them are each one's own.
    apart = all(not text[: one.start].strip() or text[: one.start].endswith("\n\n") for one in ahead)
    yield from above
    for one in ahead:
        yield _Head(one.start, one.end, one.name, "block" if apart and len(ahead) > 1 else "line")


def _in_sentences(text: str) -> Iterator[_Head]:
    """Names in one sentence with the same word behind each."""
    listed = [one.span() for one in _LISTED.finditer(text)]
    for sentence in re.finditer("[^。\n]+", text):
        if any(start < sentence.end() and sentence.start() < end for start, end in listed):
            continue
        rows: dict[str, list[re.Match[str]]] = {}
        for one in _WITHIN.finditer(text, *sentence.span()):
            rows.setdefault(one["word"], []).append(one)
        for row in rows.values():
            if len({one["name"] for one in row}) > 1:
                yield from (_Head(one.start(), one.end("name"), one["name"], "sentence") for one in row)


def _end(text: str, head: _Head, last: int) -> int:
    stops = {"message": None, "block": r"\n[ \u3000]*\n", "line": r"\n", "sentence": r"[。；\n]"}
    stop = stops[head.far]
    found = re.compile(stop).search(text, head.end, last) if stop else None
    end = found.start() if found else last
    added = _ADDED_UP.search(text, head.end, end) if head.far == "sentence" else None
    return added.start() if added else end


def spans(found: Sequence[Reporter], places: Sequence[int]) -> list[tuple[int, int]]:
    """The parts in a copy of the source each of whose signs knows its place."""
    parts = sorted(part for one in found for part in one.parts)
    if not parts:
        return []
    starts = [start for start, _ in parts]
    told: list[tuple[int, int]] = []
    for at, place in enumerate(places):
        before = bisect_right(starts, place) - 1
        if before < 0 or place >= parts[before][1]:
            continue
        if told and told[-1][1] == at:
            told[-1] = (told[-1][0], at + 1)
        else:
            told.append((at, at + 1))
    return told
