"""Amounts that are no yuan: the form holds yuan only, and a rate of exchange is a person's to say."""

from __future__ import annotations

import re
import unicodedata

#: What amounts abroad are counted in, as a header or a cell writes it.
FOREIGN = (
    r"(?:[十百千万亿]*(?:美元|美金|美刀|港元|港币|港纸|澳门元|澳门币|新台币|台币|欧元|日元|日圆|英镑|澳元|加元|韩元|新加坡元|卢布|泰铢)"
    r"|(?:US|HK|NT)?\$|[€£]|\b(?:USD|HKD|EUR|JPY|GBP|TWD|MOP)\b)"
)
_FOREIGN = re.compile(FOREIGN, re.IGNORECASE)


def foreign_money(text: str) -> str:
    """美元 of 金额（美元）; "" where none is named."""
    found = _FOREIGN.search(unicodedata.normalize("NFKC", text))
    return found[0] if found else ""
