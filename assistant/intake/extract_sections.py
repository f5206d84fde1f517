"""All passages of lists: those of writing, those of running speech, and what their sentences really tell."""

from __future__ import annotations

from assistant.facts.fields import FactSchema
from assistant.intake.extract_counted import counted
from assistant.intake.extract_frame import Frame
from assistant.intake.extract_framed import framed
from assistant.intake.extract_mended import mended
from assistant.intake.extract_paired import paired
from assistant.intake.extract_passages import Passage, passages
from assistant.intake.extract_talk import spoken


def sections(frame: Frame, schema: FactSchema, year: int | None) -> list[Passage]:
    """Where the sections of list facts stand, in order; a ``whole`` one is an item."""
    found = spoken(frame, schema, passages(frame, schema, year), year)
    found = counted(frame, schema.hints.lists, found)
    found = framed(frame, schema.hints.lists, mended(frame.text, schema.hints.lists, found))
    return paired(frame, schema.hints.lists, found, year)
