"""Marks of items, and one sentence that runs on from faults to causes to plans."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

ENUMERATOR = re.compile(
    r"(?:(?<=[，。；：、】？！—\n ])|^)[ \u3000]*(?:[一二三四五六七八九十][是要](?:要)?"
    r"|(?:第[一二三四五六七八九十]|头一)(?:[件条样桩个]事?是?)?[，：]|"
    r"(?:(?<=[。；：\n])|^)[一二三四五六七八九十]、(?=[一-龥])"
    r"|[一二三四五六]在(?=[一-龥])|(?:也|还|更)?在于(?=[一-龥])|其[一二三四五六][，：是]?|[一二三四]来[，]?|(?:另|再|还有|又)?一个(?:问题|原因)?[是，：]|(?:问题|不足|短板|差距|欠账|原因|打算|困难|难点|难处|难题|毛病|弱项|措施|对策)(?:之[一二三四五六][，：]?是?|[一二三四五六][，：])|(?:再|还有)一个(?![村社月年台])(?=[一-龥]{4})|(?:还有|再)就是(?=[一-龥])|再就是"
    r"|(?:一|另一?)方面[，是]?|(?:主观|客观)(?:上|方面)?(?:看|讲|说)?，?是?(?=[一-龥])"
    r"|首先[，是]|其次[，是]|再次[，是]|最后[，是]"
    r"|[0-9]{1,2}(?:\.[0-9]{1,2})+[.．、]?[ ]?|[0-9]{1,2}[.．、）][ ]?(?![0-9])"
    r"|（[0-9一二三四五六七八九十]{1,2}）)|[ ]?[①-⑳]|^[ \u3000]*(?:——|[-—●■◆▲★•·▪◇□○►▶➢※√✓])[ ]?(?=[一-龥“])",
    re.MULTILINE,
)
_TURN = re.compile(
    "，(?=究其|原因(?:是|在于|主要)|追根|归根|(?:下一?步|明年|来年|今后|接下来)"
    "(?:，|我们|我[镇乡办]|我?街道|[镇乡]?党委|党工委|[将要拟]|打算|准备|计划))"
)
_FIRST = re.compile("一|首先|其一|第一|头一|主观|1|（[1一]|①")
#: 产生上述问题，究其原因…: what is said again is no item.
_SAID_AGAIN = re.compile("(?:产生|造成|出现|存在|导致)?(?:上述|以上|这些|这样)[^，。；]{0,8}(?:问题|不足|差距|短板)")
_LEAST = 7


def turns(
    text: str, start: int, end: int, label: str, begins: Callable[[str], tuple[str, int]]
) -> Iterator[tuple[int, int, str]]:
    """A passage cut where its sentence turns: …不够，究其原因，…，下一步我们将….

    Args:
        begins: the list that words open and where its items begin in them; "" for none.
    """
    at, passed = start, set[str]()
    for turn in _TURN.finditer(text, start, end):
        name, opened = begins(text[turn.end() : end])
        before = text[max(at, text.rfind("。", 0, turn.start()) + 1) : turn.start()]
        following = ENUMERATOR.search(text, turn.end(), end)
        parted = following is not None and not _FIRST.match(following.group().strip())
        if not name or name == label or name in passed:
            continue
        if parted or not tells(before):
            # 一是甲，原因是乙；二是…: each item has its own.
            passed.add(name)
            continue
        yield at, turn.start(), label
        at, label = turn.end() + opened, name
    yield at, end, label


def tells(words: str) -> bool:
    """Whether words in front of another list's tell something themselves."""
    return len(words) >= _LEAST and not _SAID_AGAIN.search(words)
