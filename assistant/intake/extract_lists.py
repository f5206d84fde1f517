"""The items of list facts, in the passages that speak of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.intake.cleaning import BLANK
from assistant.intake.extract_frame import Frame
from assistant.intake.extract_passages import ENUMERATOR, Passage
from assistant.intake.extract_words import EDGES, Word, trimmed

_LEADING = re.compile(
    r"具体(?:措施|做法|打算|安排|任务)?(?:为|是|有|包括|如下)?：|[还也]?要(?=[把将给向同与跟和对从扩修建买补添换])|从[^，]{1,8}看，|(?:会?(?:这样|如此)|所以这样)，|(?:再?加上|加之|(?:再)?就是|说到底是?|归根(?:结底|到底)(?:还)?是|[更最]?(?:主要|重要|关键|根本)的(?:还|就|也)?是|关键(?:还)?是|是?因为|由于)，?(?=[一-龥])|(?:办事处|街道|镇里|乡里|村里|我村)(?:将|准备|打算)|(?:还有|另外|同时|此外|坦率地讲|具体说|也)[，：]?|(?:主要|还)?(?:是|有(?!的)|在于|表现在|表现为|体现在)(?:：|，)?|主要(?=[是有：])|："
    r"|(?:我们?|我镇|我乡|我街道|我办)?(?:打算|准备|想|考虑)(?:：|，)?|着力(?=[一-龥])"
    r"|(?:我们?|我镇|我乡|我街道|我办|镇党委|乡党委|党工委)将(?=[一-龥])"
    r"|(?:对照|对标|比照|比起|同|与|和|离)[^，。；：]{2,20}(?:相比|要求|做法|标准|期盼|先进)[^，。；：]{0,2}，"
    r"|(?:我们?|我镇|我乡|我街道|我办)?[也还更]?(?:应当?|要|必须)?(?:清醒|深刻|充分)?地?(?:看到|认识到|意识到)(?:，|：)?"
)
#: 研究不深入，问效不经常: two faults that are told alike.
_FAULT = re.compile(r"(?:不[一-龥]{1,3}|偏[一-龥]|薄弱|滞后|不足|欠缺|缺乏)$")
_FAULTS = re.compile(
    "(?:不[一-龥]{1,3}|偏[一-龥]|[低慢少小大差弱旧窄老难散松缺短高紧浅粗贵重快勤杂]|有限|单一|滞后|欠缺|缺乏|老化|频繁|不足|脱节|下滑)$"
)
_LEAST_ITEM, _LEAST_CLAUSE, _LEAST_OF_TWO = 4, 6, 8
#: The second of two, which has no number: what stands in front of it is the first.
_ALSO = re.compile("(?:还有|再)?就是|(?:另|再|还有|又)一个|[也还更]在于|另一?方面")
#: Of two clauses: the second goes on with the first.
_LEADS_ON = re.compile(
    "导致|造成|致使|以致|使|让|没|不|对|缺|也|且|而|又|再|还|存在|确保|实现|做到|提高|提升|推动|切实|不断|进一步|形成|以|为|努力|力争|从|"
    "(?:[一二两三]|[0-9])?年内|预[编计]|不少于|每[季月年周]|达到|增强|促进|加强|强化|压实|防止|避免|并|同时|争取|解决|营造|打造|保证|保障|把|将|给|向|用|靠|但|却|往往|自己"
)
_SCORE = re.compile(r"(?<![到至为0-9])[0-9]{1,3}分$")
#: What opens or closes a report, or was left to be written: no item of it.
_NO_ITEM = re.compile(
    r"[^，。；]{0,10}[干做办抓打算]{1,2}[一二三四五六七两几]件(?:大|实)?事[吧呢]?|落款[^。；]*|"
    r"(?:虽然|尽管|在)[^。；]*(?:成绩|成效|进展)[^。；]*(?:但|然而|同时)[^。；]*(?:差距|不足|距离)|"
    r"(?:(?:以|让|为|我[们将镇乡])[^，。；]*，)?[^，。；]*(?:开创[^，。；]{0,14}新局面|更加紧密地?团结|努力奋斗"
    r"|[作做]出[^，。；]{0,8}(?:贡献|力量)|再[上创][^，。；]{0,4}(?:台阶|辉煌)"
    r"|(?:提高|提升|推进|推|迈|带|上升)[到上向][^，。；]{0,6}新的?(?:水平|台阶|高度|阶段))！?|"
    r"(?:短板|问题|不足|原因|差距|打算|措施|对策|办法)(?:主要)?有(?:[一二三四五六两]|[0-9])[个点条项]?(?:方面)?|"
    r"(?:(?:对此|为此|对这些|对于这些|针对[^，。；]{2,10}|(?:这些|以上|上述)[^，。；]{2,6})，?)?[^。；，]{0,12}(?:将|要|需|有待|都)"
    r"[^。；，]{0,16}(?:认真|切实|逐步|努力|尽快|着力|加以|一一|逐项)+[^。；，]{0,6}(?:解决|改进|克服|整改|改正|弥补|完善)|"
    r"(?:所以|因此|因而)[^。；]*|(?:主要)?原因(?:在于|是|有)?|从[^，。；]{1,8}看|(?:[^，。；]{0,8}，)?(?:问题|不足|短板|差距|困难)[^，。；]{0,4}(?:很|较|比较|十分|依然|还是)?(?:明显|突出|不少|客观存在)|[^。；]*(?:不用|别|不要|不必|先不)(?:再)?(?:写|提|报)[^，。；]{0,4}|"
    r"(?:建议|恳请)[^。；]*|(?:我们?)?[也还]?希望(?:[^。；]{0,4}能)?[^。；]*|"
    r"请(?:大家|各位|同志们|你们?|您)[^。；]*|(?:往后|以后|今后|平时)?有?(?:什么|啥)(?:事|情况|变化|问题)[^。；]{0,10}(?:电话|联系|找我|告诉|说一声|通气)[^。；]*|"
    r"[^。；]*(?:倍加珍惜|不负(?:众望|重托|组织|信任|期望))[^。；]*|[（【]?(?:此处)?(?:待|请)(?:补|填|定|完善)[^，。；]{0,6}[）】]?|"
    r"（(?:[^）]{0,8}(?:已|都|全)(?:经|部)?(?:解决|整改|补齐|办结|销号|完成)|[^）]{0,12}(?:删|不[再用]?[写报提]|作废|划掉))[^）]{0,8}）[^。；]*|"
    r"(?:另|另外|同时|此外)，[^。；]*，(?:建议|恳请|请求|提请)(?:[县区市上]|人武部|军分区|有关部门|首长|领导)[^。；]*|"
    r"(?:特此|专此)(?:述职|报告|汇报|总结)[^。；]*"
)
#: What somebody was praised for is told of people, and is no fault, cause or plan.
_PRAISE = re.compile("被[^。；，]{0,14}(?:评为|授予|表[彰扬])|受到[^。；，]{0,14}(?:表[彰扬]|嘉奖)|荣获")
#: 知不足而后进。甲；乙；丙。: a short sentence in front of the list.
_MOTTO = re.compile(r"[ \u3000]*[^，；：。\n]{4,12}。(?=[^。]{6,60}；[^。]{6,60}；)")
#: 问题写两条：甲、乙。
_COUNTED = re.compile("([两二三四五])(?:条|个|点|方面|项)[^。，；：]{0,4}：$")
_COUNTS = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5}
_OF_NUMBER = re.compile("等?([两二三四五])个(?:方面|问题|原因)$")
#: …三是抓好征兵。让我们更加紧密地团结起来…: how a speech ends.
_SLOGAN = re.compile("[。；](?:让我们|我坚信|我相信|我将倍加|请[各组领])")
_NUMBERED = re.compile("[0-9]{1,2}")
#: 思想认识层面。个别社区…; 在强化责任上下功夫。把…: a heading that only says what its item is about.
_TOPIC = re.compile(
    r"[ \u3000—-]*(?:[^，；：。\n把将给]{2,10}(?:层面|方面|环节|(?<![补加配装挂接用赶跟派送换添穿住追])上)"
    r"|在[^，；：。\n]{2,12}[上中]"
    r"(?:[下用求做出见聚抓再持有][^，；：。\n]{1,6}))[。：]"
)
#: 学习不深。本人对…: a fault in a word, and what it means.
_IN_A_WORD = re.compile(
    r"[^，；：。\n]{2,10}。(?!究其|说到底|原因|出现|产生|造成|下一?步|明年|来年|今后|针对|以上|这些|对此|为此)"
)
#: 一憾…；二憾…；三憾…: numbers with a word of the author's own.
_OWN_NUMBERS = re.compile(
    r"(?:(?<=[。；：，\n])|^)一(?P<word>(?![季月年周天次个])[一-龥])(?=[一-龥])[^。\n]{3,60}[；。，]二(?P=word)[一-龥]",
    re.MULTILINE,
)
#: 此外，…: one more item behind those with numbers.
_FURTHER = re.compile("此外|另外|同时|再者|还有")


def items(frame: Frame, found: Sequence[Passage]) -> Iterator[Word]:
    """The items of every passage."""
    seen: set[tuple[str, str]] = set()
    for passage in found:
        for start, end in _told_apart(frame.text, passage):
            if is_no_item(frame.text, start, end) or is_praise(frame.text, start, end):
                continue
            value = frame.text[start:end]
            if len(value) >= _LEAST_ITEM and BLANK not in value and (passage.label, value) not in seen:
                seen.add((passage.label, value))
                yield Word(passage.label, (value,), start, end)


def is_no_item(text: str, start: int, end: int) -> bool:
    """A score, what opens or closes a report, or a blank that was left to be written."""
    return _SCORE.search(text, start, end) is not None or _NO_ITEM.fullmatch(text, start, end) is not None


def is_praise(text: str, start: int, end: int) -> bool:
    """How somebody was rewarded."""
    return _PRAISE.search(text, start, end) is not None


def _told_apart(text: str, passage: Passage) -> Iterator[tuple[int, int]]:
    """The items, without the slogan behind the last one; 甲、乙两个方面 are two."""
    if passage.whole:
        yield passage.start, passage.end
        return
    for start, end in _items(text, passage.start, passage.end):
        slogan = _SLOGAN.search(text, start, end)
        end = slogan.start() if slogan else end
        told = _OF_NUMBER.search(text, start, end)
        parts = list(_cut(text, start, told.start(), "、")) if told else []
        if told and len(parts) == _COUNTS[told.group(1)] and all(b - a >= _LEAST_ITEM for a, b in parts):
            yield from parts
        else:
            yield start, end


def _items(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    marks = [found for found in ENUMERATOR.finditer(text, start, end)] or _own_numbers(text, start, end)
    if marks and text[start : marks[0].start()].strip(EDGES) and _goes_on(text, start, marks[0]):
        # 4.来年安排：…。5.有疑问请打电话: the next number is that of the list itself.
        end = marks[0].start()
        marks = []
    if marks and marks[0].group().strip().startswith("一个"):
        # 一个是…，再一个…，还有…
        marks += re.finditer("(?<=[，；])还有(?=[一-龥]{5})", text[:end])
        marks = [mark for mark in marks if mark.start() >= start]
    if marks:
        # 一方面…，另一方面…，再加上…
        added = re.finditer("(?<=，)(?:再加上|加之)(?=[^，。；]{6})", text[:end])
        marks += [mark for mark in added if mark.start() > marks[-1].start()]
        if _ALSO.match(marks[0].group().strip()):
            for begin, last in _cut(text, start, marks[0].start(), "[。；]"):
                if last - begin >= _LEAST_ITEM:
                    yield _trimmed(text, begin, last)
        for number, mark in enumerate(marks):
            stop = marks[number + 1].start() if number + 1 < len(marks) else end
            for begin, last in _sentences(text, mark.end(), stop, last=number + 1 == len(marks)):
                yield _trimmed(text, begin, last)
        return
    motto = _MOTTO.match(text, start, end)
    whole = list(_cut(text, motto.end() if motto else start, end, r"[；。\n]"))
    if len(whole) > 1:
        whole = [part for part in whole if not _TOPIC.fullmatch(text, part[0], part[1] + 1)]
    alone = _trimmed(text, *whole[0]) if len(whole) == 1 else (start, start)
    # 甲、乙，丙、丁: what commas part is told apart by them.
    breath = list(_cut(text, *alone, "、")) if "，" not in text[slice(*alone)] else []
    if are_faults(text, breath):
        # 骨干流动大、装备更新慢、宣传不经常: three faults or more in one breath.
        whole = breath
    counted = _COUNTED.search(text, max(0, start - 12), start)
    if whole and "；" not in text[start:end]:
        whole = [part for first, stop in whole for part in _by_commas(text, first, stop, alone=len(whole) == 1)]
    if counted and len(parts := list(_cut(text, *whole[0], "、"))) == _COUNTS.get(counted.group(1)):
        whole = [*parts, *whole[1:]]
    for begin, last in whole:
        if last - begin >= _LEAST_ITEM:
            yield _trimmed(text, begin, last)


def _by_commas(text: str, start: int, end: int, *, alone: bool) -> list[tuple[int, int]]:
    """The clauses of a sentence that are items each: three of them, or two that are built alike."""
    begin, last = _trimmed(text, start, end)
    parts = list(_cut(text, begin, last, "，"))
    two = len(parts) == 2 and alone
    alike = two and all(_FAULT.search(text[first:stop]) for first, stop in parts)
    apart = two and not _LEADS_ON.match(text, parts[1][0]) and all(b - a >= _LEAST_OF_TWO for a, b in parts)
    if are_faults(text, parts):
        return parts
    if (len(parts) >= 3 or alike or apart) and all(stop - first >= _LEAST_CLAUSE for first, stop in parts):
        return parts
    return [(start, end)]


def are_faults(text: str, parts: Sequence[tuple[int, int]]) -> bool:
    """Whether three parts or more, but for one, end in what is wrong."""
    told = sum(1 for start, end in parts if _FAULTS.search(text[start:end].rstrip(EDGES)))
    return len(parts) > 2 and told >= len(parts) - 1 and all(end - start >= _LEAST_ITEM for start, end in parts)


def _goes_on(text: str, start: int, mark: re.Match[str]) -> bool:
    """Whether a number is the one after that of the item in which a passage begins."""
    line = text.rfind("\n", 0, start) + 1
    before = [_NUMBERED.search(each.group()) for each in ENUMERATOR.finditer(text, line, start)]
    here = _NUMBERED.search(mark.group())
    if not before or before[-1] is None or here is None:
        return False
    return int(here.group()) == int(before[-1].group()) + 1


def _own_numbers(text: str, start: int, end: int) -> list[re.Match[str]]:
    told = _OWN_NUMBERS.search(text, start, end)
    if told is None:
        return []
    return list(re.finditer(f"(?:(?<=[。；：，\n])|^)[一二三四五六]{told['word']}(?=[一-龥])", text[:end]))


def _sentences(text: str, start: int, end: int, *, last: bool) -> Iterator[tuple[int, int]]:
    """An item behind its mark: one for each ；, and of the last one only the first sentence and what 此外 adds."""
    topic = _TOPIC.match(text, start, end)
    if topic and end - topic.end() >= _LEAST_ITEM:
        start = topic.end()
    for begin, stop in _cut(text, start, end, "；"):
        word = _IN_A_WORD.match(text, begin, stop)
        dot = text.find("。", word.end() if word else begin, stop)
        rest, first = stop, dot
        if dot >= 0 and (last or stop - begin > 90):
            stop = dot
        if stop - begin >= _LEAST_ITEM:
            yield begin, stop
        if last and first >= 0 and _FURTHER.match(text, first + 1):
            yield first + 1, min(rest, text.find("。", first + 1) % (len(text) + 1))


def _cut(text: str, start: int, end: int, marks: str) -> Iterator[tuple[int, int]]:
    at = start
    for mark in re.finditer(marks, text[start:end]):
        if mark.start() + start > at:
            yield at, start + mark.start()
        at = start + mark.end()
    if end > at:
        yield at, end


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    start, end = trimmed(text, start, end)
    while (lead := _LEADING.match(text[start:end])) and lead.end():
        start += lead.end()
    return start, end
