"""How prose shortens a name that a fact has: 临江区柳林街道 as 临江区 or 柳林, 沈国安 as 沈书记."""

from __future__ import annotations

import re
from collections.abc import Iterator

_HANZI = "\u4e00-\u9fff"
_RANK = "自治区|自治州|自治县|街道办事处|开发区|街道|社区|新区|省|市|州|盟|县|区|旗|镇|乡|村"
#: From the beginning on: further inside a sentence of a fact nearly any word could be one.
_PLACE = re.compile(rf"(?P<stem>[{_HANZI}]{{1,5}}?)(?P<rank>{_RANK})")
#: They stand before a rank and are no name: 全区, 各村.
_NO_NAME = frozenset("全各本我该某此这两几每")
_PERSON = re.compile(rf"[{_HANZI}]{{2,4}}")
_COMPOUND = "欧阳 上官 司马 诸葛 东方 皇甫 尉迟 公孙 慕容 令狐 夏侯 长孙 司徒 端木"
_TITLES = (
    "书记 镇长 乡长 区长 县长 市长 主任 部长 局长 所长 站长 科长 处长 队长 连长 排长 班长 主席 政委 干事 同志 委员"
)
_PARTY = re.compile("中国共产党|中共")
_BLANKS = re.compile(r"[ \u3000]+")


def short_names(value: str) -> Iterator[str]:
    """What else a text value may be called by."""
    yield from _places(value)
    closed = _BLANKS.sub("", value)
    if _PERSON.fullmatch(closed):
        surname = next((one for one in _COMPOUND.split() if closed.startswith(one)), closed[0])
        yield from (f"{surname}{title}" for title in _TITLES.split())


def _places(value: str) -> Iterator[str]:
    before = _PARTY.match(value)
    at = before.end() if before else 0
    while found := _PLACE.match(value, at):
        at = found.end()
        stem = found["stem"]
        if stem in _NO_NAME:
            continue
        yield found.group()
        if len(stem) > 1:
            yield stem
