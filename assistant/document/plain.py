"""Plain text that somebody typed as paragraphs: what opens with 一、 or （一） is a heading of its level."""

from __future__ import annotations

import re

from assistant.document.content import Paragraph, Role

_LEVELS = (
    (re.compile(r"[一二三四五六七八九十]{1,3}、"), Role.HEADING1, Role.RUNIN1),
    (re.compile(r"（[一二三四五六七八九十]{1,3}）"), Role.HEADING2, Role.RUNIN2),
    (re.compile(r"\d{1,2}\."), Role.HEADING3, Role.BODY),
    (re.compile(r"（\d{1,2}）"), Role.HEADING4, Role.BODY),
)
_SENTENCE = "。；：，"


def paragraphs_of(text: str) -> tuple[Paragraph, ...]:
    """A paragraph a line. A line with a sentence in it is no heading: 一、 and （一） then open it as 段首句."""
    return tuple(Paragraph.of(line, _role(line)) for given in text.split("\n") if (line := given.strip()))


def _role(line: str) -> Role:
    for opening, heading, runin in _LEVELS:
        if opening.match(line):
            if "。" in line:
                return runin
            return Role.BODY if line.endswith(tuple(_SENTENCE)) else heading
    return Role.BODY
