"""What a person does to a report's facts: fill in, load, undo. Every change carries who made it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from assistant.errors import SheetError, SheetProblem
from assistant.facts.fields import FactField
from assistant.facts.sheet import Fact, FactSheet, read_fact
from assistant.facts.values import clean_text
from assistant.facts.yaml_form import dump_sheet, load_sheet
from assistant.reports.fact_history import FactChange, FactOrigin, FactStep
from assistant.reports.report import Report
from assistant.reports.steps import Ways
from assistant.reviewing import Reviewing


class FactKeeping(Reviewing):
    """The desk's side of 事实."""

    @property
    def person(self) -> str:
        """Who works here, as they called themselves in 设置; "" before that."""
        return self.store.get_setting("name")

    def set_person(self, name: str) -> None:
        self.store.put_setting("name", clean_text(name) or None)

    def set_fact(
        self, report_id: str, label: str, entry: Any, origin: FactOrigin = FactOrigin.FORM, detail: str = ""
    ) -> Fact:
        """Writes one fact from what a person typed.

        Raises:
            SheetError: it cannot be read; nothing was written.
        """
        return self.set_facts(report_id, {label: entry}, origin, detail)[0]

    def set_facts(
        self, report_id: str, entries: Mapping[str, Any], origin: FactOrigin = FactOrigin.FORM, detail: str = ""
    ) -> list[Fact]:
        """Writes several facts, label → entry, as one step that is undone as a whole.

        Args:
            detail: where they come from in words (a file's name), for 撤销 and the facts' history.

        Raises:
            SheetError: all problems; nothing was written.
        """
        sheet = self.report(report_id).sheet
        schema = sheet.schema
        found: dict[str, Fact] = {}
        problems: list[SheetProblem] = []
        for label, entry in entries.items():
            item = schema.find(label)
            if not isinstance(item, FactField):
                problems.append(SheetProblem(label, "不是可以填写的事实"))
                continue
            try:
                fact = read_fact(entry, item)
                said = isinstance(entry, Mapping) and "private" in entry
                held = sheet.facts.get(item.label, fact).private
                # Only the person who takes the mark 不外发 off takes it off: no import, no form that knows it not.
                found[item.label] = fact if said else replace(fact, private=held)
            except SheetError as error:
                problems.extend(error.problems)
        if problems:
            raise SheetError(problems)
        self.store.put_facts(report_id, found, self.person, origin, detail)
        return list(found.values())

    def replace_sheet(
        self, report_id: str, sheet: FactSheet, origin: FactOrigin = FactOrigin.LOAD, detail: str = ""
    ) -> None:
        """Puts another sheet in place. A fact that was marked 不外发 stays marked."""
        marked = [label for label, fact in self.report(report_id).sheet.facts.items() if fact.private]
        for label in marked:
            sheet = sheet.with_fact(label, replace(sheet.facts.get(label, Fact()), private=True))
        self.store.set_facts(report_id, sheet, self.person, origin, detail)

    def load_sheet(self, report_id: str, text: str, source: str = "") -> int:
        """Replaces all facts by a YAML sheet's; returns how many carry a value.

        Raises:
            SheetError: all its problems; the facts stay as they were.
        """
        report = self.report(report_id)
        read = load_sheet(text, self.library.schema_of, source)
        if read.report_type != report.report_type:
            expected = f"{self.report_type(report).name}（{report.report_type}）"
            raise SheetError([SheetProblem("report_type", f"是“{read.report_type}”", expected)], source)
        self.replace_sheet(report_id, read.sheet, FactOrigin.LOAD, source)
        return read.sheet.filled()

    def sheet_text(self, report: Report) -> str:
        return dump_sheet(report.report_type, report.shape.key, report.sheet)

    # ---- what happened to them

    def fact_ways(self, report_id: str) -> Ways[FactStep]:
        """The steps that 撤销 and 重做 stand for now."""
        return self.store.fact_ways(report_id)

    def undo_facts(self, report_id: str, step: int) -> FactStep:
        """Takes back the step of that number; raises InputError when another one is the last by now."""
        return self.store.undo_facts(report_id, step, self.person)

    def redo_facts(self, report_id: str, step: int) -> FactStep:
        return self.store.redo_facts(report_id, step, self.person)

    def fact_changes(self, report_id: str, label: str, limit: int = 5) -> list[FactChange]:
        """The last changes of one fact, newest first."""
        return self.store.fact_changes(report_id, label, limit)
