"""What the models make of the figures that no rule knows, as hits beside those of the rules."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from assistant.facts.fields import FactSchema
from assistant.intake.cleaning import Cleaned
from assistant.intake.extract_context import Reader
from assistant.intake.extract_frame import Frame
from assistant.intake.extract_hit import Hit
from assistant.intake.extract_row import Row
from assistant.intake.extract_words import EDGES
from assistant.intake.learned.figures import FREE, REACH, Sight, seen_of
from assistant.intake.learned.guesses import guessed
from assistant.intake.learned.reader import Learned
from assistant.slots.numeral import Numeral

#: Roles in which a free figure may state a fact.
_MAY_STATE = ("value", "last-year")


def from_models(
    learned: Learned | None,
    cleaned: Cleaned,
    frame: Frame,
    masked: str,
    figures: Sequence[Numeral],
    schema: FactSchema,
    reader: Reader,
    known: Sequence[Hit],
    rows: Sequence[Row],
    told: AbstractSet[int],
) -> Iterator[Hit]:
    """A hit for each guess, with the words in front of its figure.

    Args:
        masked: the text with its figures masked, sign for sign.
        known, rows: what the rules found.
        told: the numbers of figures that state something already, or stand where nothing is stated.
    """
    seen = list(seen_of(frame, figures, reader, known, rows))
    taken = told | {place for place, one in enumerate(seen) if one.tag != FREE or one.role not in _MAY_STATE}
    own = {id(one) for one in figures}
    # 17个村、2个社区 is one figure by now, made of both.
    made = [(hit.figure.start, hit.figure.end) for hit in known if id(hit.figure) not in own]
    taken |= {place for place, one in enumerate(figures) if any(start <= one.start < end for start, end in made)}
    free = [place for place in range(len(seen)) if place not in taken]
    for guess in guessed(learned, Sight(cleaned, masked, seen, free), schema):
        one = figures[guess.place]
        if not _written(cleaned, one):
            continue
        begin = max(one.start - REACH, frame.sentence(one.start).start)
        begin = max([begin, *(other.end for other in figures[max(0, guess.place - 1) : guess.place])])
        begin = one.start - len(frame.text[begin : one.start].lstrip(EDGES))
        context = replace(reader.judge(guess.place), role=guess.role)
        yield Hit(guess.label, one, begin, one.end, 0.0, guess.doubt, context, guessed=True)


def _written(cleaned: Cleaned, one: Numeral) -> bool:
    """Whether the source has a figure where the text that is read has this one: a table's name was told in ours."""
    start, end = cleaned.span(one.start, one.end)
    return any(sign.isnumeric() or sign in "两俩" for sign in cleaned.source[start:end])
