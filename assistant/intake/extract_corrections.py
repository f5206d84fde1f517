"""What a speaker takes back: 走了十二个，不对，是十一个 says eleven, and nothing of twelve."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.intake.cleaning import Cleaned

_DIGITS = "0-9〇零一二三四五六七八九十百千万两.余多"
_NUMBER = rf"[{_DIGITS}]+(?:%|[一-龥]{{0,2}})"
_BACK = r"(?:[哦噢啊哎呃]?，?不对(?:不对)?|[哦噢啊哎]不|[说记讲]错了?|错了|口误|(?:更正|纠正)(?:一下)?)"
_MARKS = "[，。、；：！… ]*"
_TAKEN_BACK = re.compile(
    rf"(?<![{_DIGITS}]){_NUMBER}{_MARKS}{_BACK}{_MARKS}(?:我?(?:更正|纠正)(?:一下)?[，：])?"
    rf"(?:应该?|实际|其实)?(?:就?是|为)?(?={_NUMBER})"
)
#: 更正一下，网上报名是13不是12: said in a later message.
_LATER = re.compile(
    rf"(?:更正|纠正|订正|改)一?下?[，：:](?P<noun>[一-龥]{{2,10}}?)(?:应该|应当?)?(?:是|为)(?P<new>{_NUMBER}?)"
    rf"(?P<old_said>[，、]?(?:而)?不是(?P<old>{_NUMBER}))"
)


def corrected(cleaned: Cleaned) -> Cleaned:
    """The text without figures that are taken back, at once or later, and without the words that do so."""
    keep = bytearray(b"\1" * len(cleaned.text))
    found = [told.span() for told in _TAKEN_BACK.finditer(cleaned.text)]
    for told in _LATER.finditer(cleaned.text):
        old = re.compile(rf"{told['noun']}[：:是为有共 ]{{0,2}}{re.escape(told['old'])}(?![{_DIGITS}])")
        found += [told.span("old_said"), *(one.span() for one in old.finditer(cleaned.text, 0, told.start()))]
    if not found:
        return cleaned
    for start, end in found:
        keep[start:end] = bytes(end - start)
    text = "".join(sign for sign, kept in zip(cleaned.text, keep, strict=True) if kept)
    places = [place for place, kept in zip(cleaned.places, keep, strict=True) if kept]
    return replace(cleaned, text=text, places=places)
