"""Words about the report's text, in which names and figures tell no fact: 征兵那节加一个例子, 前3句, 在3楼."""

from __future__ import annotations

import re

from assistant.intake.chat_names import Named
from assistant.slots.numeral import Numeral

_PIECES = (
    r"例子|事例|案例|小?标题|题目|字(?!画)|词|句|段|行(?!政|业)|页|逗号|句号|顿号|分号|冒号|标点|引号|括号|空格|空行|"
    r"数(?:字|据)?(?![\u4e00-\u9fff])|错别?字|别字|病句|说法|写法|提法|方面|角度|层次|版本|版|稿|遍|"
    r"[“\"「『][^”\"」』]{1,12}[”\"」』](?:这?[个两二]?[字词句]|的)"
)
#: What a figure counts where it counts pieces of a text: 一个小标题, 前3句, 一个“的”字.
_COUNTED = re.compile(rf"(?:个|处|条|些|套|种|小|大|自然)*(?:好|新|具体|典型|生动|实际)*的?(?:{_PIECES})")
#: A bare figure in front of these is an address, an age, a number of a series.
_ELSEWHERE = re.compile(r"楼|层|号|室|届|岁|路|栋|单元|点钟|月份|年级|班级|排第")
#: 头一次, 这一次: which one, and not how many.
_WHICH = re.compile(r"[头这那前后末每]$|(?<!马)上$|最后$")
#: 再加一个：…: what follows is told, and how many it is says nothing.
_ONE_MORE = re.compile(r"(?:加|添|补充?|增加|新增|记)(?:上|了)?$")
_COLON = re.compile(r"(?:人|名单|的)?[：:，,]")
#: 一共, 一起: no figure at all.
_ADVERB = re.compile(r"[共起定直致般样些下律切并概向旦面边线带]")
#: Behind a name it makes the name a place in the text.
_PLACE = re.compile(
    r"(?:工作|情况)*的?(?:"
    r"[那这整本该](?:一|几|两)?(?:小|大|个)?(?:节(?!约)|段|章|句|部分|块|篇|条|行)|一(?:节(?!约)|段|章|句)|"
    r"[那这](?:里|儿|边)|小?标题|(?:部分|章节)(?=[，,的写改加再太要也都]|$))"
)
#: Behind a short word it is a place of the world: 村里有20个兵.
_WITHIN = re.compile(r"里(?:头|面|边)?(?=[有的来出走])")
_SIGN = re.compile(r"[-－−–]$")
_SET_TO = "成为是到填：:＝="


def counts_no_fact(text: str, one: Numeral) -> bool:
    """Whether a figure counts words of the text, is part of an address or of a word (一共)."""
    bare = one.kind == "number" and not one.unit
    if bare and one.text == "一" and _ADVERB.match(text, one.end):
        return True
    if one.value == 1 and _WHICH.search(text[: one.start]):
        return True
    if bare and _ELSEWHERE.match(text, one.end):
        return True
    if one.value == 1 and _ONE_MORE.search(text[: one.start]) and _COLON.match(text, one.end):
        return True
    return _COUNTED.match(text, one.end) is not None


def is_place(text: str, name: Named) -> bool:
    """Whether a name stands for a place in the text: 征兵那节, 入伍那句话, 征兵的标题."""
    if _PLACE.match(text, name.end):
        return True
    return name.loose and _WITHIN.match(text, name.end) is not None


def speaks_of_text(text: str) -> bool:
    """Whether words are about the text: a piece of it is to be added, is wrong, is to be divided."""
    return _TALK.search(text) is not None


def negative(text: str, one: Numeral) -> bool:
    """-5, 负5: no count is that. A dash in front of a blank or of a line parts, and so does one between figures."""
    line = text[text.rfind("\n", 0, one.start) + 1 : one.start]
    if line.rstrip().endswith("负"):
        return True
    ahead = line[:-1].rstrip() if _SIGN.search(line) else ""
    return bool(ahead) and not ahead[-1].isdecimal() and (ahead[-1] in _SET_TO or not line[-2].isalnum())


_TALK = re.compile(
    r"(?:(?<!参)加|添|补|插|删|去|少|多|换|改)(?:上|进|掉|了|写)*(?:一|两|二|三|几)?(?:个|些|处|点)?(?:例子|事例|案例|小?标题|逗号|句号|标点|[字词句段行](?![子数条库动业军政程使]))|"
    r"错别?字|别字|病句|(?:分|写|合|并|改|换)成.{0,2}[段句点条]|那句|这句|那段|这段"
)
