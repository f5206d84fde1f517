"""Where a ledger's header is, what it says over each column, and which rows below hold data."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from assistant.intake.ledger_words import is_footer, is_form_line, is_unit, sheet_unit, total_word
from assistant.intake.workbook_grid import Grid, Span

#: Titles, remarks and units stand over the header; more lines than this are no heading.
_LOOK_INTO = 15


@dataclass(frozen=True)
class Layout:
    """A grid as a person sees it: hidden rows and columns left out, merged headers filled."""

    grid: Grid

    @cached_property
    def columns(self) -> tuple[int, ...]:
        """Visible columns with anything in them."""
        used = {at for _, row in self.grid.numbered() for at, cell in enumerate(row, 1) if cell not in (None, "")}
        return tuple(at for at in sorted(used) if at not in self.grid.hidden_columns)

    @cached_property
    def rows(self) -> tuple[int, ...]:
        """Visible rows with anything in them."""
        gone = self.grid.hidden_rows | self.grid.left_rows
        return tuple(
            number
            for number, row in self.grid.numbered()
            if number not in gone and any(cell not in (None, "") for cell in row)
        )

    @cached_property
    def _spans(self) -> dict[tuple[int, int], Span]:
        """Cells of merged ranges near the top, and of those in one column (a village over its rows)."""
        found: dict[tuple[int, int], Span] = {}
        for span in self.grid.merges:
            bottom = min(span.bottom, len(self.grid.rows))
            right = min(span.right, self.grid.width)
            if span.top > _LOOK_INTO + 5 and span.left != span.right:
                continue
            for row in range(span.top, bottom + 1):
                for column in range(span.left, right + 1):
                    found[row, column] = span
        return found

    def text(self, row: int, column: int) -> str:
        """The cell's text; that of the whole merged range for each of its cells."""
        span = self._spans.get((row, column))
        return self.grid.text(span.top, span.left) if span else self.grid.text(row, column)

    def is_number(self, row: int, column: int) -> bool:
        value = self.grid.value(row, column)
        if isinstance(value, bool):
            return False
        return isinstance(value, int | Decimal) or (isinstance(value, str) and _numeric(value))

    def header(self, known: Callable[[str], bool]) -> tuple[int, int] | None:
        """(first, last) row of the header; None where no row looks like one.

        Args:
            known: whether a text is the name of a fact or of a table's column.
        """
        best, score = 0, 0
        for row in [row for row in self.rows if row <= _LOOK_INTO + self.rows[0]][:_LOOK_INTO]:
            texts = {text for at in self.columns if (text := self.text(row, at)) and not self.is_number(row, at)}
            numbers = sum(self.is_number(row, at) for at in self.columns)
            if len(texts) < 2 or total_word(self.text(row, self.columns[0])):
                continue
            worth = 4 * sum(known(text) for text in texts) + min(len(texts), 6) - 3 * numbers
            if worth > score:
                best, score = row, worth
        if not best:
            return None
        top = bottom = best
        while self._heads(top - 1, top):
            top -= 1
        while bottom - best < 2 and self._continues(bottom):
            bottom += 1
        return top, bottom

    def _heads(self, upper: int, lower: int) -> bool:
        """Whether the row above is part of the header: it groups some of the columns, not all of them (a title)."""
        if upper < 1 or upper not in self.rows or any(self.is_number(upper, at) for at in self.columns):
            return False
        texts = [self.text(upper, at) for at in self.columns]
        if any(map(is_form_line, texts)):
            return False
        wide = [self._spans[upper, at] for at in self.columns if (upper, at) in self._spans]
        if any(span.bottom >= lower > span.top for span in wide):
            return True
        if any(1 < _width(span, self.columns) < len(self.columns) for span in wide):
            return True
        return not self.grid.merges and sum(map(bool, texts)) >= 2 and not all(texts)

    def _continues(self, row: int) -> bool:
        below = row + 1
        texts = [self.text(below, at) for at in self.columns]
        if below not in self.rows or not any(texts) or any(self.is_number(below, at) for at in self.columns):
            return False
        if all(not text or is_unit(text) for text in texts):
            return True
        spans = [self._spans[row, at] for at in self.columns if (row, at) in self._spans]
        return any(span.bottom > row or _width(span, self.columns) > 1 for span in spans)

    def titles(self, top: int, bottom: int, column: int) -> list[str]:
        """What the header says over a column, from above, nothing twice."""
        texts = []
        for row in range(top, bottom + 1):
            text = self.text(row, column)
            if not text and not self.grid.merges and row < bottom:
                # A text file has no merged cells: what stands to the left reaches over here.
                text = next((left for at in range(column - 1, 0, -1) if (left := self.text(row, at))), "")
            texts.append(text.replace("\n", ""))
        return list(dict.fromkeys(text for text in texts if text))

    def unit_above(self, top: int) -> str:
        """The unit that a line over the header gives (单位：万元), "" without one."""
        lines = (self.grid.text(row, at) for row in range(1, top + 1) for at in range(1, self.grid.width + 1))
        return next((unit for line in lines if line and (unit := sheet_unit(line))), "")

    @property
    def unit_before(self) -> str:
        """The unit of a table before this one on its tab, "" without one."""
        return next((unit for line in self.grid.above if (unit := sheet_unit(line))), "")

    def lines_above(self, top: int) -> list[str]:
        """What stands over the header."""
        lines = (self.grid.text(row, at) for row in range(1, top) for at in range(1, self.grid.width + 1))
        return [line for line in lines if line]

    def heading(self, top: int) -> str:
        """The lines over the header, with the tab's name."""
        return " ".join([self.grid.tab, *self.lines_above(top)])

    def below(self, bottom: int) -> Sequence[int]:
        """The rows under the header, without the lines about who filled in the table."""
        return self._body[bisect_right(self._body, bottom) :]

    @cached_property
    def _body(self) -> list[int]:
        first = self.columns[0] if self.columns else 1
        return [row for row in self.rows if not is_footer(self.grid.text(row, first))]


def _width(span: Span, columns: Sequence[int]) -> int:
    return sum(span.left <= at <= span.right for at in columns)


def _numeric(text: str) -> bool:
    return text.replace(",", "").replace(".", "", 1).removeprefix("-").removesuffix("%").isdigit()
