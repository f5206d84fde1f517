"""What was found in a person's own files, put beside the sheet and taken one by one: the desk's side of 导入."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
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
from assistant.facts.sheet import FactSheet
from assistant.intake.found_json import with_more
from assistant.intake.proposals import Proposal, accept_all
from assistant.intake.source_year import PAPER
from assistant.ledger_columns import LedgerColumns
from assistant.model_reading import ModelReadings, Progress
from assistant.pending import Aim, Content, Offer, Pending, edit_json, offers
from assistant.reports.loader import Library
from assistant.reports.memory import Memory
from assistant.reports.report import Report
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


class Intaking(LedgerColumns):
    """Everything that can be done with a file of facts."""

    def __init__(self, store: Store, library: Library) -> None:
        super().__init__(store, library)
        self.readings = ModelReadings()
        self._left: Memory[tuple[Finding, ...]] = Memory(_REMEMBERED)
        self._offers: Memory[tuple[Offer, ...]] = Memory(_REMEMBERED)

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
