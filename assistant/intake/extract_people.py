"""People whom a text praises: 民兵连长罗大山，带队扑灭山火两起; 罗大山（民兵连长），….

A name is taken for one only where a deed follows it: Chinese writes names and words alike, and 民兵高度重视训练 has
neither. What was told without a deed (骨干陈志强、退役军人林小军等) is told again later, with the name alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from assistant.facts.cues_tables import PeopleCues
from assistant.facts.fields import FactField
from assistant.facts.values import Value
from assistant.intake.extract_cues import SURNAMES, past, pattern
from assistant.intake.extract_frame import Frame
from assistant.intake.extract_people_asides import aside
from assistant.intake.extract_people_deeds import BEGINS, DEED, NO_DEED, STORY, begins, deed_of
from assistant.intake.extract_people_names import MINORITY, no_militiaman, parted
from assistant.intake.extract_words import Word

#: Characters of a person's office in front of the word that names it.
_OFFICE = r"(?:(?!{lead})[一-龥]|(?<=[队村区连排班乡镇院校厂店社站所聘])、?的|(?<=老兵)、){{0,12}}?"
_LEAD = (
    "其中|任务|工作中|行动中|训练中|涌现|出现|表彰|期间|一线|典型|先进|榜样|代表|人物|一个|一位|事迹|名单|如|兼|和|与|的|是|位|有|名|个|及|由|以|在|"
    "和|让|中(?=[一-龥]{0,8}民兵)"
)
_NAME = rf"(?:[{SURNAMES}][一-龥]{{1,2}}|[老小][{SURNAMES}])"
#: 同志 behind a name, and what may stand between it and its deed.
_AFTER = r"(?:同志)?(?:的事迹[^，。；\n]{0,12})?"
_TELLS = re.compile(r"[ \u3000]*(?:（|——|[，：])[ \u3000]*(?:他|她)?(?!(?:等|和|民兵|及))|[ \u3000]+")
_JOINS = re.compile(r"等|、|和|与|及|以及")
#: 有坚守卡口四十天的村民兵连长殷福海: the deed stands in front.
_IN_FRONT = re.compile(r"(?<=有)(?P<deed>[^，。；：、\n有]{6,24})的$")
_FORM = re.compile(
    r"姓名[：:]?[ \u3000]*(?P<name>[一-龥]{2,4})[ \u3000，；|｜\n]+"
    r"(?:身份|职务)[：:]?[ \u3000]*(?P<office>[一-龥]{2,16})"
    r"[ \u3000，；|｜\n]+(?:主要)?事迹[：:]?[ \u3000]*(?P<deed>[^。；\n]{4,60})"
)
#: Ends of words that lead to an office: 涌现出民兵骨干.
_CUT = re.compile("^(?:现了?|出了?|中|推荐|选树|树立|宣传|[型物](?:[是就只先]|可以)?(?:报|推|写|树|选|举|提)了?)+")
_FIRST_OFFICE = re.compile(r"(?:^|(?<=[，。；：\n \u3000]))(?P<office>(?:(?!的)[一-龥]){2,14})、$")
#: 郭颖获“先进个人”: 获 is no part of the name.
_THIRD = re.compile("(?![获被](?=“|评|授))[一-龥]")
_LEAST = 3
_WHOLE = 3
#: 水上救援组的朱小虎，…, 水上救援组的朱小虎连续…: whoever belongs to a team.
_MEMBER = (
    r"(?:民兵)?(?<![一-龥])(?:民兵)?[一-龥]{2,8}(?:分队|组|队|班|排|连)的"
    rf"(?=[{SURNAMES}][一-龥]{{1,2}}(?:，|{BEGINS}))"
)
#: 盘志高的妻子住院，他…: what befell his family is no deed of his, what he did is.
_KIN = re.compile("的(?:妻子|丈夫|爱人|[父母]亲|老伴|[儿女]儿?子?|孩子|家[里中人])[^，。；]{1,12}，(?=[他她])")
#: 佟大力、吕红霞均…: what several did is told behind the last of them.
_SHARED = re.compile("(?:[均都]|双双|一[同起道])(?:是)?")
#: How a second office ends: 民兵排长、船老大江胜利.
_TRADE = "[员师者手长工生匠嫂]|护士|老大|军人|士兵|骨干|干部|书记|委员|主任|老板|店主|大户|老兵|民兵"
#: 我是武装部长郑海涛: who speaks praises others.
_SELF = re.compile("(?:我(?:是|叫|任|担任)|本人(?:是|叫)?|述职人|报告人|汇报人|我[，：])[一-龥、：]{0,8}$")
#: A deed told of somebody named before begins his sentence or clause.
_OPENS, _ENDS = "，。；\n ：（", "，。；、等"


@dataclass(frozen=True)
class _Mention:
    """A name with an office beside it.

    Attributes:
        names: what the name may be, the likelier first, with the place behind each.
    """

    office: str
    start: int
    names: tuple[tuple[str, int], ...]


def people(frame: Frame, item: FactField, cues: PeopleCues) -> Iterator[Word]:
    """A row for each person with a deed, in the order of the text."""
    name, office, deed = cues.columns
    seen: set[str] = set()
    for form in _FORM.finditer(frame.text):
        seen.add(form["name"])
        cells: dict[str, Value | None] = {name: form["name"], office: form["office"], deed: form["deed"]}
        yield Word(item.label, (), *form.span(), row=cells)
    mentions = _mentions(frame, cues)
    for number, mention in enumerate(mentions):
        told = _told(frame.text, mention) or _with_next(frame.text, mentions[number : number + 2])
        if told is None or told[0] in seen:
            continue
        seen.add(told[0])
        who, first, last = deed_of(frame.text, *told)
        first = past(_SHARED, frame.text, first)
        last = _until(frame.text, first, last, who, mentions)
        if last - first < _LEAST or NO_DEED.match(frame.text, first):
            continue
        row: dict[str, Value | None] = {name: who, office: mention.office, deed: frame.text[first:last]}
        yield Word(item.label, (), min(first, mention.start), max(last, mention.names[0][1]), row=row)


def _until(text: str, first: int, last: int, who: str, mentions: list[_Mention]) -> int:
    """The end of a deed: what is told of the next one begins with his office or his name."""
    for mention in mentions:
        if first < mention.start < last:
            last = mention.start
        for name, _ in mention.names:
            if name[:2] != who[:2] and (place := text.find(name, first, last)) >= 0:
                last = place
    return first + len(STORY.sub("", text[first:last]).rstrip("，；、 \u3000"))


def _mentions(frame: Frame, cues: PeopleCues) -> list[_Mention]:
    found = []
    before, behind, minority = _patterns(cues.offices)
    stray = pattern(cues.unless)
    others = {one.start("name"): one for one in minority.finditer(frame.text)}
    for one in others.values():
        found.append(_Mention(_office(one["office"]), one.start("office"), _names(frame.text, *one.span("name"))))
    for one in before.finditer(frame.text):
        if one.start("short") in others or no_militiaman(frame.text, one["office"], *one.span("short")):
            continue
        if _SELF.search(frame.text, max(0, one.start() - 12), one.start("office")):
            continue
        office = one["office"] if one["more"] else _office(one["office"])
        found.append(_Mention(office, one.start("office"), _names(frame.text, *one.span("short"))))
    for one in behind.finditer(frame.text):
        found.append(_Mention(_office(one["office"]), one.start("name"), ((one["name"], one.end()),)))
    found = [_joined(frame.text, one, found) for one in found]
    near = pattern(cues.near)
    kept = []
    for mention in sorted(found, key=lambda mention: mention.start):
        likely = tuple(name for name in mention.names if not stray.search(name[0]))
        sentence = frame.sentence(mention.start)
        number = frame.number(mention.start)
        begin = frame.sentences[max(0, number - 1)].start
        if likely and near.search(frame.heading(sentence) + frame.text[begin : sentence.end]):
            told = [aside(frame.text, *name, mention.office) for name in likely]
            office = next((its for _, _, its in told if its != mention.office), mention.office)
            kept.append(_Mention(office, mention.start, tuple((name, end) for name, end, _ in told)))
    return kept


def _names(text: str, start: int, end: int) -> tuple[tuple[str, int], ...]:
    """What a name may be that is at least so long: with one character more, if there is one, and without."""
    longer = ((text[start : end + 1], end + 1),) if _THIRD.match(text, end) else ()
    return (*longer, (text[start:end], end))


def _joined(text: str, mention: _Mention, others: list[_Mention]) -> _Mention:
    """信息工程学院教师、民兵分队长程远航: two offices of one person; 民兵张三、民兵李四 are two persons."""
    first = _FIRST_OFFICE.search(text, max(0, mention.start - 18), mention.start)
    if first is None or any(first.start("office") <= other.start < mention.start for other in others):
        return mention
    return replace(mention, office=f"{first['office']}、{mention.office}", start=first.start("office"))


@lru_cache(maxsize=8)
def _patterns(offices: str) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Office and name (only its first two characters), name and office in brackets or between commas, other names."""
    office = f"{_OFFICE.format(lead=_LEAD)}(?:{offices})"
    several = rf"{office}(?P<more>[、兼][一-龥]{{1,8}}?(?:{_TRADE}))?|{_MEMBER}"
    before = re.compile(rf"(?P<office>{several})[ \u3000”]?(?P<short>[{SURNAMES}][一-龥]|[老小][{SURNAMES}])")
    behind = re.compile(
        rf"(?<=[，。；、：（ \n.\u3000是为有报兵])(?P<name>{_NAME})(?:同志)?(?:，|（|——)(?:[男女]，)?"
        rf"(?P<office>[^，。；：（）\n]{{0,12}}(?:{offices}))(?=）|，|：|——)"
    )
    return before, behind, re.compile(rf"(?P<office>{several})[ \u3000”]?(?P<name>{MINORITY})")


def _office(words: str) -> str:
    return _CUT.sub("", words.replace("的", "").rpartition("、")[2])


def _told(text: str, mention: _Mention) -> tuple[str, int, int] | None:
    """Name and place of the deed; None where nothing is told of this name."""
    front = _IN_FRONT.search(text, max(0, mention.start - 30), mention.start)
    if front and text[mention.names[-1][1] : mention.names[-1][1] + 1] in _ENDS:
        return mention.names[-1][0], *front.span("deed")
    if front and text[mention.names[0][1] : mention.names[0][1] + 1] in _ENDS:
        return mention.names[0][0], *front.span("deed")
    for name, end in mention.names:
        if (kin := _KIN.match(text, end)) and (deed := DEED.match(text, kin.end())):
            return name, *deed.span("deed")
        at = re.compile(_AFTER).match(text, end)
        assert at is not None
        place = at.end()
        told = _TELLS.match(text, place)
        if told is None and text[end : end + 1] == "）":
            told = re.compile("）[，：]?").match(text, end)
        if told is not None and (deed := DEED.match(text, told.end())):
            return name, *deed.span("deed")
        if at.end() > end and (deed := DEED.match(text, place)):
            return name, *deed.span("deed")
    # 孟祥和连续奋战: what looks like a join may be the end of a name.
    whole = len(mention.names[0][0]) == _WHOLE and begins(text, mention.names[0][1], 0)
    if not whole and any(_JOINS.match(text, end) for _, end in mention.names):
        return next((again for name in mention.names if (again := _again(text, *name))), None)
    if (cut := parted(text, mention.names)) and (deed := DEED.match(text, cut[1])):
        return cut[0], *deed.span("deed")
    for name, end in reversed(mention.names):
        if begins(text, end, len(name)) and (deed := DEED.match(text, end)):
            return name, *deed.span("deed")
    return None


def _with_next(text: str, mentions: Sequence[_Mention]) -> tuple[str, int, int] | None:
    """民兵班长佟大力、民兵吕红霞均三天三夜不下火线: the deed of the next one is his too."""
    if len(mentions) < 2 or (told := _told(text, mentions[1])) is None or not _SHARED.match(text, told[1]):
        return None
    names = (name for name, end in mentions[0].names if text[end : mentions[1].start] in ("、", "和", "与"))
    return next(((name, *told[1:]) for name in names), None)


def _again(text: str, name: str, end: int) -> tuple[str, int, int] | None:
    """陈志强、林小军等…，陈志强连续奋战36小时: the name alone, at the beginning of a clause."""
    for found in re.finditer(re.escape(name), text[end:]):
        start, place = end + found.start(), end + found.end()
        deed = DEED.match(text, place)
        if text[start - 1] in _OPENS and deed and begins(text, place, 0):
            return name, *deed.span("deed")
    return None
