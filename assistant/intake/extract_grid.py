"""Bare numbers below a heading, or in a line, that says 万元."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.intake.extract_frame import Frame
from assistant.slots.numeral import Numeral

_IN_HEADING = re.compile(r"（(?:单位：)?万元）")


def scaled(frame: Frame, figures: Sequence[Numeral]) -> list[Numeral]:
    """The figures, bare numbers under such a heading as money."""
    out = []
    for one in figures:
        if (
            one.kind == "number"
            and one.value is not None
            and not re.match("[一-龥]", frame.text[one.end : one.end + 1])
        ):
            paragraph = frame.paragraphs[frame.sentence(one.start).paragraph]
            said = f"{paragraph.heading}\n{frame.text[paragraph.start : one.start]}"
            if _IN_HEADING.search(said):
                one = replace(one, value=one.value * 10000, unit="元", kind="money", text=one.text)
        out.append(one)
    return out
