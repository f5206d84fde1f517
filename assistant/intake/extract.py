"""Facts out of old reports and notes, by rules: no model, no network.

A figure is a fact only where its own sentence says which one. What is last year's, planned, a change, a part, or said
twice with two values is told, never taken.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Literal

from assistant.facts.fields import FactSchema, FieldType
from assistant.facts.sheet import Fact
from assistant.intake.cleaning import BLANK, Cleaned, clean
from assistant.intake.extract_account_facts import with_own_words
from assistant.intake.extract_accounts import accounts, spending
from assistant.intake.extract_ahead import ahead
from assistant.intake.extract_as_read import as_read
from assistant.intake.extract_binding import Binding
from assistant.intake.extract_bound import readable
from assistant.intake.extract_context import Reader
from assistant.intake.extract_cues import cues_of
from assistant.intake.extract_elsewhere import elsewhere
from assistant.intake.extract_figures import approximation, figures, unit_of, value_of_figure
from assistant.intake.extract_frame import Frame
from assistant.intake.extract_from_models import from_models
from assistant.intake.extract_grid import scaled
from assistant.intake.extract_grid_tell import tabulated
from assistant.intake.extract_hit import Hit, attach
from assistant.intake.extract_in_parts import told_in_parts
from assistant.intake.extract_items import weighed_items
from assistant.intake.extract_last_year import last_of_nought
from assistant.intake.extract_legend import paired
from assistant.intake.extract_lists import items
from assistant.intake.extract_loose import Loose, totals
from assistant.intake.extract_open import open_rows
from assistant.intake.extract_part_of_year import of_the_year, with_others
from assistant.intake.extract_passages import Passage
from assistant.intake.extract_people import people
from assistant.intake.extract_phrases import phrases
from assistant.intake.extract_reported import of_one_place, own_words, reported
from assistant.intake.extract_reporters import Reporter, only_reporter, reporters, spans
from assistant.intake.extract_row import Row, besides, first_of
from assistant.intake.extract_sections import sections as sections_of
from assistant.intake.extract_siblings import siblings
from assistant.intake.extract_subjects import of_what_they_have
from assistant.intake.extract_sums import Sums
from assistant.intake.extract_tables import Tables
from assistant.intake.extract_whole import wholes
from assistant.intake.extract_words import Word, of_another_year
from assistant.intake.extract_year import year_of_text
from assistant.intake.found import Extraction, FoundFact, Notice
from assistant.intake.learned.reader import Learned, learned_of
from assistant.slots.numeral import Numeral

#: Words of a sentence whose figures are those of the whole, and how much that is worth.
_WHOLE, _WIDTH = re.compile("汇总|全[镇乡办](?!党委)|全街道|总共|总计"), 6.0
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
    end, why = readable(text)
    found = _Extractor(text[:end], schema, source, learned or learned_of(schema)).run()
    if end == len(text):
        return found
    lines = sum(bool(line.strip()) for line in text[:end].split("\n"))
    unread = Notice("unread", why + UNREAD, "", end, end, f"第 {lines} 段")
    return replace(found, text=text, notices=(unread, *found.notices))


class _Extractor:
    def __init__(
        self, text: str, schema: FactSchema, source: str, learned: Learned | None, *, of_place: bool = False
    ) -> None:
        """``of_place``: the text is what one of several places reports."""
        self._learned = learned
        first = clean(text)
        self._paired = paired(first)
        self._told = tabulated(as_read(self._paired.cleaned), schema)
        self._cleaned: Cleaned = self._told.cleaned
        self._schema = schema
        self._source = source
        self._lines = [0, *(found.end() for found in re.finditer("\n", text))]
        self._filled_lines = [bool(line.strip()) for line in text.split("\n")]
        self._notices: list[Notice] = list(self._cleaned.notices)
        self._reporters: tuple[Reporter, ...] = () if of_place else reporters(first)
        self._alone = "" if of_place or self._reporters else only_reporter(first.text)
        self._of_place = of_place or bool(self._alone)

    def run(self) -> Extraction:
        frame = self._frame = Frame(self._cleaned.text)
        numerals = scaled(frame, figures(frame.text))
        year, year_at = year_of_text(frame, numerals)
        theirs = self._theirs = spans(self._reporters, self._cleaned.places)
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
        read = {id(row) for row in grid}
        rows = [row for row in rows if id(row) in read or not _inside(row.start, spent)]
        found = [self._row(row) for row in first_of(rows, self._schema)]
        hits = attach(strict, binding.last_years(), numerals)
        hits = wholes(hits, frame, self._schema)
        hits = [replace(hit, doubt=hit.doubt or self._doubt_at(hit.figure.start)) for hit in hits]
        found += self._figures(frame, hits, skip)
        found += self._words(frame, numerals, sections, year)
        if year_at is not None and year is not None:
            found += self._years(year, year_at)
        found = self._with_places(found)
        found.sort(key=lambda fact: (fact.start, fact.end))
        notices = tuple(sorted(self._notices, key=lambda notice: notice.start))
        return Extraction(self._source, self._cleaned.source, tuple(found), notices, year)

    def _with_places(self, found: list[FoundFact]) -> list[FoundFact]:
        """The facts with what villages report; those of one village alone are told to be its own."""
        if self._alone:
            return of_one_place(found, self._alone, self._schema)

        def read(text: str) -> Sequence[FoundFact]:
            return _Extractor(text, self._schema, self._source, self._learned, of_place=True).run().facts

        known = {one.label for one in found}
        facts, notices = reported(self._reporters, self._cleaned.source, read, self._schema, known)
        self._notices += notices
        return found + facts

    def _doubt_at(self, place: int) -> str:
        """Why a figure waits for a person that its table, or its pair, does not explain; "" where it does."""
        return self._told.doubt_at(place) or self._paired.doubt_at(self._cleaned.places[place])

    def _shared(self, row: Row) -> bool:
        """A row of one amount may say a fact of its own too: 器材装备7.5万元."""
        item = self._schema.by_label[row.table]
        return len(item.columns) == 2 and any(column.type is FieldType.MONEY for column in item.columns)

    # ---- figures

    def _figures(self, frame: Frame, hits: Sequence[Hit], skip: Sequence[tuple[int, int]]) -> list[FoundFact]:
        now: dict[str, list[Hit]] = {}
        before: dict[str, Hit] = {}
        for hit in hits:
            role = hit.context.role if hit.context else "value"
            if not hit.label:
                continue
            if role == "value":
                now.setdefault(hit.label, []).append(hit)
            elif role == "last-year":
                before.setdefault(hit.label, hit)
            else:
                self._tell(hit, role)
        found = [fact for label, mine in now.items() if (fact := self._chosen(label, mine, before.pop(label, None)))]
        for hit in before.values():
            self._tell(hit, "last-year")
        return found + list(self._noughts(frame, {fact.label for fact in found}, skip))

    def _chosen(self, label: str, mine: list[Hit], before: Hit | None) -> FoundFact | None:
        item = self._schema.by_label[label]
        kind = FieldType(item.type)
        # What names the fact stands above what only may mean it.
        mine = [hit for hit in mine if not hit.doubt] or mine
        best = max(mine, key=lambda hit: (hit.score + self._width(hit), -hit.figure.start))
        others = [hit for hit in mine if hit.figure.value != best.figure.value and hit.figure.text[0] != "一"]
        value = value_of_figure(best.figure, kind)
        if value is None:
            return None
        doubt = best.doubt
        if best.rivals:
            doubt = f"也可能是“{best.rivals[0]}”"
            self._add("choice", f"“{best.figure.text}”可能是“{label}”，也可能是“{best.rivals[0]}”，请核对。", best)
        close = [hit for hit in others if hit.score >= best.score - 3]
        if close:
            doubt = "文中有不同的数：" + "、".join(dict.fromkeys(hit.figure.text for hit in close))
            for hit in close:
                said = f"“{label}”前面取了“{best.figure.text}”，这里写的是“{hit.figure.text}”，请选一个。"
                self._add("choice", said, hit)
        last = best.last_year or next((hit.last_year for hit in mine if hit.last_year), None)
        last = last or (before.figure if before else None)
        last_value = value_of_figure(last, kind) if last is not None and last.kind in _same(best.figure) else None
        start, end = self._cleaned.span(max(best.begin, 0), best.end)
        fact = Fact(value, approximation(best.figure), last_value, self._where(start))
        return FoundFact(
            label,
            fact,
            self._cleaned.source[start:end],
            start,
            end,
            self._place(start),
            unit_of(best.figure),
            None,
            doubt,
            best.guessed,
        )

    def _width(self, hit: Hit) -> float:
        """全镇汇总 speaks for the whole where villages told theirs before."""
        sentence = self._frame.sentence(hit.figure.start)
        return _WIDTH if _WHOLE.search(self._frame.text, sentence.start, hit.figure.start) else 0.0

    def _noughts(self, frame: Frame, known: set[str], skip: Sequence[tuple[int, int]]) -> Iterator[FoundFact]:
        """零举报, 未发生信访举报: nought is a value."""
        for label, pattern in cues_of(self._schema).zero.items():
            if label in known:
                continue
            for found in pattern.finditer(frame.text):
                if any(start <= found.start() < end for start, end in skip):
                    continue
                start, end = self._cleaned.span(*found.span())
                last = last_of_nought(frame.text, found.end())
                fact = Fact(0, last_year=last, source=self._where(start))
                yield FoundFact(label, fact, self._cleaned.source[start:end], start, end, self._place(start))
                break

    def _tell(self, hit: Hit, role: str) -> None:
        said = {
            "last-year": f"“{hit.figure.text}”是去年的“{hit.label}”，没有当作今年的数。",
            "other-year": f"“{hit.figure.text}”是别的年份的“{hit.label}”，没有当作今年的数。",
            "partial": f"“{hit.figure.text}”只是一部分，没有当作全年的“{hit.label}”。",
        }
        if role in said:
            self._add("choice" if role == "partial" else "last-year", said[role], hit)

    # ---- rows and words

    def _row(self, row: Row) -> FoundFact:
        start, end = self._cleaned.span(row.start, row.end)
        item = self._schema.by_label[row.table]
        cells = {column.label: row.cells[column.label] for column in item.columns if column.label in row.cells}
        quote = self._cleaned.source[start:end]
        return FoundFact(row.table, Fact(), quote, start, end, self._place(start), "", cells, row.doubt)

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
        fact = Fact() if word.row is not None else Fact(word.value, source=self._where(start))
        told = (quote, start, end, self._place(start))
        return FoundFact(word.label, fact, *told, row=word.row, doubt=word.doubt, guessed=word.guessed)

    def _years(self, year: int, span: tuple[int, int]) -> Iterator[FoundFact]:
        start, end = self._cleaned.span(*span)
        for item in self._schema.fields:
            if item.type is FieldType.YEAR:
                fact = Fact(year, source=self._where(start))
                yield FoundFact(item.label, fact, self._cleaned.source[start:end], start, end, self._place(start), "年")

    # ---- places

    def _place(self, start: int) -> str:
        line = bisect_right(self._lines, start) - 1
        return f"第 {sum(self._filled_lines[: line + 1])} 段"

    def _where(self, start: int) -> str:
        return f"{self._source}，{self._place(start)}"

    def _add(self, kind: Literal["choice", "last-year"], message: str, hit: Hit) -> None:
        start, end = self._cleaned.span(max(hit.begin, 0), hit.end)
        quote = self._cleaned.source[start:end]
        self._notices.append(Notice(kind, message, quote, start, end, self._place(start)))


def _inside(place: int, stretches: Sequence[tuple[int, int]]) -> bool:
    return any(start <= place < end for start, end in stretches)


def _same(one: Numeral) -> tuple[str, ...]:
    return ("count", "number") if one.kind in ("count", "number") else (one.kind,)
