"""Where a find stands in its source, in words that a person can follow."""

from __future__ import annotations

import re
from bisect import bisect_right


class Places:
    """The paragraphs of one source."""

    def __init__(self, text: str, source: str) -> None:
        """``source``: what the person knows it by."""
        self._source = source
        self._lines = [0, *(found.end() for found in re.finditer("\n", text))]
        self._filled = [bool(line.strip()) for line in text.split("\n")]

    def place(self, start: int) -> str:
        line = bisect_right(self._lines, start) - 1
        return f"第 {sum(self._filled[: line + 1])} 段"

    def where(self, start: int) -> str:
        return f"{self._source}，{self.place(start)}"
