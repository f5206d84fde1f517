"""What becomes of a proposal: one press takes it, one press takes it back."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace

from assistant.chatting.workbench import Workbench
from assistant.errors import InputError
from assistant.facts.fields import FactField, FieldType
from assistant.facts.formatting import plain_text
from assistant.facts.last_year import with_last_year
from assistant.facts.sheet import EMPTY, Fact, FactSheet, plain_fact, read_fact
from assistant.intake.chat_offers import offers_between, onto, remaining
from assistant.reports.chat import FactOffer, RedrawOffer, Said, Standing, Turn
from assistant.reports.fact_history import FactOrigin
from assistant.reports.report import Report, Section, Version

#: Turns in which an earlier proposal is looked for.
_LOOKED_AT = 60


class Proposals:
    """The part of the conversation that changes something, each time because a person pressed."""

    def __init__(self, desk: Workbench) -> None:
        self._desk = desk

    # ---- facts

    def take_facts(self, report_id: str, number: int, labels: Collection[str] | None = None) -> None:
        """Writes proposed facts into the sheet, as one step to undo.

        Args:
            labels: which of the turn's proposals; None for all that are open.

        Raises:
            InputError: one of the facts was changed meanwhile; the proposal now stands beside what it has become, and
                nothing was written.
        """
        report = self._desk.report(report_id)
        said = self._desk.store.turn(report_id, number).said
        wanted = [
            one for one in said.facts if one.standing is Standing.OPEN and (labels is None or one.label in labels)
        ]
        # Another cell or item than the one that is changed here is no reason to ask again.
        wanted = [_again(one, report.sheet) for one in wanted]
        moved = [one for one in wanted if _here(one.label, report.sheet) != one.before]
        if moved:
            fresh = {one.label: _beside(one, report.sheet) for one in moved}
            self._change(report_id, number, lambda one: fresh.get(one.label, one))
            names = "、".join(f"“{one.label}”" for one in moved)
            raise InputError(f"{names}刚刚在别处改过，没有动。", "请看清现在的数，再按一次。")
        if not wanted:
            return
        facts = {one.label: _fact(one.after, report.sheet.schema.by_label[one.label]) for one in wanted}
        self._desk.store.put_facts(report_id, facts, self._desk.person, FactOrigin.CHAT)
        done = self._desk.fact_ways(report_id).undo
        step = done.number if done else None
        self._mark(report_id, number, facts, Standing.TAKEN, step)

    def refuse_facts(self, report_id: str, number: int, labels: Collection[str] | None = None) -> None:
        """Proposals that are not wanted; nothing is written."""
        said = self._desk.store.turn(report_id, number).said
        open_ones = {one.label for one in said.facts if one.standing is Standing.OPEN}
        self._mark(report_id, number, open_ones if labels is None else open_ones & set(labels), Standing.REFUSED, None)

    def supersede(self, report_id: str, turn: Turn) -> None:
        """Closes the earlier open proposals that a new one takes the place of: two would stand side by side."""
        if not (turn.said.facts or turn.said.redraws):
            return
        sheet = self._desk.report(report_id).sheet
        fresh = {one.label: one for one in turn.said.facts}
        sections = {one.section for one in turn.said.redraws}

        def left(one: FactOffer) -> FactOffer:
            if one.standing is not Standing.OPEN or one.label not in fresh:
                return one
            return remaining(one, fresh[one.label], sheet)

        for earlier in self._desk.store.turns(report_id, _LOOKED_AT):
            if earlier.number >= turn.number:
                continue
            if any(one.standing is Standing.OPEN and one.label in fresh for one in earlier.said.facts):
                self._change(report_id, earlier.number, left)
            for one in earlier.said.redraws:
                if one.standing is Standing.OPEN and one.section in sections:
                    self._mark_text(report_id, earlier.number, one.section, Standing.REPLACED, None)

    def undo_taken(self, report_id: str, number: int, label: str) -> None:
        """Takes back the press that took this fact, with all that it took.

        Raises:
            InputError: the fact was changed again since.
        """
        report = self._desk.report(report_id)
        said = self._desk.store.turn(report_id, number).said
        pressed = next((one for one in said.facts if one.label == label and one.standing is Standing.TAKEN), None)
        if pressed is None:
            return
        together = [one for one in said.facts if one.standing is Standing.TAKEN and one.step == pressed.step]
        last = self._desk.fact_ways(report_id).undo
        if last is not None and last.number == pressed.step:
            # The turn tells by itself which of its steps were undone.
            self._desk.undo_facts(report_id, last.number)
            return
        moved = [one.label for one in together if _here(one.label, report.sheet) != one.after]
        if moved:
            raise InputError(f"“{'、'.join(moved)}”后来又改过，没有撤销。", "请在“事实”页看它的经过，再改回去。")
        facts = {one.label: _fact(one.before, report.sheet.schema.by_label[one.label]) for one in together}
        self._desk.store.put_facts(report_id, facts, self._desk.person, FactOrigin.CHAT)
        self._mark(report_id, number, {one.label for one in together}, Standing.UNDONE, None)

    def reopen(self, report_id: str, number: int, label: str) -> None:
        """A proposal that was refused or undone stands open again, beside the facts of now."""
        sheet = self._desk.report(report_id).sheet

        def again(one: FactOffer) -> FactOffer:
            if one.label != label or one.standing not in (Standing.REFUSED, Standing.UNDONE, Standing.REPLACED):
                return one
            return _beside(one.model_copy(update={"standing": Standing.OPEN, "step": None}), sheet)

        self._change(report_id, number, again)

    def _mark(self, report_id: str, number: int, labels: Collection[str], standing: Standing, step: int | None) -> None:
        update = {"standing": standing, "step": step}
        self._change(report_id, number, lambda one: one.model_copy(update=update) if one.label in labels else one)

    def _change(self, report_id: str, number: int, change: Callable[[FactOffer], FactOffer]) -> None:
        def facts_changed(said: Said) -> Said:
            return said.model_copy(update={"facts": tuple(change(one) for one in said.facts)})

        self._desk.store.change_turn(report_id, number, facts_changed)

    # ---- texts

    def waiting(self, report: Report, offer: RedrawOffer) -> Version | None:
        """The new wording that a turn asked for, while it waits beside the text."""
        found = self._desk.candidates(report.id).get(offer.section)
        return found if offer.standing is Standing.OPEN else None

    def take_text(self, report_id: str, number: int, key: str, candidate: int) -> Section:
        """Puts the new wording in place. Raises EditConflict, InputError as the candidate's own button does."""
        section = self._desk.report(report_id).section(key)
        assert section is not None
        done = self._desk.accept_candidate(report_id, key, candidate, section.revision)
        step = self._desk.text_ways(report_id).undo
        self._mark_text(report_id, number, key, Standing.TAKEN, step.number if step else None)
        return done

    def refuse_text(self, report_id: str, number: int, key: str, candidate: int) -> None:
        """Keeps the text as it is, as one step of 撤销."""
        self._desk.refuse_candidate(report_id, key, candidate)
        step = self._desk.text_ways(report_id).undo
        self._mark_text(report_id, number, key, Standing.REFUSED, step.number if step else None)

    def withdraw_text(self, report_id: str, number: int, key: str, candidate: int) -> None:
        """Takes back the wish for a new wording: it would be no use to take that back once more."""
        self._desk.discard_candidate(report_id, key, candidate)
        self._mark_text(report_id, number, key, Standing.REFUSED, None)

    def undo_text(self, report_id: str, number: int, key: str) -> None:
        """Takes back the press that took a new wording. Raises InputError when something was changed since."""
        said = self._desk.store.turn(report_id, number).said
        offer = next((one for one in said.redraws if one.section == key and one.standing is Standing.TAKEN), None)
        last = self._desk.text_ways(report_id).undo
        if offer is None:
            return
        if last is None or last.number != offer.step:
            raise InputError(f"采用“{offer.title}”之后又改过别的文字，没有撤销。", "请在这一节的“历次稿”里恢复旧稿。")
        self._desk.undo_text(report_id, last.number)

    def _mark_text(self, report_id: str, number: int, key: str, standing: Standing, step: int | None) -> None:
        def marked(said: Said) -> Said:
            update = {"standing": standing, "step": step}
            redraws = (one.model_copy(update=update) if one.section == key else one for one in said.redraws)
            return said.model_copy(update={"redraws": tuple(redraws)})

        self._desk.store.change_turn(report_id, number, marked)


def _here(label: str, sheet: FactSheet) -> object:
    """The fact as ``FactOffer.before`` has it."""
    fact = sheet.facts.get(label, EMPTY)
    return None if fact.blank else plain_fact(fact)


def _fact(stored: object, item: FactField) -> Fact:
    return EMPTY if stored is None else read_fact(stored, item)


def _again(offer: FactOffer, sheet: FactSheet) -> FactOffer:
    """The proposal on the fact of now where that changes nothing that a person compared; else as it was."""
    if _here(offer.label, sheet) == offer.before:
        return offer
    fresh = _beside(offer, sheet)
    return fresh if (fresh.now, fresh.new) == (offer.now, offer.new) else offer


def _beside(offer: FactOffer, sheet: FactSheet) -> FactOffer:
    """The proposal beside the fact of now: only what it proposes is taken over."""
    item = sheet.schema.by_label[offer.label]
    had, wanted = sheet.facts.get(offer.label, EMPTY), _fact(offer.after, item)
    if offer.last_year:
        made = with_last_year(had, wanted.last_year, word=wanted.last_approximate)
    else:
        value = wanted.value
        if item.type in (FieldType.LIST, FieldType.TABLE) and isinstance(value, tuple):
            # What somebody changed meanwhile stays.
            value = onto(had.value, _fact(offer.before, item).value, value, item)
        made = replace(had, value=value, approximate=wanted.approximate, source=wanted.source)
        if wanted.last_year != _fact(offer.before, item).last_year:
            made = with_last_year(made, wanted.last_year, word=wanted.last_approximate)
    fresh = next(iter(offers_between(sheet, sheet.with_fact(offer.label, made))), None)
    if fresh is None:
        now = plain_text(had.value, item, had.approximate)
        return offer.model_copy(update={"before": _here(offer.label, sheet), "now": now})
    return fresh.model_copy(update={"quote": offer.quote, "doubt": offer.doubt})
