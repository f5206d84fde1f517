"""What may stand in a stored text. A pasted text may hold anything; what Word could not print is taken out."""

from __future__ import annotations

import re

from assistant.errors import InputError

#: A section of a report has some hundred characters; this is a whole book pasted by mistake.
MAX_CHARACTERS = 500_000

# Controls except tab and newline, lone surrogates, byte order marks, direction marks, and the two non-characters that
# XML forbids. The zero-width joiner stays: emoji are built with it.
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060\ufeff\ufffe\uffff\ud800-\udfff]"
)
_LINE_END = re.compile("\r\n|[\r\x85\u2028\u2029]")


def storable(text: str, what: str = "这段文字") -> str:
    """The text as it is stored: line ends as ``\\n``, unprintable characters gone, everything else untouched.

    Raises:
        InputError: longer than MAX_CHARACTERS.
    """
    cleaned = _UNPRINTABLE.sub("", _LINE_END.sub("\n", text))
    if len(cleaned) > MAX_CHARACTERS:
        raise InputError(
            f"{what}有{len(cleaned)}字，超过了{MAX_CHARACTERS}字的上限，没有保存。", "请分成几节，或只粘贴需要的部分。"
        )
    return cleaned


def storable_json(value: object) -> object:
    """The same for every text inside a JSON value."""
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, list):
        return [storable_json(item) for item in value]
    if isinstance(value, dict):
        return {storable(str(key)): storable_json(item) for key, item in value.items()}
    return value
