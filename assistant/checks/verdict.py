"""What is known about one number of a text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from assistant.checks.figures import Figure

Status = Literal["grounded", "mismatch", "unknown"]


@dataclass(frozen=True)
class Verdict:
    """What is known about a number.

    Attributes:
        figure: the fact that it says (grounded), should say (mismatch), or whose empty place it takes (unknown).
        named: the context named the fact; otherwise only the value told it.
        others: figures with the same value, where several are and none is named more than another.
    """

    status: Status
    figure: Figure | None = None
    named: bool = False
    others: tuple[Figure, ...] = ()
