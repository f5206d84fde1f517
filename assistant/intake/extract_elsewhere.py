"""What stands in a part of a text that tells something else."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.facts.fields import FactSchema, FieldType
from assistant.intake.extract_frame import Frame
from assistant.intake.extract_passages import Passage
from assistant.intake.extract_words import Word


def elsewhere(frame: Frame, word: Word, sections: Sequence[Passage], schema: FactSchema) -> bool:
    """An item that a plan or a fault only speaks of: 下一步推行活动日制度 is no measure of this year.

    Who is praised by name is no fault: a part that begins inside a paragraph (是火情少了的缘故。民兵连长贺大山…) has no
    such hold over him as one with lines of its own.
    """
    if schema.by_label[word.label].type not in (FieldType.LIST, FieldType.TABLE):
        return False
    over = [part for part in sections if part.start <= word.start < part.end and part.label != word.label]
    if word.label in schema.hints.people:
        return any(not frame.text[: part.start].rpartition("\n")[2].strip(" \u3000") for part in over)
    return bool(over)
