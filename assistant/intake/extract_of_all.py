"""Who speaks of the whole among what several places report: 另外镇里开了3次议军会, 全镇入伍16人, 合计6人.

一共 and 累计 say only how much, not of whom: they speak of the whole where they open a line, never behind a name
(南湾村：今年一共走了2个兵).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

#: 镇里给每户发了500元 is told of the village's own; 全镇第一 praises it.
_WHO = (
    "全[镇乡街办区](?!第|最|前)|[我本咱]们?(?:[镇乡]|街道)|[镇乡][里上](?!给|发|补|奖|拨|来|送|帮)"
    "|[镇乡](?:党委|政府|武装部|人武部|本级)|街道(?!机关|直|干部|给|发|补|奖|拨|来|送|帮)|(?<![村居])武装部|人武部|议军"
)
_ALSO = "(?:另外?|此外|还有|再有|最后|再就是)"
_WHEN = "(?:今年|本年度?|全年|目前|截至[^，。；\n]{2,10}，)?"
_LINE = re.compile(
    rf"^[ \u3000·*●-]*(?:(?:{_ALSO}[，：]?)?{_WHEN}(?:{_WHO})"
    rf"|(?:{_ALSO}|以上)?[，：]?{_WHEN}(?:合计|总计|汇总|共计|总共|一共|累计)|以上|{_ALSO}[，：])",
    re.MULTILINE,
)
_SAID = re.compile(f"{_WHO}|[各全]村|辖区|所有村")
_DIGIT = "[0-9一二两三四五六七八九十]"
_INSIDE = re.compile(
    rf"(?<=[，。；！])[ \u3000]*(?P<also>{_ALSO}，?)?{_WHEN}(?:{_WHO}|(?P<sum>以上))(?=[^，。；\n]*{_DIGIT})"
)


def whole_lines(text: str) -> Iterator[int]:
    """Where the lines begin of who speaks of the whole."""
    return (found.start() for found in _LINE.finditer(text))


def opens_whole(line: str) -> bool:
    return _LINE.match(line) is not None


def of_all(line: str) -> bool:
    """Whether a line says that its figures are the whole's."""
    return _SAID.search(line) is not None or opens_whole(line)


def own_parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A place's words without what somebody says of the whole among them.

    Behind a full stop, or with 另外, it goes on to the line's end; 全镇共走3个兵 between two commas is a clause.
    """
    at = start
    while found := _INSIDE.search(text, at, end):
        if found.start() > at:
            yield at, found.start()
        line = text.find("\n", found.end(), end)
        line = line if line >= 0 else end
        clause = re.compile("[，。；\n]").search(text, found.end(), end)
        sure = found["also"] or text[found.start() - 1] != "，"
        at = line if sure or clause is None else clause.end()
        if at >= end:
            return
    if at < end:
        yield at, end
