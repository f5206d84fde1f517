"""The ground of `facts.cues`: data that cannot change, patterns that are checked, and how tables are told."""

from __future__ import annotations

import re
from collections.abc import Mapping

from pydantic import BaseModel, ConfigDict, Field, model_validator


class Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


def check(pattern: str) -> None:
    try:
        re.compile(pattern)
    except re.error as error:
        raise ValueError(f"“{pattern}”不是正确的正则表达式（{error}）") from error


class ColumnCues(Data):
    """Which figures of a row are this column's.

    Attributes:
        units: measure words; 元 for money, ``*`` for any.
        say: words right before the figure that name the column; without them the figure is this column's only
            where ``usual`` is set.
        usual: takes a figure of these units that no column's words name.
        first: takes the figure that stands before the row's name.
    """

    units: tuple[str, ...] = ()
    say: str = ""
    usual: bool = False
    first: bool = False


class OpenRows(Data):
    """Rows whose names no pattern knows: figures of a list that state nothing else.

    Attributes:
        near: must be found in the sentence or its heading.
        noun, unless: must, must not be found in the name.
        units: measure words of the figure; none for money.
        within: a fact that no row may exceed.
        beside, least: so many facts of these labels must stand around it.
    """

    near: str
    noun: str = ""
    unless: str = "(?!)"
    units: tuple[str, ...] = ()
    within: str = ""
    beside: tuple[str, ...] = ()
    least: int = 0

    @model_validator(mode="after")
    def _patterns(self) -> OpenRows:
        for pattern in (self.near, self.noun, self.unless):
            check(pattern)
        return self


class PaidCues(Data):
    """Money paid to groups of people: ``who`` gets it, and of which ``kind`` it is; a row's name is both together."""

    who: str
    kind: str

    @model_validator(mode="after")
    def _patterns(self) -> PaidCues:
        check(self.who)
        check(self.kind)
        return self


class TableCues(Data):
    """How prose lists the rows of a table.

    Attributes:
        key: the row's name; the group ``v`` where only a part of the match is the name.
        unless: names that are none.
        near: must be found in the sentence, the one before or the heading above.
        apart: words in front of a name in its own sentence with which it is none: a team made for one task.
        columns: column → `ColumnCues`; ``unit_column`` takes the measure word itself.
        needs: a row without a figure in one of these columns is none.
        names: name as written → name as the table has it.
        behind: words between a figure and the row's name behind it (2人荣立三等功);
            such rows are not seen without them.
        aside: words of figures that tell of a row and are no column (缺编2人); what follows them must name its column.
        full: words that say that a row has all it shall have: its first two named columns are the same (30人，满编).
        short: names that hold as rows only in a list that is told to be this table's (``about``).
        about: what must stand in the sentence or the heading for ``short`` names.
        siblings: what the name of an item must have that is built like the row beside it; "" where such items are none.
        lead: words before a colon behind which every item of a list is a row (宣传品：海报90张，折页1500份).
        parts: names of a whole whose parts are rows (宣传资料5500份，其中张贴画300张、手册1200本).
        lead_unless: what no name of such a row has, nor one of a list that holds names of ``key``.
        open: rows with names that ``key`` does not know.
        head, tail: words at a name's beginning and end that are no part of it, whoever found the row (买了, 上的有).
        never: names that are none, whoever found the row: what an amount rose to, where it came from.
        paid: rows whose name is told in two parts, with figures between them.
    """

    key: str
    unless: str = ""
    near: str = ""
    apart: str = ""
    columns: Mapping[str, ColumnCues] = Field(default_factory=dict)
    unit_column: str = ""
    needs: tuple[str, ...] = ()
    names: Mapping[str, str] = Field(default_factory=dict)
    behind: str = ""
    full: str = ""
    aside: str = ""
    short: str = ""
    about: str = ""
    siblings: str = ""
    lead: str = ""
    lead_unless: str = "(?!)"
    parts: str = ""
    open: OpenRows | None = None
    head: str = ""
    tail: str = ""
    never: str = ""
    paid: PaidCues | None = None

    @model_validator(mode="after")
    def _patterns(self) -> TableCues:
        for pattern in (
            self.key,
            self.unless,
            self.near,
            self.apart,
            self.behind,
            self.aside,
            self.full,
            self.short,
            self.about,
            self.siblings,
            self.lead,
            self.lead_unless,
            self.parts,
            self.head,
            self.tail,
            self.never,
        ):
            check(pattern)
        return self


class PeopleCues(Data):
    """A table of people and what they did.

    Attributes:
        columns: labels of the columns for name, office and deed.
        offices: how an office ends that may stand in front of a name.
        near: must be found in the sentence, the one before or the heading above.
        unless: words that look like a name and are none.
    """

    columns: tuple[str, str, str]
    offices: str
    near: str = ""
    unless: str = "(?!)"

    @model_validator(mode="after")
    def _patterns(self) -> PeopleCues:
        for pattern in (self.offices, self.near, self.unless):
            check(pattern)
        return self
