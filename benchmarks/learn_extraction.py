"""Learns what ``assistant/intake/learned`` weighs, from the gold texts of ``extraction_gold``.

Run: ``python benchmarks/learn_extraction.py`` writes ``prompts/armed-forces-work/extraction.npz`` from the halves that
are not locked. ``--without dev11`` leaves a half out, writes nothing, and prints its scores with and without the
models: what they are worth on texts that they have not seen. Needs scikit-learn (requirements-benchmarks.txt).

A figure's class is the label of the gold fact whose value it is and in whose quote it stands, ``T:`` and the table for
a row's, ``L:`` and the label for last year's, ``-`` for what is no fact. A clause's class is the label of the list
fact whose item it tells, at least half of either, or ``-``. What gold only allows is left out.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
sys.path.insert(0, str(ROOT / "benchmarks"))

from extraction import flattened, row  # noqa: E402
from extraction_match import judge, spans, total  # noqa: E402
from gold_facts import HALVES, KINDS, LOCKED, TYPE, Gold, GoldText, Half, digests, schema, texts  # noqa: E402

from assistant.facts.fields import FactSchema, FieldType  # noqa: E402
from assistant.intake.cleaning import Cleaned  # noqa: E402
from assistant.intake.extract import extract_text  # noqa: E402
from assistant.intake.extract_figures import value_of_figure  # noqa: E402
from assistant.intake.learned.clauses import Clause  # noqa: E402
from assistant.intake.learned.clauses import features as of_clause  # noqa: E402
from assistant.intake.learned.figures import FREE, LAST_YEAR, NOTHING, ROW, Seen, Sight  # noqa: E402
from assistant.intake.learned.figures import features as of_figure  # noqa: E402
from assistant.intake.learned.linear import SCALE, Linear, Models, Probabilities, save  # noqa: E402
from assistant.intake.learned.reader import Trained  # noqa: E402

FILE = ROOT / "prompts" / TYPE / "extraction.npz"
#: A feature is learned where so many examples have it; a weight below the least one is nothing.
SEEN, LEAST = 3, 0.08
#: The inverse of the regularisation's strength, and how much more a figure counts that the rules leave open.
STRENGTH, OPEN = {"figures": 3.0, "clauses": 2.0}, 1.5


@dataclass
class Examples:
    """Features, class and weight of each example."""

    features: list[Mapping[str, float]] = field(default_factory=list)
    classes: list[str] = field(default_factory=list)
    weights: list[float] = field(default_factory=list)

    def add(self, features: Mapping[str, float], name: str, weight: float = 1.0) -> None:
        self.features.append(features)
        self.classes.append(name)
        self.weights.append(weight)


@dataclass
class Onlooker:
    """Writes down what the models would be asked about one text, and answers nothing."""

    text: GoldText
    facts: FactSchema
    figures_seen: Examples
    clauses_seen: Examples

    def figures(self, sight: Sight) -> Sequence[Probabilities]:
        for place, one in enumerate(sight.seen):
            start, end = sight.cleaned.span(one.figure.start, one.figure.end)
            name = self._of_figure(one, start, end)
            if name is not None:
                weight = OPEN if one.tag == FREE else 1.0
                self.figures_seen.add(of_figure(sight.masked, sight.seen, place), name, weight)
        return []

    def clauses(self, cleaned: Cleaned, told: Sequence[Clause]) -> Sequence[Probabilities]:
        for place, one in enumerate(told):
            name = self._of_clause(*cleaned.span(one.start, one.end))
            if name is not None:
                self.clauses_seen.add(of_clause(cleaned.text, told, place), name)
        return []

    def _of_figure(self, one: Seen, start: int, end: int) -> str | None:
        """None for what gold only allows."""
        allowed = False
        for gold, counts in self._gold():
            if not any(first <= start and end <= last for first, last in spans(gold.quote, self.text.text)):
                continue
            if name := _class_of(one, gold, self.facts):
                if counts:
                    return name
                allowed = True
        return None if allowed else NOTHING

    def _of_clause(self, start: int, end: int) -> str | None:
        allowed = False
        for gold, counts in self._gold():
            if gold.kind != "list":
                continue
            words = gold.value if gold.value in self.text.text else gold.quote
            for first, last in spans(words, self.text.text)[:1]:
                shared = min(end, last) - max(start, first)
                if shared > 1 and shared * 2 >= min(end - start, last - first):
                    if counts:
                        return gold.label
                    allowed = True
        return None if allowed else NOTHING

    def _gold(self) -> Iterator[tuple[Gold, bool]]:
        yield from ((gold, True) for gold in self.text.gold)
        yield from ((gold, False) for gold in self.text.allowed)


def _class_of(one: Seen, gold: Gold, facts: FactSchema) -> str:
    if gold.row is not None:
        amounts = [cell for cell in gold.row.values() if not isinstance(cell, str)]
        kind = FieldType.MONEY if one.figure.kind == "money" else FieldType.COUNT
        return ROW + gold.label if value_of_figure(one.figure, kind) in amounts else ""
    item = facts.find(gold.label)
    if item is None or not item.type.numeric:
        return ""
    value = value_of_figure(one.figure, FieldType(item.type))
    if value is None:
        return ""
    return gold.label if value == gold.value else LAST_YEAR + gold.label if value == gold.last_year else ""


def look(halves: Iterable[Half], facts: FactSchema) -> tuple[Examples, Examples]:
    figures, clauses = Examples(), Examples()
    for half in halves:
        for text in texts(half):
            extract_text(text.text, facts, learned=Onlooker(text, facts, figures, clauses))
    return figures, clauses


def fitted(examples: Examples, strength: float) -> Linear:
    """The model of these examples, its weights as they are kept."""
    # Wanted here alone: whoever only reads a model does not have it.
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    counts = Counter(name for one in examples.features for name in one)
    known = {name for name, count in counts.items() if count >= SEEN}
    rows = [{name: value for name, value in one.items() if name in known} for one in examples.features]
    columns = DictVectorizer()
    told = columns.fit_transform(rows)
    model = LogisticRegression(C=strength, max_iter=300, tol=1e-3)
    model.fit(told, examples.classes, sample_weight=examples.weights)
    weights = np.where(abs(model.coef_) < LEAST, 0.0, model.coef_).T
    kept = np.flatnonzero(np.any(np.rint(weights * SCALE) != 0, axis=1))
    names = columns.get_feature_names_out()
    return Linear(
        tuple(str(name) for name in model.classes_),
        {str(names[at]): row for row, at in enumerate(kept)},
        np.clip(np.rint(weights[kept] * SCALE), -127, 127).astype(np.int8),
        model.intercept_.astype(np.float32),
    )


def learn(halves: Sequence[Half], facts: FactSchema) -> Models:
    figures, clauses = look(halves, facts)
    return Models(fitted(figures, STRENGTH["figures"]), fitted(clauses, STRENGTH["clauses"]), corpus_digest(halves))


def corpus_digest(halves: Iterable[Half]) -> str:
    """SHA-256 over the digests of the halves' files."""
    lines = (f"{half}/{name} {digest}\n" for half in halves for name, digest in digests(half).items())
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def open_halves() -> list[Half]:
    return [half for half in HALVES if half not in LOCKED]


def compare(half: Half, models: Models | None, facts: FactSchema) -> None:
    for name, learned in (("rules", None), ("with models", Trained(models) if models else None)):
        bare = facts.model_copy(update={"learned": None})
        judged = [
            judge(flattened(extract_text(text.text, bare, learned=learned).facts), text, facts) for text in texts(half)
        ]
        for kind in (*KINDS, "last_year"):
            print(row(f"{half} {name}: {kind}", total(judged, [kind])))
        print(row(f"{half} {name}", total(judged, KINDS)))
        if learned is not None:
            print(
                "\n".join(
                    line
                    for one in judged
                    for line in (*(f"MISSED {x}" for x in one.misses), *(f"FALSE {x}" for x in one.falses))
                )
            )


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--without", action="append", default=[], choices=open_halves())
    asked = parser.parse_args()
    facts = schema()
    if not asked.without:
        with FILE.open("wb") as file:
            save(file, learn(open_halves(), facts))
        return
    for half in asked.without:
        compare(half, learn([one for one in open_halves() if one != half], facts), facts)


if __name__ == "__main__":
    main()
