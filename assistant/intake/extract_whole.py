"""Facts that are said to be all of another: 适龄青年14人，全部登记; 上站2人，都合格."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.facts.fields import FactSchema
from assistant.intake.extract_cues import pattern
from assistant.intake.extract_frame import Frame
from assistant.intake.extract_hit import Hit

#: How far behind the figure the words may stand.
_FAR = 30


def wholes(hits: Sequence[Hit], frame: Frame, schema: FactSchema) -> list[Hit]:
    """The hits, with one more for each fact that is said to be the whole of one found, and has no figure of its own.

    The 一 of 各有一个民兵连 is no figure of its own: it is a word of the saying.
    """
    out = list(hits)
    for label, cues in schema.hints.whole.items():
        told = next(
            (
                (hit, said)
                for hit in out
                if hit.label == cues.of and _now(hit) and (said := _said(hit, cues.say, frame.text)) is not None
            ),
            None,
        )
        if told is None:
            continue
        hit, said = told
        out = [one for one in out if one.label != label or not said.start() <= one.figure.start < said.end()]
        if not any(one.label == label and _now(one) for one in out):
            out.append(replace(hit, label=label, begin=hit.figure.start, end=said.end(), rivals=(), last_year=None))
    return out


def _now(hit: Hit) -> bool:
    return hit.context is None or hit.context.role == "value"


def _said(hit: Hit, say: str, text: str) -> re.Match[str] | None:
    """The saying behind a figure, in its own sentence."""
    stop = re.search("[。\n]", text[hit.figure.end : hit.figure.end + _FAR])
    return pattern(say).search(text, hit.figure.end, hit.figure.end + (stop.start() if stop else _FAR))
