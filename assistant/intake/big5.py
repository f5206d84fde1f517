"""Bytes that GB18030 can read too, told from Big5: it reads them as rare characters, Big5 as common ones."""

from __future__ import annotations

import re

#: Kana and characters for private use are what GB18030 makes of Big5's commonest hanzi.
_SIGNS = re.compile("[\u3040-\u30ff\u3400-\u9fff\ue000-\uf8ff]")
#: So many of them tell an encoding; so large a share of them is common in a text that was read in its own.
_FEW, _MOSTLY = 8, 0.75


def of_big5(data: bytes, text: str) -> str:
    """The text of bytes in Big5, "" where ``text``, what GB18030 makes of them, is more likely meant."""
    if _common(text, "gb2312", 0xB0, 0xD7) >= _MOSTLY:
        return ""
    try:
        told = data.decode("cp950")
    except UnicodeDecodeError:
        return ""
    return told if _common(told, "cp950", 0xA4, 0xC6) >= _MOSTLY else ""


def _common(text: str, encoding: str, first: int, last: int) -> float:
    """The share of characters that stand among the common ones of an encoding; 1 for a text with too few to tell."""
    signs = _SIGNS.findall(text)
    known = (one.encode(encoding, "ignore") for one in signs)
    return sum(first <= code[0] <= last for code in known if code) / len(signs) if len(signs) >= _FEW else 1.0
