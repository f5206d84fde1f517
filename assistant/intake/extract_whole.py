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
    """A hit with the same figure for each fact that is said to be the whole of one found, and has none of its own."""
    told = {hit.label for hit in hits if hit.context is None or hit.context.role == "value"}
    found = []
    for label, cues in schema.hints.whole.items():
        if label in told:
            continue
        for hit in hits:
            if hit.label != cues.of or (hit.context is not None and hit.context.role != "value"):
                continue
            stop = re.search("[。\n]", frame.text[hit.figure.end : hit.figure.end + _FAR])
            end = hit.figure.end + (stop.start() if stop else _FAR)
            if said := pattern(cues.say).search(frame.text, hit.figure.end, end):
                found.append(
                    replace(hit, label=label, begin=hit.figure.start, end=said.end(), rivals=(), last_year=None)
                )
                break
    return found
