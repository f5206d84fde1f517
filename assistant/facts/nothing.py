"""How people write that there is nothing to tell: 无, 暂无, 没有此项, 不涉及, ／, —, 0 in a place for words.

It is an answer: kept as it was written, not asked for again, and printed nowhere.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

_AROUND = " 。.;,、()[]【】“”\"'‘’《》〈〉〔〕"
_WHEN = r"(?:目前|暂时|暂|尚|均|都|皆|今年|全年|年内|当年|本年|本年度|年度)"
_SAID = r"(?:无|没有|没|未有|未发生|未开展|未涉及|不涉及|不适用)"
_OF_WHAT = r"(?:此项|该项|这项|此类|这类|相关|有关)?(?:情况|内容|事项|工作|项目)?"
_SIGNS = r"[/\\|\-‐‑‒–—―_−0零]+"
_NOTHING = re.compile(rf"{_WHEN}*{_SAID}{_OF_WHAT}|{_SIGNS}|n/?a|none|nil")
#: Longer texts say something; and looking at them costs.
_LONGEST = 16


def is_nothing(text: str) -> bool:
    """Whether a text that somebody wrote says that there is nothing; an empty one says nothing of the kind."""
    if not text or len(text) > _LONGEST:
        return False
    plain = "".join(unicodedata.normalize("NFKC", text).lower().split()).strip(_AROUND)
    return _NOTHING.fullmatch(plain) is not None


def says_nothing(value: object) -> bool:
    """Whether a fact's value says that there is nothing: the whole text, every item of a list, every row of a table."""
    if isinstance(value, str):
        return is_nothing(value)
    return isinstance(value, tuple) and bool(value) and all(map(_no_item, value))


def _no_item(item: object) -> bool:
    return is_nothing(item) if isinstance(item, str) else isinstance(item, Mapping) and is_no_row(item)


def is_no_row(row: Mapping[str, object]) -> bool:
    """Whether a row of a table names nothing and counts nothing."""
    texts = [cell for cell in row.values() if isinstance(cell, str)]
    return bool(texts) and all(map(is_nothing, texts)) and not any(cell for cell in row.values() if cell not in texts)
