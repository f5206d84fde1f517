"""Text made fit for a Word file: legal characters, placeholders, widths in 字."""

from __future__ import annotations

import re
import unicodedata

from assistant.document.content import Run

PLACEHOLDER = re.compile(r"【待[补填定核][^【】\n]*】")
"""An open fact as text. The renderer writes 【待补：…】; people write the others by hand."""

_LINE_BREAKS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
# Everything XML 1.0 forbids, and marks without width that only break searching.
_ILLEGAL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff\ufeff\u200b\u2060]")
_SURROGATES = re.compile("[\ud800-\udfff]")


def clean_text(text: str) -> str:
    """``text`` with every kind of line break as ``\\n`` and nothing that XML 1.0 forbids.

    Surrogate halves that belong together (JSON ``\\ud83d\\ude00`` read naively) become their
    character; a lone half becomes U+FFFD, so that the loss can be seen.
    """
    text = _ILLEGAL.sub("", _LINE_BREAKS.sub("\n", text))
    if _SURROGATES.search(text):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


def split_placeholders(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """The runs with placeholders written inside text runs made placeholder runs of their own."""
    pieces: list[Run] = []
    for run in runs:
        if run.kind == "placeholder" or "【待" not in run.text:
            pieces.append(run)
            continue
        end = 0
        for match in PLACEHOLDER.finditer(run.text):
            pieces.append(Run(run.text[end : match.start()]))
            pieces.append(Run(match.group(), "placeholder"))
            end = match.end()
        pieces.append(Run(run.text[end:]))
    return tuple(piece for piece in pieces if piece.text)


def width(text: str, narrow: float = 0.5) -> float:
    """Width of one line of text in 字 (one hanzi = 1); half-width characters count ``narrow``."""
    return sum(_char_width(char, narrow) for char in text)


def _char_width(char: str, narrow: float) -> float:
    if unicodedata.combining(char) or char in "\u200d\ufe0f":
        return 0.0
    # Quotes, dashes and dots are "ambiguous"; in Chinese fonts they take a full 字.
    return 1.0 if unicodedata.east_asian_width(char) in "WFA" else narrow
