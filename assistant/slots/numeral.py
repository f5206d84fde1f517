"""A numeral as it was found in a text."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Kind = Literal["count", "money", "percent", "points", "multiple", "year", "date", "ordinal", "number"]
#: "" exact, ``above`` 余 多 超过, ``below`` 近 不足, ``around`` 约 左右.
Rough = Literal["", "above", "below", "around"]


@dataclass(frozen=True, slots=True)
class Numeral:
    """One number.

    Attributes:
        text: as written, words of a 概数 with it. Characters [start, end) of the text.
        value: money in yuan, percent in points, a year as such; None for ranges, vague numbers (几十) and dates.
        unit: measure word; 元 for money, % for percent, 个百分点 for points, "" where none stands there.
        kind: ``number`` is one without unit.
        low, high: the bounds of a range or of a 概数, both included; the value itself otherwise.
        date: for a full date.
    """

    text: str
    start: int
    end: int
    value: Decimal | None
    unit: str
    kind: Kind
    rough: Rough = ""
    low: Decimal | None = None
    high: Decimal | None = None
    date: datetime.date | None = None

    @property
    def approximate(self) -> bool:
        return bool(self.rough)

    @property
    def is_range(self) -> bool:
        return self.value is None and self.low is not None

    def says(self, value: Decimal | int) -> bool:
        """Whether this numeral is a true way to say ``value``: 2000余 is one for 2013."""
        if self.low is None or self.high is None:
            return False
        return self.low <= Decimal(value) <= self.high
