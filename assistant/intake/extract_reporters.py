"""Messages and lines of several places in one text: who reports, and where his words stand.

大坪村：适龄青年51人，…; 双河社区-小陈 11:05 above a message; 张家村兵役登记28人，李家村…: what each of them has is no
figure of the township, whatever stands beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.facts.fields import FactSchema
from assistant.intake.cleaning import Cleaned
from assistant.intake.extract_of_all import own_parts, whole_lines
from assistant.intake.extract_reporter import Reporter
from assistant.intake.extract_reporter_lines import NamedLine, named_lines, no_place
from assistant.intake.extract_reporter_lists import ReportList, lists
from assistant.intake.extract_villages import SPEAKS, VILLAGER

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
#: 大坪村：适龄青年51人; 大坪村文书小赵：…; 大坪村 入伍2人; 大坪村适龄青年51人; 大坪村今年没人当兵.
_AHEAD = re.compile(
    rf"^{_MARK}{_NAME}[】\]]?(?:(?:[一-龥]{{1,10}}(?=：)|上?报来?的?)?[：， \u3000]{{1,2}}"
    rf"(?=[^。；\n]{{0,24}}?(?:{_DIGIT}|没有?|无))"
    rf"|(?=[一-龥]{{2,8}}{_DIGIT})|(?=[一-龥]{{0,4}}没有?))",
    re.MULTILINE,
)
#: 张家村兵役登记28人，李家村兵役登记41人: a name, the word behind it, its figure.
_WITHIN = re.compile(rf"(?:^|(?<=[，；。：、和])){_NAME}：?(?P<word>[一-龥]{{0,8}}?)(?={_DIGIT})", re.MULTILINE)
#: 大概适龄青年50多，还在统计: no report yet.
_NOT_YET = re.compile(
    "还在(?:统计|核对?|收集|摸底)|还[没未](?:统计|报|核|收)|(?:明天|晚点|稍后|下午|过两天)再?(?:报|发|补)"
)
#: A row in one sentence ends where it is added up.
_ADDED_UP = re.compile("[，、](?:以上)?(?:合计|总计|共计|一共|总共|共|全[镇乡街办])")
_OWN_VILLAGE = re.compile(r"(?:我|本|咱|俺)们?(?P<name>村|社区|屯)(?![级里两])")
_TOWNSHIP = re.compile(r"[我全本][镇乡街办]|[镇乡]党委|街道党工委|街道办|[镇乡](?:武装部|人武部)")
#: 松岭村2025年武装工作小结: a paper whose unit the village is.
_PAPER = re.compile(r"\s*[^\n]{0,40}(?:报告|总结|小结|汇报|述职)")
_FIGURE = re.compile("[0-9一二两三四五六七八九十百]|没有?|无")
#: 桃园-李会计, 桃园（老李）: a place and who speaks for it.
_PARTED = re.compile(r"(?P<place>[一-龥]{2,6})[ ]?(?:[—·-]|[（(：])[一-龥]{1,5}[）)]?")
_OFFICE = re.compile("[镇乡街](?!村)|部|党委|政府|[办所站](?![一-龥])|中心|干事|书记|领导")
_BY_OFFICE = re.compile("(?<=[一-龥]{2})(?:会计|支书|文书|主任|网格员|连长)$")
_KIND_AT_END = re.compile(f"{_KIND}$")
#: How much of a text is its reporter's where it is his alone.
_MOST = 0.7


@dataclass(frozen=True)
class _Head:
    start: int
    end: int
    #: "" for one who speaks for the whole.
    name: str
    #: Whether what follows is his to the next head, or to the end of the line or the sentence.
    far: str


def reporters(cleaned: Cleaned, schema: FactSchema) -> tuple[Reporter, ...]:
    """Who reports, in the order of the text; nobody where fewer than two places do."""
    text = cleaned.text
    listed = lists(cleaned, schema)
    found: dict[str, list[tuple[int, int]]] = {}
    names: dict[str, str] = {}
    heads = list(_heads(text, listed, fact_names(schema)))
    for one, last in zip(heads, [*(head.start for head in heads[1:]), len(text)], strict=False):
        if not one.name:
            continue
        end, own = _end(text, one, last), _BY_OFFICE.sub("", one.name)
        # 下湾会计 is 下湾, and 上湾 that spoke as 上湾村 before the same village.
        name = names.setdefault(_KIND_AT_END.sub("", own), own)
        if _FIGURE.search(text, one.end, end) or name in found:
            found.setdefault(name, []).extend(cleaned.span(*part) for part in own_parts(text, one.end, end))
    told = [Reporter(who, tuple(parts)) for who, parts in found.items()] if len(found) > 1 else []
    return (*told, *(one for each in listed for one in each.reporters))


def fact_names(schema: FactSchema) -> frozenset[str]:
    """How facts, and the columns of tables, are called: no place has such a name."""
    names = {name for words in schema.hints.chat.values() for name in words}
    for item in schema.fields:
        names |= {item.label, *item.aliases}
        names |= {name for column in item.columns for name in (column.label, *column.aliases)}
    return frozenset(name for name in names if len(name) > 1)


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


def _heads(text: str, listed: Sequence[ReportList], facts: frozenset[str]) -> Iterator[_Head]:
    """The heads in order, each sign of the text in one at most, none in a list."""
    found = [*_spoken(text, facts), *_lines(text, listed, facts)]
    # A line that a name opens is that place's: 街道机关：慰问18户.
    named = {one.start for one in found if one.name}
    found += [_Head(start, start, "", "") for start in whole_lines(text) if start not in named]
    found += list(_in_sentences(text))
    found = [one for one in found if not _inside(one.start, listed)]
    found += [_Head(one.start, one.end, "", "") for one in listed]
    at = 0
    for one in sorted(found, key=lambda head: (head.start, -head.end)):
        if one.start >= at or not one.name:
            yield one
            at = max(at, one.end)


def _inside(place: int, listed: Sequence[ReportList]) -> bool:
    return any(one.start <= place < one.end for one in listed)


def _spoken(text: str, facts: frozenset[str]) -> Iterator[_Head]:
    """Messages with who speaks and when above each: a village's officer speaks of his village."""
    spoken = list(SPEAKS.finditer(text))
    ends = [*(one.start() for one in spoken), len(text)][1:]
    parted = [_PARTED.fullmatch(one["who"]) for one in spoken]
    officers = [
        not _OFFICE.search(one["who"])
        and bool(VILLAGER.search(one["who"]) or _OWN_VILLAGE.search(text, one.end(), end))
        for one, end in zip(spoken, ends, strict=True)
    ]
    alike = any(officer and form for officer, form in zip(officers, parted, strict=True))
    for one, form, officer in zip(spoken, parted, officers, strict=True):
        named = re.search(_NAME, one["who"])
        if named:
            name = named["name"]
        elif form and alike and not _OFFICE.search(one["who"]) and not no_place(form["place"], facts):
            # 梨园-张主任 beside 桃园-李会计.
            name = form["place"]
        else:
            name = one["who"] if officer else ""
        yield _Head(one.start(), one.end(), name, "message")


def _lines(text: str, listed: Sequence[ReportList], facts: frozenset[str]) -> Iterator[_Head]:
    """Lines that begin with a village's name: alone above its figures, or in front of them."""
    above = [_Head(one.start(), one.end(), one["name"], "message") for one in _ABOVE.finditer(text)]
    taken = {one.start for one in above}
    known = [NamedLine(one.start(), one.end(), one["name"]) for one in _AHEAD.finditer(text)]
    known = [one for one in known if one.start not in taken and not _inside(one.start, listed)]
    ahead = [*known, *named_lines(text, known, facts)]
    # Blocks of lines with a blank line between them are each one's own.
    apart = all(not text[: one.start].strip() or text[: one.start].endswith("\n\n") for one in ahead)
    yield from above
    for one in ahead:
        yield _Head(one.start, one.end, one.name, "block" if apart and len(ahead) > 1 else "line")


def _in_sentences(text: str) -> Iterator[_Head]:
    """Names in one sentence with the same word behind each."""
    for sentence in re.finditer("[^。\n]+", text):
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
