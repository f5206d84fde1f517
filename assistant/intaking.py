"""What was found in a person's own files, put beside the sheet and taken one by one: the desk's side of 导入."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from assistant.checks.finding import Finding
from assistant.checks.leftovers import leftovers_in_text
from assistant.checks.leftovers_words import leftover_words
from assistant.drafting.extraction import Told
from assistant.drafting.leaving import Gate
from assistant.drafting.settings import EndpointSettings, SendValues
from assistant.errors import InputError, NigaoError, NotFound, SheetError
from assistant.extracting import merged
from assistant.facts.fields import FactSchema
from assistant.facts.sheet import FactSheet
from assistant.intake.found_json import with_more
from assistant.intake.ledger import LedgerMapping, propose
from assistant.intake.ledger_blocks import open_blocks
from assistant.intake.proposals import Proposal, accept_all
from assistant.intake.source_year import PAPER
from assistant.intake.workbook_grid import Book
from assistant.ledger_review import (
    Questioned,
    hidden_rows,
    mappings_of,
    questioned_in,
    read_all,
    reporters_of,
    unhidden,
    without,
)
from assistant.model_reading import ModelReadings, Progress
from assistant.pending import Aim, Content, Offer, Pending, edit_json, offers, read_content
from assistant.reports.loader import Library
from assistant.reports.memory import Memory
from assistant.reports.report import Report
from assistant.shaping import Shaping
from assistant.storage.imports import StoredImport
from assistant.storage.store import Store

#: Files whose finds and leftovers are remembered.
_REMEMBERED = 8


@dataclass(frozen=True)
class Choice:
    """A find that a person takes. ``seen``: what the page showed as the sheet's own (``Proposal.here``)."""

    number: int
    seen: str


@dataclass(frozen=True)
class Accepted:
    """Numbers of finds that are in the sheet now, and labels of those whose fact had changed meanwhile."""

    taken: tuple[int, ...]
    changed: tuple[str, ...]


class Intaking(Shaping):
    """Everything that can be done with a file of facts."""

    def __init__(self, store: Store, library: Library) -> None:
        super().__init__(store, library)
        self.readings = ModelReadings()
        self._contents: Memory[Content] = Memory(_REMEMBERED)
        self._proposed: Memory[tuple[LedgerMapping, ...]] = Memory(_REMEMBERED)
        self._left: Memory[tuple[Finding, ...]] = Memory(_REMEMBERED)
        self._offers: Memory[tuple[Offer, ...]] = Memory(_REMEMBERED)
        self._questioned: Memory[Sequence[Questioned]] = Memory(_REMEMBERED)

    def pendings(self, report: Report) -> list[Pending]:
        """Files that are being gone through, oldest first."""
        return [self._pending(stored, report) for stored in self.store.imports(report.id)]

    def pending(self, report: Report, import_id: str) -> Pending:
        """Raises NotFound when it was let go, or belongs to another report."""
        stored = self.store.import_(import_id)
        if stored.report_id != report.id:
            raise NotFound("这份材料已经不在了。", "请重新选择文件。")
        return self._pending(stored, report)

    def _pending(self, stored: StoredImport, report: Report) -> Pending:
        content = self._content(stored, report.sheet.schema)
        return Pending(stored.id, stored.report_id, stored.name, stored.revision, content)

    def _content(self, stored: StoredImport, schema: FactSchema) -> Content:
        state = (stored.revision, schema)
        return self._contents.get(stored.id, state, lambda: read_content(stored.content, schema))

    def offers(self, report: Report, pending: Pending) -> list[Offer]:
        """Every find beside the sheet, in the order of the text."""
        return list(self._beside(pending.id, pending.content, report.sheet, self.report_type(report).keep_next_year))

    def _beside(self, import_id: str, content: Content, sheet: FactSheet, keep: Collection[str]) -> tuple[Offer, ...]:
        """The same, made once for a state: a ledger has thousands, and every page that names the file counts them."""
        state = (content, sheet, tuple(keep))
        return self._offers.get(import_id, state, lambda: tuple(offers(content, sheet, keep)))

    def drop_import(self, import_id: str) -> None:
        """Lets go of a file; what was taken stays in the sheet."""
        self.readings.stop(import_id)
        self.store.drop_import(import_id)

    # ---- one find

    def refuse(self, import_id: str, number: int, refused: bool = True) -> None:
        """A find that is not wanted, or is wanted again."""
        self._change(
            import_id,
            lambda content: replace(
                content, refused=content.refused | {number} if refused else content.refused - {number}
            ),
        )

    def edit_find(self, report: Report, import_id: str, number: int, typed: Any) -> None:
        """Puts a person's own words in the place of what was found: a text, or column → text for a row.

        Raises:
            InputError: it cannot be read; what was found stays.
        """
        pending = self.pending(report, import_id)
        assert pending.extraction is not None
        found = pending.extraction.facts[max(number, ~number)]
        item = report.sheet.schema.by_label[found.label]
        try:
            entry = edit_json(found, typed, item)
        except SheetError as error:
            problem = error.problems[0]
            expected = f"，应为{problem.expected}" if problem.expected else ""
            raise InputError(f"{problem.message}{expected}") from error
        except ValueError as error:
            raise InputError(str(error)) from error
        self._change(import_id, lambda content: replace(content, edits={**content.edits, number: entry}))

    def aim(self, import_id: str, aim: Aim) -> None:
        """Where the finds of another year's paper go."""
        self._change(import_id, lambda content: replace(content, aim=aim))

    def accept(self, report_id: str, import_id: str, choices: Iterable[Choice]) -> Accepted:
        """Takes finds into the sheet: one transaction, one step to undo.

        One whose fact is no longer what the page showed is left and told: somebody wrote it meanwhile.
        """
        report = self.report(report_id)
        seen = {choice.number: choice.seen for choice in choices}
        name = self.pending(report, import_id).name
        keep = self.report_type(report).keep_next_year
        taken: list[int] = []
        changed: list[str] = []

        def take(sheet: FactSheet, stored: StoredImport) -> FactSheet:
            # Runs once more where the database asks for it.
            taken.clear()
            changed.clear()
            wanted = []
            for offer in self._beside(import_id, self._content(stored, sheet.schema), sheet, keep):
                if offer.number not in seen or not offer.open:
                    continue
                if offer.proposal.here != seen[offer.number]:
                    changed.append(offer.proposal.label)
                    continue
                wanted.append(offer.proposal)
                taken.append(offer.number)
            return _taken(sheet, wanted)

        self.store.take_import(import_id, take, self.person, name)
        return Accepted(tuple(taken), tuple(dict.fromkeys(changed)))

    def _change(self, import_id: str, change: Callable[[Content], Content]) -> None:
        stored = self.store.import_(import_id)
        schema = self.report(stored.report_id).sheet.schema
        self.store.change_import(import_id, lambda text: change(read_content(text, schema)).to_json())

    # ---- a ledger's columns

    def mappings(self, report: Report, pending: Pending) -> tuple[LedgerMapping, ...]:
        """How a ledger is read now, best sheet first."""
        assigned, schema = pending.content.assigned, report.sheet.schema
        state = (pending.content.with_hidden, schema)
        proposed = self._proposed.get(pending.id, state, lambda: propose(self._all_rows(pending), schema))
        return mappings_of(proposed, schema, self.store, report.report_type, assigned)

    def _whole_book(self, pending: Pending) -> Book:
        def opened() -> Book:
            schema = self.report(pending.report_id).sheet.schema
            return open_blocks(self.store.import_data(pending.id), pending.name, schema)

        return self._books.get(pending.id, pending.name, opened)

    def _all_rows(self, pending: Pending) -> Book:
        """Hidden rows are shown where a person wants them counted."""
        return unhidden(self._whole_book(pending), pending.content.with_hidden)

    def _book(self, pending: Pending) -> Book:
        """What counts: without the rows that a person left out, too."""
        return without(self._all_rows(pending), pending.content.left_rows)

    def hidden_rows(self, pending: Pending) -> dict[str, tuple[int, ...]]:
        """A ledger's sheets with hidden rows that hold something, counted or not → their 1-based numbers."""
        return hidden_rows(self._whole_book(pending)) if pending.content.kind == "ledger" else {}

    def count_hidden(self, report: Report, import_id: str, sheet: str, counted: bool) -> None:
        """Whether a sheet's hidden rows count. A ledger that was read is read again, its finds to be decided anew."""

        def change(content: Content) -> Content:
            kept = content.with_hidden | {sheet} if counted else content.with_hidden - {sheet}
            return replace(content, with_hidden=kept)

        self._change(import_id, change)
        self._read_again(report, import_id)

    def questioned(self, report: Report, pending: Pending) -> Sequence[Questioned]:
        """Rows of a ledger that perhaps should not count, counted or not."""
        if pending.content.kind != "ledger":
            return []
        wanted = tuple(one for one in self.mappings(report, pending) if one.sheet not in pending.content.skipped)
        left = pending.content.left_rows
        state = (wanted, left, pending.content.with_hidden)
        return self._questioned.get(pending.id, state, lambda: questioned_in(self._all_rows(pending), wanted, left))

    def count_row(self, report: Report, import_id: str, sheet: str, row: int, counted: bool) -> None:
        """Whether one row of a sheet counts. A ledger that was read is read again, its finds to be decided anew."""

        def change(content: Content) -> Content:
            now = content.left_rows.get(sheet, frozenset())
            return replace(content, left_rows={**content.left_rows, sheet: now - {row} if counted else now | {row}})

        self._change(import_id, change)
        self._read_again(report, import_id)

    def _read_again(self, report: Report, import_id: str) -> None:
        pending = self.pending(report, import_id)
        if pending.extraction is None:
            return
        if all(mapping.confirmed for mapping in self.mappings(report, pending)):
            self.confirm_columns(report, import_id)
        else:
            # A hidden row was a label of its own: it is asked about first.
            self.reassign(import_id)

    def assign(self, import_id: str, sheet: str, key: str, fact: str | None, part: str = "", unit: str = "") -> None:
        """Says what a column is, and in which unit its money stands; None for one that is not taken."""

        def change(content: Content) -> Content:
            mine = {**content.assigned.get(sheet, {}), key: (fact, part, unit)}
            return replace(content, assigned={**content.assigned, sheet: mine})

        self._change(import_id, change)

    def skip_sheet(self, import_id: str, sheet: str, skipped: bool) -> None:
        """Leaves a sheet of a ledger out, or takes it in again."""
        self._change(
            import_id,
            lambda content: replace(
                content, skipped=content.skipped | {sheet} if skipped else content.skipped - {sheet}
            ),
        )

    def confirm_columns(self, report: Report, import_id: str) -> None:
        """Reads a ledger by what its columns were said to be, and remembers it for the next one with these headers."""
        pending = self.pending(report, import_id)
        wanted = [one for one in self.mappings(report, pending) if one.sheet not in pending.content.skipped]
        if not any(mapping.taken for mapping in wanted):
            raise InputError("还没有指定一列是哪项事实。", "请至少给一列选上事实。")
        confirmed = [mapping.confirm() for mapping in wanted]
        book = self._book(pending)
        found, units = read_all(book, confirmed, report.sheet.schema, ()), reporters_of(book, confirmed, ())
        for mapping in confirmed:
            self.store.put_ledger_mapping(report.report_type, mapping.fingerprint, mapping.to_json())
        self._change(
            import_id, lambda content: replace(content, extraction=found, refused=frozenset(), edits={}, units=units)
        )

    def reassign(self, import_id: str) -> None:
        """Back to the columns of a ledger; what was decided about its finds is forgotten."""
        self._change(import_id, lambda content: replace(content, extraction=None, refused=frozenset(), edits={}))

    # ---- what must not slip in

    def leftovers(self, report: Report, pending: Pending) -> tuple[Finding, ...]:
        """What of a text must not get into this report: its places count in ``Extraction.text``."""
        found = pending.extraction
        if found is None or not found.text:
            return ()
        heads = tuple((other, at) for other, at in self.store.changes(report.report_type) if other != report.id)

        def make() -> tuple[Finding, ...]:
            return tuple(leftovers_in_text(found.text, report.sheet, self._read_others(heads[:_REMEMBERED])))

        return self._left.get(pending.id, (report.sheet, heads, leftover_words()), make)

    def old_texts(self, report: Report) -> tuple[tuple[str, str], ...]:
        """The texts that are being gone through for this report: last year's paper above all."""
        found = ((pending.name, pending.extraction) for pending in self.pendings(report))
        return tuple((name, one.text) for name, one in found if one is not None and len(one.text) >= PAPER)

    # ---- a model

    def ask_model(self, import_id: str, settings: EndpointSettings, send_values: SendValues, gate: Gate) -> None:
        """Has a model read a text too, in the background; what it adds comes in doubt and behind the rest.

        Raises:
            ConfigurationError: the text may not go to that endpoint.
            SendingError: nobody agreed to it yet, or the text carries a 密级 mark; nothing was sent.
        """
        stored = self.store.import_(import_id)
        report = self.report(stored.report_id)
        found = self._pending(stored, report).extraction
        if found is None or not found.text:
            return

        def done(told: Told | NigaoError) -> None:
            try:
                self._change(import_id, lambda content: _with_told(content, told, report))
            except NotFound:
                # The file was let go while the model was reading.
                return

        self.readings.start(import_id, found.text, report.sheet.schema, settings, send_values, gate, done)

    def reading(self, import_id: str) -> Progress | None:
        """How far the model is; None while it reads nothing."""
        return self.readings.progress(import_id)


def _taken(sheet: FactSheet, proposals: Sequence[Proposal]) -> FactSheet:
    """The sheet with finds, their notes where the sheet has none."""
    made = accept_all(sheet, proposals)
    for proposal in proposals:
        fact, note = made.facts.get(proposal.label), proposal.found.fact.note
        if fact and note and not fact.note:
            made = made.with_fact(proposal.label, replace(fact, note=note))
    return made


def _with_told(content: Content, told: Told | NigaoError, report: Report) -> Content:
    if isinstance(told, NigaoError):
        return replace(content, model=told.for_user())
    if content.extraction is None:
        return content
    both = merged(content.extraction, told, report.sheet.schema)
    known = {id(fact) for fact in content.extraction.facts}
    facts = [fact for fact in both.facts if id(fact) not in known]
    notices = both.notices[len(content.extraction.notices) :]
    return replace(content, extraction=with_more(content.extraction, facts, notices), model="done")
