"""How prose says a fact: the hints of ``extraction.yaml``, a report type's optional file beside ``report.yaml``.

Patterns are regular expressions over cleaned prose (half-width, simplified). In a cue ``#`` is the place of the figure
with its measure word: ``党委议军会议?#`` finds 党委议军会议3次, ``#党委议军会`` finds 3次党委议军会.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Literal

from pydantic import Field, model_validator

from assistant.facts.cues_runs import RunCues as RunCues
from assistant.facts.cues_tables import ColumnCues as ColumnCues
from assistant.facts.cues_tables import Data, check
from assistant.facts.cues_tables import OpenRows as OpenRows
from assistant.facts.cues_tables import PeopleCues as PeopleCues
from assistant.facts.cues_tables import TableCues as TableCues

_MARKS = re.compile(r"\[[^\]]*\]|\\.|#")
Zone = Literal["all", "title", "byline", "addressee", "opening", "body", "signature"]


class Cue(Data):
    """One way to say a figure.

    Attributes:
        say: words before and behind the figure (``#``).
        of: the fact that the figure before in the same sentence must state; what stands before ``#`` is then looked for
            only between the two.
        near: must be found in the sentence, the one before or the heading above.
        unless: must not be found in the figure's own clause.
        units: measure words that this way of saying may have besides the field's own.
        doubt: why a person should look twice.
    """

    say: str
    of: str = ""
    near: str = ""
    unless: str = ""
    units: tuple[str, ...] = ()
    doubt: str = ""

    @model_validator(mode="before")
    @classmethod
    def _short(cls, data: object) -> object:
        return {"say": data} if isinstance(data, str) else data

    @model_validator(mode="after")
    def _patterns(self) -> Cue:
        if self.split is None:
            raise ValueError(f"“{self.say}”里要有一个 #，表示数字的位置")
        for pattern in (*self.split, self.near, self.unless):
            check(pattern)
        return self

    @property
    def split(self) -> tuple[str, str] | None:
        """The patterns before and behind the figure; inside ``[…]`` a # is another figure."""
        places = [found.start() for found in _MARKS.finditer(self.say) if found.group() == "#"]
        return (self.say[: places[0]], self.say[places[0] + 1 :]) if len(places) == 1 else None


class FigureCues(Data):
    """All ways to say one figure; a bare list of cues is short for ``cues``.

    Attributes:
        unless: must not be found in the figure's clause, whatever the cue.
        units: measure words besides the field's own.
        zero: sayings that mean nought.
        aliases: whether label and aliases of the field are cues of their own.
        shared: the fact may take a figure that states another one too (全镇16个村（社区）都建有民兵之家).
    """

    cues: tuple[Cue, ...] = ()
    unless: str = ""
    units: tuple[str, ...] = ()
    zero: tuple[str, ...] = ()
    aliases: bool = True
    shared: bool = False

    @model_validator(mode="before")
    @classmethod
    def _short(cls, data: object) -> object:
        return {"cues": data} if isinstance(data, list | tuple) else data

    @model_validator(mode="after")
    def _patterns(self) -> FigureCues:
        for pattern in (self.unless, *self.zero):
            check(pattern)
        return self


class ListCues(Data):
    """A list fact that has a section or a passage of its own.

    Attributes:
        heading: the heading, or the run-in words, that open it.
        lead: words inside a paragraph behind which its items follow.
        word: nouns that name it in the later part of a text, in a heading or in a sentence that has ``beside`` too.
        begins: words that name it there at the beginning of a sentence, or in a heading; ``<次年>`` is the year after
            the report's.
        unless: must not be found in a heading or a sentence that ``word`` names.
        stop: words that end it.
        facts: its items may state figures of this year that nothing else states.
        spoken: a clause that opens it in running speech (最不踏实的是), or what stands in front of its first item.
        then: a clause that opens it right behind items of another list that were told in running speech.
        behind: the list whose items stand in the sentence in front of a clause that opens this one in running speech.
        needs: must be found in an item that is told in running speech.
        next: how a clause begins that is the next item where only commas part them.
        within: where an item of another list turns to this one (…没补上，是我催得不够).
        turned: the list whose items turn to this one in writing.
        turn: where they do (…不齐，缘由是…).
        given: what stands in front of an item of this list that one of ``turned`` follows (由于…，…).
        paired: how a clause begins that turns to this list in each of several faults (原因是…; 对策：…).
    """

    heading: str
    lead: str = ""
    word: str = ""
    beside: str = ""
    begins: str = ""
    unless: str = ""
    stop: str = ""
    facts: bool = False
    spoken: str = ""
    then: str = ""
    behind: str = ""
    needs: str = ""
    next: str = ""
    within: str = ""
    turned: str = ""
    turn: str = ""
    given: str = ""
    paired: str = ""

    @model_validator(mode="after")
    def _patterns(self) -> ListCues:
        written = (self.heading, self.lead, self.word, self.beside, self.begins, self.unless, self.stop)
        talk = (self.spoken, self.then, self.needs, self.next, self.within)
        for pattern in (*written, *talk, self.turn, self.given, self.paired):
            check(pattern)
        return self


class WordCue(Data):
    """One way to say a text fact; the group ``v`` (or named groups, for a row's columns) is its value.

    Attributes:
        zone: where it may stand.
        value: the value that a match means; "" for the group's text.
        unless: must not be found in the value.
        near: must be found in the sentence or the heading above it.
        whole: a list's item may hold a 、 of its own.
        clauses: a list's items are parted by ， too.
    """

    say: str
    zone: Zone = "all"
    value: str = ""
    unless: str = ""
    near: str = ""
    whole: bool = False
    clauses: bool = False

    @model_validator(mode="before")
    @classmethod
    def _short(cls, data: object) -> object:
        return {"say": data} if isinstance(data, str) else data

    @model_validator(mode="after")
    def _patterns(self) -> WordCue:
        for pattern in (self.say, self.unless, self.near):
            check(pattern)
        return self


class LooseCue(Data):
    """Words of a figure's own clause by which it may be known where no `Cue` fits its sentence.

    Attributes:
        say: words of the clause, in front of the figure or behind it.
        near: must be found in the heading, the sentence, or the one before.
        unless: must not be found in the clause.
        units: measure words besides the field's own.
        after: the figure before must state one of these facts.
        bare: a figure without a measure word will do.
    """

    say: str
    near: str = ""
    unless: str = ""
    units: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    bare: bool = True

    @model_validator(mode="before")
    @classmethod
    def _short(cls, data: object) -> object:
        return {"say": data} if isinstance(data, str) else data

    @model_validator(mode="after")
    def _patterns(self) -> LooseCue:
        for pattern in (self.say, self.near, self.unless):
            check(pattern)
        return self


class WholeCue(Data):
    """Words behind the figure of another fact (``of``) that say this fact is all of it."""

    of: str
    say: str

    @model_validator(mode="after")
    def _patterns(self) -> WholeCue:
        check(self.say)
        return self


class SumCue(Data):
    """How arithmetic tells a figure; one of the three.

    Attributes:
        parts: nouns of the figures that are added (17个行政村、3个社区), each right beside its figure.
        of: the fact that the last figure before them must state.
        rows, column: the table whose column adds up to it.
        product: facts that multiply to it.
    """

    parts: tuple[str, ...] = ()
    of: str = ""
    rows: str = ""
    column: str = ""
    product: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _patterns(self) -> SumCue:
        for part in self.parts:
            check(part)
        return self


class RosterCue(Data):
    """A figure that a list of people gives by its lines.

    Attributes:
        said: what its caption must say of who they are (入伍新兵花名册).
        head, cell: only the people are counted who have such a cell below such a head (学历, 大专); all without them.
    """

    said: str
    head: str = ""
    cell: str = ""

    @model_validator(mode="after")
    def _patterns(self) -> RosterCue:
        for pattern in (self.said, self.head, self.cell):
            check(pattern)
        return self


class ExtractionHints(Data):
    """Everything that ``extraction.yaml`` says. Empty: label and aliases alone are looked for.

    Attributes:
        facts: label of a figure → how it is said.
        tables, lists, texts: the same for the other kinds of facts. A list or a table may stand in ``texts`` too.
        runs: label of a list → how running text tells its items in one breath.
        people: label of a table of people → how they are named.
        loose: label of a figure → words by which it is known where no cue fits.
        whole: label of a figure → words that say it is all of another fact.
        sums: label of a figure → how arithmetic tells it.
        rosters: label of a figure → how a list of people gives it.
        most: text facts of which the most frequent match counts, instead of the first.
        decoys: ways to say figures that are no fact of this report type.
        plan: words that make a figure a plan, a task or a standard instead of a result.
        chat: label → short words for it that only a talk with its writer understands (征兵12人); too loose for a text.
    """

    facts: Mapping[str, FigureCues] = Field(default_factory=dict)
    loose: Mapping[str, tuple[LooseCue, ...]] = Field(default_factory=dict)
    tables: Mapping[str, TableCues] = Field(default_factory=dict)
    lists: Mapping[str, ListCues] = Field(default_factory=dict)
    texts: Mapping[str, tuple[WordCue, ...]] = Field(default_factory=dict)
    runs: Mapping[str, RunCues] = Field(default_factory=dict)
    people: Mapping[str, PeopleCues] = Field(default_factory=dict)
    whole: Mapping[str, WholeCue] = Field(default_factory=dict)
    sums: Mapping[str, SumCue] = Field(default_factory=dict)
    rosters: Mapping[str, RosterCue] = Field(default_factory=dict)
    most: tuple[str, ...] = ()
    decoys: tuple[Cue, ...] = ()
    plan: str = ""
    chat: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)

    def labels(self) -> Iterator[tuple[str, str]]:
        """(part, label) of everything that names a fact, for the loader to check."""
        for part in (
            "facts",
            "loose",
            "tables",
            "lists",
            "texts",
            "runs",
            "people",
            "whole",
            "sums",
            "rosters",
            "chat",
        ):
            for label in getattr(self, part):
                yield part, label
        for label in self.most:
            yield "most", label
        for owner, figure in self.facts.items():
            for cue in figure.cues:
                if cue.of:
                    yield f"facts.{owner}.of", cue.of
        for owner, total in self.sums.items():
            for label in (*total.product, *((total.rows,) if total.rows else ())):
                yield f"sums.{owner}", label
        for owner, whole in self.whole.items():
            yield f"whole.{owner}.of", whole.of
        for owner, table in self.tables.items():
            for label in (*table.open.beside, *filter(None, (table.open.within,))) if table.open else ():
                yield f"tables.{owner}.open", label
        for owner, loose in self.loose.items():
            for word in loose:
                for label in word.after:
                    yield f"loose.{owner}.after", label


NO_HINTS = ExtractionHints()
