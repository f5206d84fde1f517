"""Facts out of old reports and notes, by rules: no model, no network.

A figure is a fact only where its own sentence says which one. What is last year's, planned, a change, a part, or said
twice with two values is told, never taken.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.facts.fields import FactSchema, FieldType
from assistant.facts.sheet import Fact
from assistant.intake.cleaning import BLANK, Cleaned, clean
from assistant.intake.extract_account_facts import with_own_words
from assistant.intake.extract_accounts import accounts, spending
from assistant.intake.extract_added import with_added
from assistant.intake.extract_ahead import ahead
from assistant.intake.extract_as_read import as_read
from assistant.intake.extract_binding import Binding
from assistant.intake.extract_bound import readable
from assistant.intake.extract_chosen import Chosen
from assistant.intake.extract_context import Reader
from assistant.intake.extract_each import of_those_counted, parts_of_times, times
from assistant.intake.extract_elsewhere import elsewhere
from assistant.intake.extract_figures import figures
from assistant.intake.extract_frame import Frame
from assistant.intake.extract_from_models import from_models
from assistant.intake.extract_grid import scaled
from assistant.intake.extract_grid_tell import tabulated
from assistant.intake.extract_hit import attach
from assistant.intake.extract_in_parts import told_in_parts
from assistant.intake.extract_items import weighed_items
from assistant.intake.extract_legend import paired
from assistant.intake.extract_lists import items
from assistant.intake.extract_loose import Loose, totals
from assistant.intake.extract_open import open_rows
from assistant.intake.extract_part_of_year import of_the_year, with_others
from assistant.intake.extract_passages import Passage
from assistant.intake.extract_people import people
from assistant.intake.extract_phrases import phrases
from assistant.intake.extract_places import Places
from assistant.intake.extract_reported import beside_reports, of_one_place, own_words, reported, totals_told
from assistant.intake.extract_reporter import spans
from assistant.intake.extract_reporters import only_reporter, reporters
from assistant.intake.extract_row import Row, besides, first_of
from assistant.intake.extract_run_together import taken_apart
from assistant.intake.extract_samples import next_sample
from assistant.intake.extract_sections import sections as sections_of
from assistant.intake.extract_siblings import siblings
from assistant.intake.extract_subjects import of_what_they_have
from assistant.intake.extract_sums import Sums
from assistant.intake.extract_tables import Tables
from assistant.intake.extract_unread import columns_left, unread
from assistant.intake.extract_whole import wholes
from assistant.intake.extract_words import Word, of_another_year
from assistant.intake.extract_year import year_of_text
from assistant.intake.found import Extraction, FoundFact, Notice
from assistant.intake.learned.reader import Learned, learned_of
from assistant.slots.numeral import Numeral

PASTED = "粘贴的文字"
UNREAD = "，不像一份报告，这一段往后没有读。是台账的，请存成 .xlsx 或 .csv，从“从 Excel 台账或表格读”放进来。"


def extract_text(text: str, schema: FactSchema, source: str = PASTED, learned: Learned | None = None) -> Extraction:
    """Every fact that the text states, with the words it was read from.

    Args:
        text: a report or notes as they are; places in the result count its characters.
        source: what the person knows it by, a file's name for example.
        learned: who weighs what the rules leave open; the report type's own models where nobody is named.

    Returns:
        Facts in the order of the text. An item of a list fact is a fact of its own whose value is a tuple of that one
        item; a table's row has its cells in ``row``.

    Raises:
        ReportTypeError: the report type's models cannot be read. No text makes it raise.
    """
    bounded, why = readable(text)
    sample, mark = next_sample(text[:bounded])
    end = min(bounded, sample)
    found = _Extractor(text[:end], schema, source, learned or learned_of(schema)).run()
    if end == len(text):
        return found
    lines = sum(bool(line.strip()) for line in text[:end].split("\n"))
    said = why + UNREAD if sample == bounded else f"从“{mark}”起是合集里的另一份材料，不是本单位的，没有读。"
    unread = Notice("unread", said, "", end, end, f"第 {lines} 段")
    return replace(found, text=text, notices=(unread, *found.notices))


class _Extractor:
    def __init__(
        self, text: str, schema: FactSchema, source: str, learned: Learned | None, *, of_place: bool = False
    ) -> None:
        """``of_place``: the text is what one of several places reports."""
        self._learned = learned
        first = clean(text)
        self._paired = paired(first)
        self._told = tabulated(taken_apart(as_read(self._paired.cleaned), schema), schema)
        self._cleaned: Cleaned = self._told.cleaned
        self._schema = schema
        self._source = source
        self._places = Places(text, source)
        self._notices: list[Notice] = [*self._cleaned.notices, *columns_left(self._told.left, self._places)]
        told = () if of_place else reporters(first, schema)
        self._reporters = tuple(one for one in told if not one.whole)
        self._totals = tuple(one for one in told if one.whole)
        self._alone = "" if of_place or self._reporters else only_reporter(first.text)
        self._of_place = of_place or bool(self._alone)

    def run(self) -> Extraction:
        frame = self._frame = Frame(self._cleaned.text)
        numerals = scaled(frame, figures(frame.text))
        year, year_at = year_of_text(frame, numerals)
        theirs = self._theirs = spans((*self._reporters, *self._totals), self._cleaned.places)
        reader = Reader(frame.text, self._schema.hints.plan, year, numerals, theirs, of_village=self._of_place)
        grid, gridded, spent = self._told.rows, self._told.shut, self._told.spent
        sections = sections_of(frame, self._schema, year)
        sections = [part for part in sections if not _inside(part.start, gridded)]
        sections = sorted([*sections, *self._told.passages], key=lambda part: part.start)
        gridded = [*gridded, *theirs]
        skip = [(passage.start, passage.end) for passage in sections]
        binding = Binding(frame, numerals, self._schema, year, reader)
        tables = Tables(frame, numerals, self._schema, reader, binding.series.runs)
        spent_on = spending(frame, numerals, reader)
        lines = list(accounts(spent_on, frame, numerals, self._schema, reader, skip))
        rows = besides(lines, tables.rows([*skip, *gridded, *spent])) + grid
        skip += gridded
        taken = {place for row in rows for place in row.used if not self._shared(row)}
        strict = with_own_words(binding.hits(skip, taken), spent_on, numerals, self._schema, reader, skip)
        lists = self._schema.hints.lists
        shut = gridded + [(part.start, part.end) for part in sections if not lists[part.label].facts]
        closed = (
            binding.series.used
            | set(binding.nominal)
            | {place for place, one in enumerate(numerals) if any(start <= one.start < end for start, end in shut)}
        )
        loose = Loose(frame, binding.masked, numerals, self._schema, reader)
        strict = totals(strict, loose.sums, numerals)
        strict += loose.hits(strict, closed | taken, binding.series.words)
        strict = of_what_they_have(strict, frame.text, numerals, self._schema)
        strict = Sums(frame, numerals, self._schema, reader).hits(strict, rows, closed | taken)
        strict = told_in_parts(strict, frame.text, numerals)
        labels = {id(hit.figure): hit.label for hit in strict}
        places = {place: labels[id(one)] for place, one in enumerate(numerals) if id(one) in labels}
        places |= {place: row.table for row in rows for place in row.used if place not in places}
        rows += open_rows(frame, binding.masked, numerals, self._schema, reader, places, closed | set(loose.sums))
        told = closed | set(places) | {place for row in rows for place in row.used} | set(loose.sums)
        labels = places | dict.fromkeys(closed | set(loose.sums), "")
        labels |= {place: row.table for row in rows for place in row.used}
        rows += ahead(frame, binding.masked, numerals, self._schema, reader, labels)
        told |= {place for row in rows for place in row.used}
        rows += siblings(rows, binding.masked, numerals, self._schema, reader, told)
        told |= {place for row in rows for place in row.used}
        strict += from_models(
            self._learned, self._cleaned, frame, binding.masked, numerals, self._schema, reader, strict, rows, told
        )
        strict = with_others(strict, frame.text, numerals)
        strict = of_the_year(strict, frame.text, numerals, self._schema)
        strict += parts_of_times(strict, frame.text, numerals, binding, told)
        strict = with_added(times(strict, frame.text, numerals, self._schema), frame.text, numerals, self._schema)
        strict = of_those_counted(strict, numerals, self._schema)
        read = {id(row) for row in grid}
        rows = [row for row in rows if id(row) in read or not _inside(row.start, spent)]
        found = [self._row(row) for row in first_of(rows, self._schema, numerals)]
        hits = attach(strict, binding.last_years(), numerals)
        hits = wholes(hits, frame, self._schema)
        hits = [replace(hit, doubt=hit.doubt or self._doubt_at(hit.figure.start)) for hit in hits]
        chosen = Chosen(frame, self._cleaned, self._schema, self._places)
        found += chosen.facts(hits, skip)
        self._notices += chosen.notices
        found += self._words(frame, numerals, sections, year)
        if year_at is not None and year is not None:
            found += self._years(year, year_at)
        known: list[FoundFact | Notice] = [*found, *self._notices]
        used = {place for place, label in places.items() if label} | {place for row in rows for place in row.used}
        self._notices += unread(self._cleaned, frame, numerals, reader, known, used, loose.sums, theirs)
        found = self._with_places(found)
        found.sort(key=lambda fact: (fact.start, fact.end))
        notices = tuple(sorted(self._notices, key=lambda notice: notice.start))
        return Extraction(self._source, self._cleaned.source, tuple(found), notices, year)

    def _with_places(self, found: list[FoundFact]) -> list[FoundFact]:
        """The facts with what villages report; those of one village alone are told to be its own."""
        if self._alone:
            return of_one_place(found, self._alone, self._schema)

        def read(text: str) -> Extraction:
            return _Extractor(text, self._schema, self._source, self._learned, of_place=True).run()

        labels = {one.label for one in found}
        if not self._reporters:
            return found
        # What the places say of facts that are told for the whole too only speaks against them.
        every, notices = reported(self._reporters, self._cleaned.source, read, self._schema)
        self._notices += [one for one in notices if one.place not in labels]
        found = beside_reports(found, every, self._cleaned.source, self._reporters)
        found += totals_told(self._totals, every, self._cleaned.source, read, labels)
        labels |= {one.label for one in found}
        return found + [one for one in every if one.label not in labels]

    def _doubt_at(self, place: int) -> str:
        """Why a figure waits for a person that its table, or its pair, does not explain; "" where it does."""
        return self._told.doubt_at(place) or self._paired.doubt_at(self._cleaned.places[place])

    def _shared(self, row: Row) -> bool:
        """A row of one amount may say a fact of its own too: 器材装备7.5万元."""
        item = self._schema.by_label[row.table]
        return len(item.columns) == 2 and any(column.type is FieldType.MONEY for column in item.columns)

    # ---- rows and words

    def _row(self, row: Row) -> FoundFact:
        start, end = self._cleaned.span(row.start, row.end)
        item = self._schema.by_label[row.table]
        cells = {column.label: row.cells[column.label] for column in item.columns if column.label in row.cells}
        quote = self._cleaned.source[start:end]
        return FoundFact(row.table, Fact(), quote, start, end, self._places.place(start), "", cells, row.doubt)

    def _words(
        self, frame: Frame, numerals: Sequence[Numeral], sections: Sequence[Passage], year: int | None
    ) -> Iterator[FoundFact]:
        known = [*phrases(frame, self._schema, numerals)]
        for label, cues in self._schema.hints.people.items():
            known += people(frame, self._schema.by_label[label], cues)
        told = [word for word in known if not elsewhere(frame, word, sections, self._schema)]
        told = [word for word in told if not (isinstance(word.value, tuple) and of_another_year(frame, word, year))]
        told += items(frame, sections)
        given = [*self._told.passages, *(part for part in sections if part.sure)]
        for word in weighed_items(self._learned, self._cleaned, frame, told, self._schema, given):
            if word.end > word.start and BLANK not in frame.text[word.start : word.end]:
                one = self._word(word)
                # Whom a village praises is praised; what else it tells is its own.
                theirs = word.label not in self._schema.hints.people and _inside(word.start, self._theirs)
                yield replace(one, doubt=own_words(self._reporters, one.start)) if theirs else one

    def _word(self, word: Word) -> FoundFact:
        start, end = self._cleaned.span(word.start, word.end)
        quote = self._cleaned.source[start:end]
        fact = Fact() if word.row is not None else Fact(word.value, source=self._places.where(start))
        told = (quote, start, end, self._places.place(start))
        return FoundFact(word.label, fact, *told, row=word.row, doubt=word.doubt, guessed=word.guessed)

    def _years(self, year: int, span: tuple[int, int]) -> Iterator[FoundFact]:
        start, end = self._cleaned.span(*span)
        for item in self._schema.fields:
            if item.type is FieldType.YEAR:
                fact = Fact(year, source=self._places.where(start))
                yield FoundFact(
                    item.label, fact, self._cleaned.source[start:end], start, end, self._places.place(start), "年"
                )


def _inside(place: int, stretches: Sequence[tuple[int, int]]) -> bool:
    return any(start <= place < end for start, end in stretches)
