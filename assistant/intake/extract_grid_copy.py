"""The text that is read in the place of the one with tables; each of its signs knows where it stood in the source."""

from __future__ import annotations

from dataclasses import replace

from assistant.intake.cleaning import Cleaned
from assistant.intake.extract_grid_read import Line


class Copy:
    """A cleaned text, written anew bit by bit.

    Attributes:
        size: how long it is by now.
        shut: stretches whose figures say nothing more.
        doubts: stretches with why their figures wait for a person.
        left: columns of figures that no fact took, with a place of the text.
    """

    def __init__(self, cleaned: Cleaned) -> None:
        self._cleaned = cleaned
        self._text: list[str] = []
        self._places: list[int] = []
        self.size = 0
        self.shut: list[tuple[int, int]] = []
        self.doubts: list[tuple[int, int, str]] = []
        self.left: list[tuple[int, str]] = []

    def cleaned(self) -> Cleaned:
        text = "".join(self._text).removesuffix("\n")
        return replace(self._cleaned, text=text, places=self._places[: len(text)])

    def whole(self) -> Cleaned:
        """All of it, its last line's end too."""
        return replace(self._cleaned, text="".join(self._text), places=list(self._places))

    def keep_shut(self, line: Line) -> None:
        begin = self.size
        self.add(self._cleaned.text[line.start : line.end], line.start)
        joined(self.shut, begin, self.size)
        self.end(line)

    def end(self, line: Line) -> None:
        if line.end < len(self._cleaned.text):
            self.add("\n", line.end)
        else:
            self.made("\n", max(0, line.end - 1))

    def add(self, text: str, start: int) -> None:
        """Words of the text from a place on."""
        self._text.append(text)
        self._places += self._cleaned.places[start : start + len(text)]
        self.size += len(text)

    def doubted(self, start: int, doubt: str) -> None:
        """What was written since a place is in doubt, where there is one."""
        if doubt and self.size > start:
            self.doubts.append((start, self.size, doubt))

    def made(self, text: str, start: int, end: int | None = None) -> None:
        """Words of our own, or words in another order: they stand for [start, end] of the text."""
        last = start if end is None else max(start, end)
        places = [
            self._cleaned.places[min(start + at, last) if at + 1 < len(text) else last] for at in range(len(text))
        ]
        self._text.append(text)
        self._places += places
        self.size += len(text)


def joined(stretches: list[tuple[int, int]], start: int, end: int) -> None:
    """Adds a stretch, as part of the last one where only a line's end parts them: a table has many lines."""
    if stretches and start - stretches[-1][1] <= 1:
        start = stretches.pop()[0]
    stretches.append((start, end))
