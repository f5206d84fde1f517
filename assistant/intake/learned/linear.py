"""A multinomial logistic model over named features, and the file that a report type ships it in.

The file is a NumPy archive without pickled objects. For each part (``figures``, ``clauses``) it has

- ``<part>.features``, ``<part>.classes``: names in UTF-8 as bytes, parted by U+001E;
- ``<part>.weights``: int8, features × classes, in units of 1/``SCALE``;
- ``<part>.bias``: float32, one for each class;

and ``corpus``: the SHA-256 of the texts that it was learned from. ``benchmarks/learn_extraction.py`` writes it.
"""

from __future__ import annotations

import zipfile
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

from assistant.errors import ReportTypeError

SCALE = 32.0
_APART = "\x1e"
PARTS = ("figures", "clauses")
#: Asked together, so that a long text takes no more memory than a short one: some 10 MB.
_AT_ONCE = 64
Features = Mapping[str, float]
Probabilities = dict[str, float]


@dataclass(frozen=True)
class Linear:
    """Classes and what each feature says for or against them.

    Attributes:
        rows: feature → its row of ``weights``.
        weights: int8, features × classes, in units of 1/``SCALE``.
        bias: float32, one for each class.
    """

    classes: tuple[str, ...]
    rows: Mapping[str, int]
    weights: NDArray[np.int8]
    bias: NDArray[np.float32]

    def probabilities(self, features: Features) -> Probabilities:
        """Class → probability, 0 to 1; together 1. Features that were never seen say nothing."""
        return self.of_each([features])[0]

    def of_each(self, asked: Sequence[Features]) -> list[Probabilities]:
        """The same for several, in order."""
        return [one for start in range(0, len(asked), _AT_ONCE) for one in self._some(asked[start : start + _AT_ONCE])]

    def _some(self, asked: Sequence[Features]) -> list[Probabilities]:
        rows, values, ends = array("q"), array("d"), []
        for features in asked:
            for name, value in features.items():
                if (row := self.rows.get(name)) is not None:
                    rows.append(row)
                    values.append(value)
            ends.append(len(rows))
        scores = np.tile(self.bias.astype(np.float64), (len(asked), 1))
        starts = np.array([0, *ends[:-1]])
        known = np.flatnonzero(starts < np.array(ends))
        if len(known):
            said = self.weights[np.frombuffer(rows, np.int64)] * (np.frombuffer(values)[:, None] / SCALE)
            scores[known] += np.add.reduceat(said, starts[known], axis=0)
        raised = np.exp(scores - scores.max(axis=1, keepdims=True))
        raised /= raised.sum(axis=1, keepdims=True)
        return [dict(zip(self.classes, shares, strict=True)) for shares in raised.tolist()]


@dataclass(frozen=True)
class Models:
    """The two models of a report type; ``corpus``: the digest of the texts behind them."""

    figures: Linear
    clauses: Linear
    corpus: str


@lru_cache(maxsize=8)
def load(file: Path) -> Models:
    """The models in a file.

    Raises:
        ReportTypeError: the file is no archive of such models.
    """
    try:
        with file.open("rb") as opened, np.load(opened, allow_pickle=False) as kept:
            figures, clauses = (_part(kept, part) for part in PARTS)
            return Models(figures, clauses, str(kept["corpus"]))
    except (OSError, KeyError, ValueError, zipfile.BadZipFile) as error:
        raise ReportTypeError(f"{file.parent.name}/{file.name}", None, f"文件坏了，读不出来（{error}）") from error


def _part(kept: Mapping[str, NDArray[np.generic]], part: str) -> Linear:
    classes, names = (kept[f"{part}.{name}"].tobytes().decode().split(_APART) for name in ("classes", "features"))
    weights = np.asarray(kept[f"{part}.weights"], dtype=np.int8)
    bias = np.asarray(kept[f"{part}.bias"], dtype=np.float32)
    if weights.shape != (len(names), len(classes)) or bias.shape != (len(classes),):
        raise ValueError(f"{part}: {weights.shape}")
    return Linear(tuple(classes), {name: row for row, name in enumerate(names)}, weights, bias)


def save(file: IO[bytes], models: Models) -> None:
    """Writes what ``load`` reads; the same models give the same bytes."""
    arrays: dict[str, Any] = {"corpus": np.asarray(models.corpus)}
    for part in PARTS:
        model: Linear = getattr(models, part)
        arrays[f"{part}.classes"] = np.frombuffer(_APART.join(model.classes).encode(), dtype=np.uint8)
        arrays[f"{part}.features"] = np.frombuffer(_APART.join(model.rows).encode(), dtype=np.uint8)
        arrays[f"{part}.weights"] = model.weights
        arrays[f"{part}.bias"] = model.bias
    np.savez_compressed(file, **arrays)
