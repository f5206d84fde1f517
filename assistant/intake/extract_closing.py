"""Where a report itself ends: nothing behind it is an item of its lists."""

from __future__ import annotations

import re

from assistant.intake.extract_frame import Frame

#: What closes a report, and what is put behind it.
_CLOSING = re.compile(
    r"^[ \u3000]*(?:(?:特此|专此)(?:报告|汇报|总结|述职)|(?:以上|我的)?(?:报告|汇报|述职)(?:完毕|到此|完了)[^\n]{0,20}"
    r"|以上(?:报告|汇报|述职)[^\n]{0,14}|此致"
    r"|附(?:表|件|录|后)?[ ]?[一二三四五六七八九十0-9]{0,2}[：:](?!无))",
    re.MULTILINE,
)
#: In the first part of a text nothing closes it.
_EARLY = 0.2


def closed(frame: Frame) -> int:
    """The place of its signature, of what closes it, or of its annexes."""
    signature = frame.zone("signature")[:1]
    last = signature[0][0] if signature else len(frame.text)
    closing = _CLOSING.search(frame.text, int(len(frame.text) * _EARLY), last)
    return closing.start() if closing else last
