"""Which of several units' forms count: said by a person, and summed anew."""

from __future__ import annotations

from dataclasses import replace

from assistant.errors import InputError
from assistant.form_review import sum_of
from assistant.intake.source_year import report_year
from assistant.intake.unit_forms import remarks
from assistant.pending import Pending, read_content
from assistant.reports.report import Report
from assistant.source_reading import SourceReading


class FormCounting(SourceReading):
    """Leaves a form out of a sum, and takes it in again."""

    def form_remarks(self, report: Report, pending: Pending) -> dict[int, str]:
        """Number of a form → why a person should say whether it counts."""
        return remarks(pending.content.forms, report_year(report.sheet))

    def count_form(self, report: Report, import_id: str, number: int, counted: bool) -> None:
        """Whether one of several forms counts. They are summed anew, the finds to be decided anew.

        Raises:
            InputError: no form would be left.
        """
        schema = report.sheet.schema

        def change(text: str) -> str:
            content = read_content(text, schema)
            left = content.left_forms - {number} if counted else content.left_forms | {number}
            if len(left) == len(content.forms):
                raise InputError("至少要计入一份。", "都不要的话，按“核对完了”里的“结束核对”。")
            summed = sum_of(content.forms, left, schema)
            return replace(content, extraction=summed, left_forms=left, refused=frozenset(), edits={}).to_json()

        self.store.change_import(import_id, change)
