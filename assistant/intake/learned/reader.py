"""Who weighs what the rules leave open: the models of a report type, or a learner who looks on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from assistant.facts.fields import FactSchema
from assistant.intake.cleaning import Cleaned
from assistant.intake.learned.clauses import Clause
from assistant.intake.learned.clauses import features as of_clause
from assistant.intake.learned.figures import Sight
from assistant.intake.learned.figures import features as of_figure
from assistant.intake.learned.linear import Models, Probabilities, load


class Learned(Protocol):
    """Gives probabilities; an empty answer says nothing."""

    def figures(self, sight: Sight) -> Sequence[Probabilities]:
        """Class → probability for each of the free figures, in their order."""

    def clauses(self, cleaned: Cleaned, told: Sequence[Clause]) -> Sequence[Probabilities]:
        """Class → probability for each clause, in order."""


@dataclass(frozen=True)
class Trained:
    """The models of a report type."""

    models: Models

    def figures(self, sight: Sight) -> Sequence[Probabilities]:
        model = self.models.figures
        return model.of_each([of_figure(sight.masked, sight.seen, place) for place in sight.free])

    def clauses(self, cleaned: Cleaned, told: Sequence[Clause]) -> Sequence[Probabilities]:
        model = self.models.clauses
        return model.of_each([of_clause(cleaned.text, told, place) for place in range(len(told))])


def learned_of(schema: FactSchema) -> Learned | None:
    """What a report type has learned; None where it has not.

    Raises:
        ReportTypeError: its file is broken.
    """
    return None if schema.learned is None else Trained(load(schema.learned))
