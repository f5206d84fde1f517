"""What a speaker says of faults, causes and plans in running speech, without headings: 说句实话，…；为啥？…；明年我想….

Such talk is told by the parts that its clauses play. A clause opens a list: candour (不好听的我也不藏), a worry that is
named (最不踏实的是), a question (为什么会这样), a time to come with an intention (明年我打算); ``spoken`` tells which.
What follows are its items until another clause opens another list, or the speaker is done or speaks of something else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from assistant.facts.cues import ListCues
from assistant.facts.fields import FactSchema
from assistant.intake.extract_closing import closed
from assistant.intake.extract_cues import past, pattern
from assistant.intake.extract_frame import Frame
from assistant.intake.extract_passages import Passage, next_year

#: Faults are spoken of in the later part of a text.
_TAIL = 0.5
_SENTENCE = re.compile(r"[^。！？\n]+[。！？]*\n*")
_CLAUSE = re.compile(r"[^，。；：！？\n]+[，。；：！？\n]*")
#: 问：, 梁万里：, 一、: what stands in front of what is said.
_SPEAKER = re.compile(
    r"[ \u3000]*(?:[一-龥]{1,6}：|[（【][^）】\n]{1,20}[）】]|[一二三四五六七八九十]{1,3}、|[0-9]{1,2}:[0-9]{2}"
    r"|[嗯呃哎唉好对行]+[，。])*"
)
#: Words in front of what opens a list, and an answer that only says yes.
_LEADING = re.compile(
    r"(?:(?:当然|不过|但是?|可是?|只是|所以|另外|最后|同时|那么?|说到这[里儿]?|讲到这[里儿]?|到这[里儿]|也|还|[一-龥]?(?:书记|主任|领导|首长|政委|部长|镇长|乡长)|各位领导|您|同志们|大家)，?)*+"
)
#: Marks of spoken items: 头一件，…再一个，…还有就是….
MARK = re.compile(
    r"(?<=[，。；：！？\n、])(?:"
    r"(?:头|第)[一二三四五六两](?:个|样|件|条|桩|块|点|项|宗|处|怕|愁|难|缺|憾)?(?:事儿?|问题|原因|打算|难处|遗憾)?(?:[，：]|就?是)+(?:说)?"
    r"|(?:头|第)[一二三四五六](?:个|样|件|条|桩)(?:怪|因为|在|还是)"
    r"|(?:其次|再次)(?:[，：]|就?是)|(?:前|后|另|又|再|还有|有)?一(?:个|样|件|条|桩|块|头|宗|处)(?:事儿?|问题|原因|打算|难处|遗憾|难题|心病)?(?:[，：]|就?是)+"
    r"|再一?(?:个|样|件|条|桩|者|就|说|有)(?:事儿?|问题|原因)?(?:[，：]|就?是)*|(?:再|还)有一?(?:个|样|件|条|桩|点)?(?:事儿?|问题|原因)?(?:[，：]|就?是)+"
    r"|还有(?=[一-龥]{6})|另外，|(?:其|[一-龥]{2}之)[一二三四五](?:[，：]|是)*|[一二三四五六][是来则](?:[，：]|是)*)"
)
#: The speaker is done.
_DONE = re.compile(
    r"(?:我|话|要[说讲]的|我的话|我的述职|我的汇报|今天|情况|大概|差不多)*(?:就)?(?:先)?(?:[说讲报]|汇报|介绍|述职)(?:完了?|到(?:这|此)[里儿]?(?=[，。！]|了|为止)|这些|这么多|完毕)|"
    r"(?:先|就)(?:[说讲报]|汇报)?这(?:些|么多|样)|(?:以上|不对|不当|不妥|不到)[^。]{0,16}(?:请|敬请)|请[^。，]{0,10}(?:批评|评议|指正|审议|放心)|谢谢|"
    r"完了|(?:有事|有疑问|不清楚|要是)[^。]{0,8}(?:打|问|找)我|打扰|早点休息|此致"
)
_EDGES = "。；，、：:;！？!? \u3000\n"
_LEAST, _PLAIN, _NO_MORE, _ASIDE, _CLAUSE_LEAST, _YES = 6, 14, 120, 11, 8, 4
_THEN_DONE = re.compile(f"[，；。](?:{_DONE.pattern})")
#: What an item does not begin with.
_HEAD = re.compile(
    r"[。；，、：:;！？!? \u3000\n]|(?:主要|还|就|也|都)?(?:是(?!不|因为)|因为|由于|在于)(?:说|因为|由于)?|"
    r"(?:我|咱)们?+(?:自己)?(?=[一-龥]{4})|这[是个]|[着呢嘛吧]，|说到底|还是|无非是?"
)


#: Who speaks shows in what opens a list.
_PERSONAL = re.compile("[我咱]|[嘛呢吧啥]，|为啥|咋")
#: A clause that goes on with the one before.
_GOES_ON = re.compile("让|使|好|以便|直到|争取|力争|确保|不让|省得|免得|做到|达到|我们?|一|不|没")
#: How a plan begins that stands beside others.
_VERB = re.compile(
    "(?:[把将给向同与跟和从由在用请让到对以为]|推动|推行|建立|建成|组建|组织|开展|完善|健全|落实|制定|修订|探索|选[派送配]|聘"
    "|邀请|培养|培训|添置|补[齐充]|更新|打造|深化|办好|抓好|管好|用好|修好|并|依托|利用|结合|带头|定期|坚持|每(?:个|逢)?(?:季度?|月|周|半年|年))[^，。；]{6}"
)
#: 你自己写也行, 请您定: said to the hearer.
_NOT_ONE = re.compile("请?(?:[你您]|大家|同志们|各位|谁)")


def spoken(frame: Frame, schema: FactSchema, read: list[Passage], year: int | None) -> list[Passage]:
    """The passages with those of running speech among them, an item each.

    Args:
        read: passages under headings and behind words that open a list in writing.
    """
    lists, following = schema.hints.lists, next_year(year)
    opens = {label: pattern(cues.spoken.replace("<次年>", following)) for label, cues in lists.items() if cues.spoken}
    if not opens:
        return read
    reader = _Talk(frame, lists, opens, read)
    told = reader.run()
    # What a person says of himself is talk whatever else opens a list there.
    read = [one for part in read if (one := reader.left(part))]
    known = [(frame.sentence(part.start).start, part.end) for part in read]
    told = [one for one in told if not any(one.start < end and start < one.end for start, end in known)]
    return sorted([*read, *told], key=lambda part: part.start)


class _Talk:
    def __init__(
        self, frame: Frame, lists: Mapping[str, ListCues], opens: Mapping[str, re.Pattern[str]], read: list[Passage]
    ) -> None:
        self._frame, self._text, self._lists, self._opens, self._read = frame, frame.text, lists, opens, read
        self._last = closed(frame)
        self._told: list[Passage] = []
        self.sure: list[tuple[int, int, str]] = []
        self._first = int(len(frame.text) * _TAIL)

    def run(self) -> list[Passage]:
        found = self._told
        label, told, before, personal, since = "", "", (0, 0), False, 0
        for sentence in _SENTENCE.finditer(self._text, self._first, self._last):
            start, end = sentence.span()
            if not sentence.group().strip() or (start and self._text[start - 1] not in "。！？\n"):
                continue
            if self._frame.paragraphs[self._frame.sentence(start).paragraph].is_heading:
                label, told, before = "", "", (0, 0)
                continue
            at = past(_SPEAKER, self._text, start, end)
            if _DONE.match(self._text, at, end):
                label = told = ""
                continue
            opened, begin = self._opened(at, end, told)
            first = self._lists[opened].behind if opened else ""
            if first and not any(one.label == first and one.start < at for one in (*self._read, *found)):
                # 器材库离菜市场远。这里头有我的责任，…: what has a cause is a fault.
                if not (faults := self._items(first, *before, all_of_them=True)):
                    label = told = ""
                    continue
                found.extend(faults)
            marked = MARK.match(self._text, at) is not None
            if opened:
                since = start if opened != label or told else since
                label, told = opened, ""
            elif told and not marked:
                # One sentence tells the items of a list, or each its own behind a mark.
                label = told = ""
            before = at, end
            if not label:
                continue
            items = self._items(label, begin if opened else at, end)
            found.extend(items)
            if opened:
                personal = bool(_PERSONAL.search(self._text, at, begin))
            if personal and items:
                self.sure.append((since, end, label))
            told = label if items else told
            rest = self._text[begin if opened else at : end].strip(_EDGES)
            if not items and len(rest) > (_YES if opened else _PLAIN):
                label = ""
        return found

    def left(self, part: Passage) -> Passage | None:
        """What is left of a passage whose first sentence is talk, or in which talk of another list begins."""
        for start, end, label in self.sure:
            if start <= part.start < end:
                done = end >= part.end or _DONE.match(self._text, end)
                return None if done else replace(part, start=end)
            if part.start < start < part.end and label != part.label:
                return replace(part, end=start)
        return part

    # ---- what opens a list

    def _opened(self, start: int, end: int, told: str) -> tuple[str, int]:
        """The list that the first clauses of a sentence open, and where its items begin."""
        label, at = "", start
        for number, clause in enumerate(_CLAUSE.finditer(self._text, start, end)):
            place = past(_LEADING, self._text, max(at, clause.start()), clause.end())
            if place >= clause.end():
                continue
            opened = [
                (one.end(), name)
                for name, by in self._opens.items()
                if (one := by.match(self._text, place, clause.end()))
            ]
            weak = [
                (one.end(), name)
                for name, cues in self._lists.items()
                if told and told != name and cues.then and not label
                and (one := pattern(cues.then).match(self._text, place, clause.end()))
            ]  # fmt: skip
            if not opened and not weak:
                if not number and clause.end() - clause.start() <= _ASIDE:
                    # 别的都好说，就是有两块心病…
                    continue
                break
            stop, name = max(opened or weak)
            rest = bool(self._text[stop : clause.end()].strip(_EDGES))
            if number and not label and rest:
                break
            label, at = name, stop
            if rest:
                break
        return label, at

    # ---- items

    def _items(self, label: str, start: int, end: int, *, all_of_them: bool = False) -> list[Passage]:
        """The items of a sentence; none where all of them must hold and one does not."""
        cues, text = self._lists[label], self._text
        marks = {mark.start(): mark.end() for mark in MARK.finditer(text, start, end)}
        cuts = sorted({start, *marks, *(start + found.end() for found in re.finditer("；", text[start:end]))})
        first, parted = min(marks, default=end), "；" in text[start:end]
        found: list[Passage] = []
        for begin, stop in zip(cuts, [*cuts[1:], end], strict=True):
            at = marks.get(begin, begin)
            loose = not parted and stop <= first
            parts = list(self._clauses(cues, at, stop)) if loose else [(at, stop)]
            for one, last in parts:
                items = list(self._item(label, one, last))
                if all_of_them and not items:
                    return []
                if parted and not items and found:
                    # 甲不够；乙只是挂牌；丙…: what stands in one list with a fault is one.
                    items = list(self._one(label, one, last, sure=True))
                found += items
        return found

    def _clauses(self, cues: ListCues, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The items of a sentence that only commas part."""
        commas = [start + comma.end() for comma in re.finditer("，", self._text[start:end])]
        if cues.needs and not cues.next and len(commas) > 1:
            parts = list(zip([start, *commas], [*commas, end], strict=True))
            wrong = pattern(cues.needs)
            if all(stop - one > _CLAUSE_LEAST and wrong.search(self._text, one, stop) for one, stop in parts):
                # 保险拖了两年没办成，快艇没有停靠点，社区干部一人兼四职顾不过来。
                yield from parts
                return
        if cues.next and len(commas) > 1 and all(_VERB.match(self._text, place, end) for place in commas):
            # 分两年补齐装备，同企业合办讲堂，推动武装工作进合作社。
            yield from zip([start, *commas], [*commas, end], strict=True)
            return
        at = start
        for place in commas if cues.next else ():
            if place - at < _LEAST:
                continue
            again = bool(cues.needs) and self._said(place, start) and not _GOES_ON.match(self._text, place, end)
            if again or pattern(cues.next).match(self._text, place, end):
                yield at, place
                at = place
        yield at, end

    def _said(self, place: int, before: int) -> bool:
        """Whether a clause begins with a word of what was told before: …补助低。…，补助提到一百二."""
        begin = min((one.start for one in (*self._read, *self._told)), default=before)
        return self._text[place : place + 2] in self._text[begin:before]

    def _item(self, label: str, start: int, end: int) -> Iterator[Passage]:
        """An item without what is only said around it; a fault that goes on to its cause is two."""
        for other, cues in self._lists.items():
            if (
                other != label
                and cues.within
                and (turn := pattern(cues.within).search(self._text, start + _LEAST, end))
            ):
                yield from self._one(label, start, turn.start())
                yield from self._one(other, turn.end(), end)
                return
        yield from self._one(label, start, end)

    def _one(self, label: str, start: int, end: int, *, sure: bool = False) -> Iterator[Passage]:
        text, needs = self._text, "" if sure else self._lists[label].needs
        while head := _HEAD.match(text, start, end):
            start = head.end()
        if _NOT_ONE.match(text, start, end):
            return
        while end > start and text[end - 1] in _EDGES:
            end -= 1
        if done := _THEN_DONE.search(text, start, end):
            end = done.start()
        if _LEAST <= end - start + 1 <= _NO_MORE and not (needs and not pattern(needs).search(text, start, end)):
            yield Passage(label, start, end, whole=True)
