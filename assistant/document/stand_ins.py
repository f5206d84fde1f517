"""What LibreOffice is told to take for a font that a file names and this machine has not.

Left to itself it takes one and the same for all, so that a heading in 黑体 looks like the text under it.
"""

from __future__ import annotations

import io
import re
import zipfile

from lxml import etree

from assistant.document.fonts import installed_fonts
from assistant.document.parts import qn

_PART = "word/fontTable.xml"
_SERIF = (
    *("宋体", "SimSun", "华文宋体", "STSong", "Songti SC", "FandolSong", "Noto Serif CJK SC", "Noto Serif SC"),
    *("Source Han Serif SC", "思源宋体", "AR PL UMing CN", "AR PL SungtiL GB"),
)
_SANS = (
    *("微软雅黑", "Microsoft YaHei", "PingFang SC", "FandolHei", "Noto Sans CJK SC", "Noto Sans SC"),
    *("Source Han Sans SC", "思源黑体", "WenQuanYi Zen Hei", "WenQuanYi Micro Hei"),
)
_KINDS = (
    (re.compile("标宋|biaosong", re.IGNORECASE), ("华文中宋", "STZhongsong", "Noto Serif CJK SC", *_SERIF)),
    (re.compile("仿宋|fang", re.IGNORECASE), ("仿宋", "FangSong", "华文仿宋", "STFangsong", "FandolFang R", *_SERIF)),
    (re.compile("楷|kai", re.IGNORECASE), ("楷体", "KaiTi", "FandolKai", "AR PL UKai CN", "AR PL KaitiM GB", *_SERIF)),
    (re.compile("黑|hei", re.IGNORECASE), _SANS),
    (re.compile(""), _SERIF),
)


def stand_ins(docx: bytes, installed: frozenset[str] | None = None) -> dict[str, str]:
    """Font that is missing → one that is there, first of those that the file names itself; {} for what is no .docx.

    Args:
        installed: family names in lower case; found out from this machine by default.
    """
    known = installed_fonts() if installed is None else installed
    found: dict[str, str] = {}
    for name, others in _named(docx):
        likely = next(names for kind, names in _KINDS if kind.search(name))
        if name.casefold() in known:
            continue
        if other := next((one for one in (*others, *likely) if one.casefold() in known), ""):
            found[name] = other
    return found


def _named(docx: bytes) -> list[tuple[str, list[str]]]:
    if not zipfile.is_zipfile(io.BytesIO(docx)):
        return []
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        if _PART not in archive.namelist():
            return []
        root = etree.fromstring(archive.read(_PART))
    return [(font.get(qn("name"), ""), _others(font.find(qn("altName")))) for font in root.iter(qn("font"))]


def _others(alternative: etree._Element | None) -> list[str]:
    return [] if alternative is None else str(alternative.get(qn("val"), "")).split(",")
