"""Items of a list fact as they are told: 存在问题加一条：…, 存在问题改成：一是…；二是…, a pasted list, 第二条删掉.

What an item says is text of the report: no figure in it is a fact.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.facts.fields import FactSchema, FieldType
from assistant.facts.numeral_values import value_of
from assistant.intake.chat_names import labels_of
from assistant.intake.chat_rows import ToldRow

_N = "0-9一二三四五六七八九十两"
_LEAD = r"(?:请|帮我|麻烦|把|将|给|在|我们的?|今年的?|还有|另外|，|,)*"
_ONE = r"(?:第\s*[0-9一二三四五六七八九十]{1,2}|最后一|末)\s*[条项个点]"
_GO = r"(?:删掉|删去|删除|删了|删|去掉|拿掉|不要了?|撤掉)"
_PLACE = r"(?:那|这)?(?:一?(?:节|部分|块|栏|项))?"
_ADD = re.compile(
    rf"{_PLACE}(?:里|中|上)?(?:面|头)?(?:再|还|也)*(?:加|增加|添|补|补充|写)(?:上|进|一)?"
    rf"(?:一?[条项个]|[{_N}]{{1,2}}[条项个]|[{_N}]{{0,2}}点(?=[：:，,])|(?<=上)|(?=[：:]))(?:[：:，,]|(?:是|就是)[：:]?)?\s*"
)
_SET = re.compile(
    r"(?:全部|都|统一)?(?P<verb>改成|改为|换成|换为|写成|填成|更正为|主要有|主要是|是(?!不是|否)|为(?!什么|何|啥)|有(?!没有|无|点|些)|：|:)"
    rf"(?:以下|下面|这|这么|如下)?(?:(?P<count>[{_N}]{{1,2}})(?:个?方面|[条项个点]))?(?:[：:，,]|如下)*\s*"
)
_CHANGE = re.compile(
    rf"{_PLACE}(?:里|中)?的?(?P<which>{_ONE})(?:改成|改为|换成|换为)[：:，,]?\s*"
    rf"(?P<new>(?:(?![，,；;]\s*{_ONE})[^。\n])+)"
)
#: ，第三条不要了 behind another item that was changed.
_AND_ONE = re.compile(rf"[，,；;]\s*(?={_ONE})")
_DELETE_LAST = re.compile(rf"{_PLACE}(?:里|中)?的?(?P<which>{_ONE})(?:给我|都|先)?{_GO}(?:吧|了|。|！)*\s*$")
_DELETE_MIDDLE = re.compile(rf"{_PLACE}(?:里|中)?{_GO}(?P<which>{_ONE})(?:吧|了|。|！)*\s*$")
_DELETE_FIRST = re.compile(rf"^{_LEAD}{_GO}(?P<name>.{{2,10}}?)(?:里|中)?的?(?P<which>{_ONE})(?:吧|了|。|！)*\s*$")
_MARK = re.compile(
    rf"(?:^|(?<=[；;，,、。：:\s]))\s*(?:第?(?P<word>[一二三四五六七八九十]{{1,2}})(?:是|、|，)|(?P<digit>\d{{1,2}})[.．、)）](?!\d))\s*|"
    rf"(?<=[一-龥）)])(?P<plain>\d{{1,2}})[.．、)）](?=\s*[一-龥])\s*|"
    rf"\s*(?:[（(](?P<round>[{_N}]{{1,2}})[）)]|(?P<circled>[①-⑩]))\s*"
)
_TALK = re.compile(
    r"[?？]|[吗呢]$|哪些|什么|[啥谁]|多少|几[条个]|写得|写的|^太.{1,3}$|短一?[点些]|长一?[点些]|详细|精简|具体一?[点些]"
)
#: An item that only says how a text should be: 两段, 更具体的, 分条写, 细节.
_HOW = (
    r"短|长|细|实|空|虚|简[短洁练单]|精[简炼]|详[细实]|具体|明确|实在|[朴平]实|严肃|正式|通顺|直白|生动|有力|全面?|笼统"
)
_ONLY_TALK = re.compile(
    rf"(?:写|列|说|讲|改|弄|搞)?(?:成|得|的)?(?:[{_N}几多]{{1,2}}|一些|一?点儿?|些)?(?:个|小|大|句|自然)*"
    r"(?:段(?:落|话|文字)?|句|话|条|点|项|方面|部分|节|内容|细节|例子|事例|案例|实例|东西|文字|标题|小标题|表格?)(?:的?形式|式)?|"
    r"(?:写|列|说|讲)|分(?:成|开)?(?:条|点|段|层|项|块)(?:来|的)?(?:写|列|说|讲|表述|列举|展开)?|"
    rf"(?:写|说|讲|改)?(?:得|的)?(?:更|再|比较|稍微?|太|很|最)?(?:{_HOW})(?:得多|一?[点些]儿?|一下)?|"
    r"(?:别的|其他的?|其它的?|另外的?|新的?|另?一?种|换)*(?:写法|说法|表述|提法|角度|风格|口气|语气|口吻|形式)|"
    r"(?:像|按|用)?[^，,；;]{1,4}的(?:写法|说法|表述|提法|角度|风格|口气|语气|口吻|形式)|(?:别|不要?|不用)再?分(?:条|点|段|层|项|块)|"
    r"(?:好不好|行不行|可不可以|可以|怎么样|如何)|(?:一?[些点])?(?:重复|毛病|问题|错误?|出入|遗漏)(?:的地方)?"
)
_SHORT = 2
#: Talk where no mark stands in front: 更具体的, 去年的.
_SAID_OF_IT = re.compile(r"[?？]|[吗呢]$|写得|写的|^.{1,8}的$")
_REPLACES = frozenset({"改成", "改为", "换成", "换为", "写成", "填成", "更正为"})


@dataclass(frozen=True)
class ToldList:
    """What is told of a list fact by characters [start, end).

    Attributes:
        how: add the items, set them instead of all (``replace``), or ``tell``: the list, by words that leave open
            whether the old items stay; change or delete item ``which`` (from 1, -1 for the last).
    """

    label: str
    how: Literal["add", "replace", "tell", "change", "delete"]
    items: tuple[str, ...]
    start: int
    end: int
    which: int = 0


def told_lists(text: str, schema: FactSchema) -> list[ToldList]:
    """Every list that a message tells, in order, none overlapping."""
    found: list[ToldList] = []
    for start in [0, *(mark.end() for mark in re.finditer(r"[。！？!?；;\n]", text))]:
        if found and start < found[-1].end:
            continue
        one = _at(text, start, schema)
        while one is not None:
            found.append(one)
            # Behind a deleted one the others have other numbers.
            more = _AND_ONE.match(text, one.end) if one.how == "change" else None
            stop = re.search(r"[。\n]|$", text[one.end :])
            line_end = one.end + (stop.start() if stop else 0)
            one = _told(text, one.label, (more.end(), more.end(), line_end), schema) if more else None
    return found


def without_lists(text: str, found: Sequence[ToldList | ToldRow]) -> str:
    """The rest of a message; each list or row is a blank line."""
    at, parts = 0, []
    for one in found:
        parts.append(text[at : one.start])
        at = one.end
    return "\n\n".join([*parts, text[at:]])


def _at(text: str, start: int, schema: FactSchema) -> ToldList | None:
    stop = re.search(r"[。\n]", text[start:])
    line_end = start + stop.start() if stop else len(text)
    line = text[start:line_end]
    if first := _DELETE_FIRST.match(line):
        labels = _lists(first["name"], schema)
        return ToldList(labels, "delete", (), start, line_end, _which(first["which"])) if labels else None
    lead = re.match(rf"\s*{_LEAD}\s*", line)
    begin = start + (lead.end() if lead else 0)
    for end in range(min(begin + 10, line_end), begin + 1, -1):
        label = _lists(text[begin:end], schema)
        if label and (one := _told(text, label, (start, end, line_end), schema)):
            return one
    return None


def _lists(name: str, schema: FactSchema) -> str:
    labels = labels_of(name, schema)
    item = schema.by_label.get(labels[0]) if len(labels) == 1 else None
    return item.label if item is not None and item.type is FieldType.LIST else ""


def _told(text: str, label: str, places: tuple[int, int, int], schema: FactSchema) -> ToldList | None:
    start, name_end, line_end = places
    rest = text[name_end:line_end]
    for pattern in (_DELETE_LAST, _DELETE_MIDDLE):
        if gone := pattern.match(rest):
            return ToldList(label, "delete", (), start, line_end, _which(gone["which"]))
    if changed := _CHANGE.match(rest):
        which, new = _which(changed["which"]), _bare(changed["new"])
        return ToldList(label, "change", (new,), start, name_end + changed.end(), which)
    verb = _ADD.match(rest) or _SET.match(rest)
    if verb is None:
        return None
    adds = verb.re is _ADD
    word = "" if adds else verb["verb"]
    body = name_end + verb.end()
    end = _end(text, body, line_end, schema)
    content = text[body:end]
    counted = _number(verb["count"] or "") if not adds else None
    items = _items(content, counted)
    listed = len(items) > 1 or word in {"：", ":", *_REPLACES} or content[:1] in '“"' or bool(_MARK.match(content))
    marked = bool(re.search(r"[：:，,]\s*$", verb.group())) and word not in ("：", ":")
    plain = len(items) == 1 and content[:1] not in '“"' and not _MARK.match(content)
    bare = items[0].rstrip("吧呢啊了") if plain else ""
    if plain and (all(map(_ONLY_TALK.fullmatch, re.split("[，,]", bare))) or (not marked and _SAID_OF_IT.search(bare))):
        return None
    if not items or (word in ("有", "是", "为") and not listed and name_end - start <= _SHORT):
        # 问题是… begins any talk.
        return None
    if not adds and (counted or word in ("：", ":", "是", "为", "有", "主要有", "主要是")) and _TALK.search(items[0]):
        return None
    how: Literal["add", "replace", "tell"] = "add" if adds else "replace" if word in _REPLACES else "tell"
    return ToldList(label, how, items, start, end)


def _end(text: str, body: int, line_end: int, schema: FactSchema) -> int:
    """Where the list ends: with its line, unless the next ones go on counting, or the first one is only its head."""
    end = line_end
    alone = not text[body:line_end].strip()
    while end < len(text):
        following = re.match(r"[。\n]\s*?([^。\n]*)", text[end:])
        if following is None or not following[1].strip():
            break
        line = following[1]
        marks = _MARK.match(line.strip())
        if not (marks or alone) or _headed(line, schema):
            break
        end += following.end()
    # A clause behind ； may begin to tell something else: 存在问题加一条：经费不足；入伍人数改成15.
    for mark in re.finditer(r"[；;]", text[body:end]):
        if _headed(text[body + mark.end() : end], schema):
            return body + mark.start()
    return end


def _headed(words: str, schema: FactSchema) -> bool:
    """Whether words begin with a fact's name and tell it."""
    bare = words.strip()
    return any(
        labels_of(bare[:length], schema)
        and re.match(r"(?:应该|应)?(?:改成|改为|是|为|：|:|再?加一?条|\d)", bare[length:])
        for length in range(2, min(10, len(bare)))
    )


def _items(content: str, counted: int | None) -> tuple[str, ...]:
    marks = [(found, _mark(found)) for found in _MARK.finditer(content)]
    run: list[re.Match[str]] = []
    for found, number in marks:
        if number == len(run) + 1:
            run.append(found)
    if run and not content[: run[0].start()].strip(' \n：:“"，,'):
        ends = [*(found.start() for found in run[1:]), len(content)]
        parts = [content[found.end() : end] for found, end in zip(run, ends, strict=True)]
    elif "\n" in content.strip():
        parts = content.split("\n")
    elif re.search(r"[；;]", content.rstrip("；; ")):
        parts = re.split(r"[；;]", content)
    elif counted and len(re.split(r"[、，,]", content.strip("。 "))) == counted:
        parts = re.split(r"[、，,]", content)
    else:
        parts = [content]
    return tuple(bare for part in parts if (bare := _bare(part)))


def _bare(part: str) -> str:
    return part.strip().strip('“”"；;，,、。 ').removesuffix("；以及").strip()


def _mark(found: re.Match[str]) -> int | None:
    if circled := found["circled"]:
        return "①②③④⑤⑥⑦⑧⑨⑩".index(circled) + 1
    return _number(found["word"] or found["round"] or found["digit"] or found["plain"] or "")


def _number(word: str) -> int | None:
    if not word:
        return None
    value = int(word) if word.isdecimal() else value_of(word)
    return int(value) if value is not None else None


def _which(words: str) -> int:
    return _number(re.sub(rf"[^{_N}]", "", words.removeprefix("最后一"))) or -1


def changed(old: Sequence[str], one: ToldList) -> tuple[str, ...] | None:
    """The items as they would be; None where item ``which`` is not there."""
    if one.how == "add":
        return tuple(dict.fromkeys((*old, *one.items)))
    if one.how in ("replace", "tell"):
        return one.items
    at = len(old) - 1 if one.which < 0 else one.which - 1
    if not 0 <= at < len(old):
        return None
    return (*old[:at], *one.items, *old[at + 1 :])
