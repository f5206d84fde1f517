"""Heads of items that end with a full stop: （1）基干民兵。今年91人，去年94人 says it of 基干民兵."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.intake.cleaning import Cleaned

_NUMBER = r"[0-9]|[一两二三四五六七八九十百千]+[人名个次户块条份场期座天支间处起件万]"
#: What follows has no noun of its own: a year, a word of counting, a figure.
_HEAD = re.compile(
    r"^[ \u3000]*+(?:（[0-9一二三四五六七八九十]{1,2}）|[0-9]{1,2}[.．、]|[一二三四五六七八九十]{1,2}、|[①-⑳·])?"
    r"[ ]*+[一-龥（）]{2,10}(?P<stop>。)"
    r"(?=(?:今年|本年|去年|上年|全年|目前|现在|现有|一共|共|总数|人数|户数|数量|已|有|是|为)*"
    rf"(?:{_NUMBER}))",
    re.MULTILINE,
)


def with_colons(cleaned: Cleaned) -> Cleaned:
    """The text with a colon behind such a head; as long as before."""
    text = cleaned.text
    stops = [told.start("stop") for told in _HEAD.finditer(text)]
    if not stops:
        return cleaned
    signs = list(text)
    for stop in stops:
        signs[stop] = "："
    return replace(cleaned, text="".join(signs))
