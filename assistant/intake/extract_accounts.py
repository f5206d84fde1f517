"""Accounts of what money went for: three amounts or more in a row, each with its own words, below words of spending.

Where marks or lines part the items, a name may hold 、 and 和 itself (购置水泵、头灯：4.3万元); where 、 parts them,
it may not. An amount may stand in front of all its words too (13万元训练保障、9万元购置器材); then the last words of a
list have the amount before them, and no amount has the words before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from assistant.facts.cues_tables import TableCues
from assistant.facts.fields import FactField, FactSchema, FieldType
from assistant.intake.extract_context import Reader
from assistant.intake.extract_cues import pattern
from assistant.intake.extract_figures import value_of_figure
from assistant.intake.extract_frame import Frame
from assistant.intake.extract_itemised import itemised
from assistant.intake.extract_paid import paid
from assistant.intake.extract_row import Row
from assistant.intake.extract_told_rows import told_rows
from assistant.slots.numeral import Numeral

_NUMBER = (
    r"[ \u3000]*(?:（[0-9一二三四五六七八九十]{1,2}）|[0-9]{1,2}[.．、]|[a-zA-Z][.．、)]|[①-⑳]|"
    r"[一二三四五六七八九十]是|一[笔块项]是?|第[一二三四五六七八][笔块项]?[是，：]?|[·—-]+)?[ \u3000]*"
)
_NAME = r"[^，；。：！？\n0-9 \u3000][^，；。：！？\n0-9]{1,25}?"
#: Between the words of an item and its amount.
_TO_AMOUNT = (
    r"(?:（[^（）\n]{1,24}）)?(?:方面|类)?[：，\u3000 ]*(?:一共|共|合计|计|支出|开支|投入|花费|"
    r"花[了去掉]|用[了去掉]|上|金额|为|是|：)*"
)
_WORDS = re.compile(rf"{_NUMBER}(?P<name>{_NAME}){_TO_AMOUNT}")
_NEXT = re.compile(rf"(?P<mark>、|[；，](?:还有|另有|以及|再有|另)?|[；，。]?[ \u3000]*\n)(?P<item>{_WORDS.pattern})")
#: …，主要是风力灭火机、卫星电话；: what an item was, behind it.
_ASIDE = r"(?:，(?:主要)?(?:是|有|包括)[^；。\n0-9]{2,30}(?=[；\n]))?"
_TO = "(?:用于|用到|用在|用作|花在|投在|投向|作为|是)?"
_AHEAD = re.compile(
    rf"{_TO}(?P<name>[^，；。：！？\n0-9]{{2,26}}?){_ASIDE}"
    rf"(?P<mark>[、；，。](?:还有|另有|以及|另|再)?|[。；，]?\n){_NUMBER}"
)
_LAST = re.compile(
    rf"{_TO}(?P<name>[^，；。：！？、\n0-9]{{2,20}}(?:、[^，；。：！？、\n0-9]{{2,14}})*)(?=[，；。\n]|$)"
)
#: What the first item of a list follows: a colon, a line's end, or words that open the list.
_OPENS = re.compile("(?:其中|包括|分别(?:为|是|用于)?|即|有)(?!关)")
_OPENED = re.compile(
    r"(?:[：\n]|(?:其中|包括|分别|即|这里[面头边]|里[面头])，?)[ \u3000]*(?:拨付|安排|拿出|列支|支出|用)?$"
)
_BEFORE = re.compile(
    r"：(?=[^，；。])|[；。\n]|，(?=(?:其中|包括|分别|即))|"
    "(?:支出|开支|花销|用款)(?:项目|主要|情况|方向|去向|明细)*(?:有|包括|是|为|用于|用在)|细?分为|支出中，"
)
_SPENT = re.compile("支出|开支|经费|使用|用钱|花|用于|明细|资金(?:投入|安排)")
_OTHERS = re.compile("优待|抚恤|优抚|慰问|奖励|捐|收入")
_OF_LAST = re.compile("(?:去年|上年)[^，。；今]*：$")
_TOTAL = re.compile(
    "合计|共计|总计|小计|总额|加起来|合起来|总共|以上|[两二三四五六七八九十]项|[两二三四五六七八九十][块笔]"
)
_NO_NAME = re.compile("今年|去年|上年|增[加长]|减少|[提涨降]|^比|^较|实际|其余|结余|每|户均|预算|到位")
#: 购置帐篷 is an item of 帐篷; 器材 alone says too little, and 购置水泵、头灯 is one of both things that were bought.
_BOUGHT = re.compile("^(?:购置|购买|采购|添置)(?!(?:器材|装备|物资|设备)$)(?=[^、]{2,}$)")
#: 33万元，而2023年仅为27万元，其中…
_ASIDE_YEAR = re.compile("[^，。；\n]{0,10}，[^，。；\n支花用]{1,14}")
_LEAST = 3
_PART_OTHERS = re.compile("^(?!.*(?:优抚|优待|抚恤|户|军属|困难)).{2,}[及和与、]慰问$|^慰问[及和与、].{2,}$")


@dataclass(frozen=True)
class Item:
    """One amount of an account.

    Attributes:
        place: the number of its figure. name: its own words.
        start, end: where words and amount stand, 0-based, end exclusive.
    """

    place: int
    name: str
    start: int
    end: int


@dataclass(frozen=True)
class Spending:
    """The accounts of a text, each a run of three items or more; ``ahead``: those with the amounts in front."""

    this_year: Sequence[Sequence[Item]]
    ahead: Sequence[Sequence[Item]]


def spending(frame: Frame, figures: Sequence[Numeral], reader: Reader) -> Spending:
    """Looked for once: a text of thousands of figures is gone through for each."""
    ahead = list(_amounts_first(frame, figures))
    runs = (*_words_first(frame, figures), *ahead)
    return Spending([run for run in runs if _of_this_year(run, frame, figures, reader)], ahead)


def accounts(
    told: Spending,
    frame: Frame,
    figures: Sequence[Numeral],
    schema: FactSchema,
    reader: Reader,
    skip: Sequence[tuple[int, int]],
) -> Iterator[Row]:
    """Rows of the tables of amounts within a budget, out of numbered lines and out of accounts; and of lists that tell.

    Args:
        told: the accounts of the text.
        skip: stretches that state no fact.
    """
    yield from paid(frame, figures, schema, reader, skip)
    yield from told_rows(frame, figures, schema, reader, skip)
    lines = list(itemised(frame, figures, schema))
    yield from lines
    taken = {place for row in lines for place in row.used}
    for table, cues in schema.hints.tables.items():
        if cues.open is None or not cues.open.within:
            continue
        for run in told.this_year:
            inside = any(start <= run[0].start < end for start, end in skip)
            if inside or taken & {one.place for one in run}:
                continue
            if _are_names(run, cues):
                taken |= {one.place for one in run}
                yield from (_row(one, figures, schema.by_label[table]) for one in run)


def _of_this_year(run: Sequence[Item], frame: Frame, figures: Sequence[Numeral], reader: Reader) -> bool:
    """Whether the amounts of an account are this year's.

    经费33万元，2023年为27万元，其中器材10万元: the year before is an aside, what follows are parts of the first amount.
    """
    roles = {reader.judge(one.place).role for one in run}
    if roles <= {"value", "partial"}:
        return True
    begin = frame.sentence(figures[run[0].place].start).start
    near = takewhile(lambda place: figures[place].start >= begin, range(run[0].place - 1, -1, -1))
    before = [place for place in near if figures[place].kind == "money"][1::-1]
    if not roles <= {"value", "partial", "last-year"} or len(before) < 2:
        return False
    whole, last = before
    aside = _ASIDE_YEAR.fullmatch(frame.text, figures[whole].end, figures[last].start) is not None
    return aside and [reader.judge(place).role for place in (whole, last)] == ["value", "last-year"]


def _are_names(run: Sequence[Item], cues: TableCues) -> bool:
    """军事日及慰问 at the end of four plain items: what others are spent on may be a part of one."""
    odd = [one.name for one in run if not _is_name(one.name, cues)]
    return not odd or (len(run) > _LEAST and len(odd) == 1 and _PART_OTHERS.search(odd[0]) is not None)


def _is_name(name: str, cues: TableCues) -> bool:
    assert cues.open is not None
    if _NO_NAME.search(name) or _OTHERS.search(name):
        return False
    return not pattern(cues.open.unless).search(name)


def _words_first(frame: Frame, figures: Sequence[Numeral]) -> Iterator[list[Item]]:
    """Amounts behind their words."""
    text, place = frame.text, 0
    while place < len(figures):
        run = _opening(frame, figures, place)
        mark = ""
        while run and (last := run[-1].place) + 1 < len(figures) and figures[last + 1].kind == "money":
            told = _NEXT.fullmatch(text, figures[last].end, figures[last + 1].start)
            if told is None or _TOTAL.search(told["name"]):
                break
            mark = mark or told["mark"][0]
            if (mark == "、") != (told["mark"] == "、") or (mark == "、" and "、" in told["name"]):
                run = []
                break
            run.append(Item(last + 1, told["name"], told.start("name"), figures[last + 1].end))
        if len(run) >= _LEAST and not (mark == "、" and "、" in run[0].name):
            yield run
        place = run[-1].place + 1 if run else place + 1


def _opening(frame: Frame, figures: Sequence[Numeral], place: int) -> list[Item]:
    """The first item of an account, where an amount is one."""
    one, text = figures[place], frame.text
    if one.kind != "money":
        return []
    begin = max(figures[place - 1].end if place else 0, one.start - 40)
    for mark in _BEFORE.finditer(text[begin : one.start]):
        if begin + mark.end() < one.start - 2:
            start = begin + mark.end()
            if told := _OPENS.match(text, start):
                start = told.end()
            words = _WORDS.fullmatch(text, start, one.start)
            if words and not _TOTAL.search(words["name"]) and _leads(frame, start, text[start - 1]):
                return [Item(place, words["name"], words.start("name"), one.end)]
    return []


def _leads(frame: Frame, start: int, mark: str) -> bool:
    """Whether what stands in front of a list speaks of spending, and opens it."""
    if mark in "；。":
        return False
    sentence = frame.sentence(start - 1)
    lead = frame.text[sentence.start : start].strip()
    return bool(_SPENT.search(lead)) and not _OTHERS.search(lead) and not _OF_LAST.search(lead)


def _amounts_first(frame: Frame, figures: Sequence[Numeral]) -> Iterator[list[Item]]:
    """Amounts in front of their words."""
    text, place = frame.text, 0
    while place < len(figures):
        run: list[Item] = []
        at = place
        if figures[at].kind == "money" and _begins(frame, figures[at]):
            while at + 1 < len(figures) and figures[at].kind == "money" == figures[at + 1].kind:
                told = _AHEAD.fullmatch(text, figures[at].end, figures[at + 1].start)
                if told is None or _TOTAL.search(told["name"]):
                    break
                run.append(Item(at, told["name"], figures[at].start, told.end("name")))
                at += 1
            last = _LAST.match(text, figures[at].end) if run else None
            if last and not _TOTAL.search(last["name"]):
                run.append(Item(at, last["name"], figures[at].start, last.end("name")))
        if len(run) >= _LEAST:
            yield run
        place = run[-1].place + 1 if run else place + 1


def _begins(frame: Frame, one: Numeral) -> bool:
    """Whether the first amount of a list has no words of its own in front of it."""
    sentence = frame.sentence(one.start)
    before = frame.text[sentence.start : one.start]
    above = frame.text[max(0, sentence.start - 60) : one.start]
    alone = not before.strip() or before[-1] in "，；" or _OPENED.search(before) is not None
    return alone and bool(_SPENT.search(above)) and not _OTHERS.search(before)


def _row(one: Item, figures: Sequence[Numeral], item: FactField) -> Row:
    amount = next(column for column in item.columns if column.type is FieldType.MONEY)
    value = value_of_figure(figures[one.place], FieldType.MONEY)
    return Row(
        item.label,
        {item.key_column.label: _BOUGHT.sub("", one.name), amount.label: value},
        one.start,
        one.end,
        {one.place},
    )
