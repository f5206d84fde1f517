"""Files that wait to be gone through, and what the columns of a ledger were said to be."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant.errors import InputError, NotFound
from assistant.facts.fields import FactSchema
from assistant.intake.ledger import LedgerMapping, propose
from assistant.intake.ledger_blocks import open_blocks
from assistant.intake.source_year import report_year
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
from assistant.pending import Content, Pending, read_content
from assistant.reports.loader import Library
from assistant.reports.memory import Memory
from assistant.reports.report import Report
from assistant.shaping import Shaping
from assistant.storage.imports import StoredImport
from assistant.storage.store import Store

#: Files whose content and columns are remembered.
_REMEMBERED = 8


class LedgerColumns(Shaping):
    """What waits, and how its tables are read."""

    def __init__(self, store: Store, library: Library) -> None:
        super().__init__(store, library)
        self._contents: Memory[Content] = Memory(_REMEMBERED)
        self._proposed: Memory[tuple[LedgerMapping, ...]] = Memory(_REMEMBERED)
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

    def _change(self, import_id: str, change: Callable[[Content], Content]) -> None:
        stored = self.store.import_(import_id)
        schema = self.report(stored.report_id).sheet.schema
        self.store.change_import(import_id, lambda text: change(read_content(text, schema)).to_json())

    # ---- a ledger's columns

    def mappings(self, report: Report, pending: Pending) -> tuple[LedgerMapping, ...]:
        """How a ledger is read now, best sheet first."""
        content, schema = pending.content, report.sheet.schema
        state = (content.with_hidden, content.across, schema)
        proposed = self._proposed.get(
            pending.id, state, lambda: propose(self._all_rows(pending), schema, across=content.across)
        )
        return mappings_of(proposed, schema, self.store, report.report_type, content.assigned, content.columns)

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

    def choose_column(self, import_id: str, mapping: LedgerMapping, column: int, across: bool = False) -> None:
        """Says which column holds a sheet's names or values (0: none), and whether villages stand side by side.

        Args:
            mapping: how the sheet is read until now.
        """
        sheet = mapping.sheet

        def change(content: Content) -> Content:
            columns = {**content.columns, sheet: column}
            if mapping.form == "units" and not mapping.across:
                return replace(content, columns=columns)
            turned = {**content.across, sheet: across}
            if across == mapping.across:
                # In which unit amounts stand was said of the column that was read until now.
                mine = {key: (fact, part, "") for key, (fact, part, _) in content.assigned.get(sheet, {}).items()}
                assigned = {**content.assigned, sheet: mine} if mine else content.assigned
                return replace(content, columns=columns, assigned=assigned, across=turned)
            # What was said of the sheet's columns was said of its rows.
            assigned = {name: choices for name, choices in content.assigned.items() if name != sheet}
            columns = {name: at for name, at in columns.items() if name != sheet or not across}
            left = {name: rows for name, rows in content.left_rows.items() if name != sheet}
            return replace(content, columns=columns, assigned=assigned, across=turned, left_rows=left)

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
        """Reads a ledger by what its columns were said to be, and remembers it for the next one with these headers.

        Raises:
            InputError: nothing is taken, or a person has something to choose first: a column, a unit.
        """
        pending = self.pending(report, import_id)
        wanted = [one for one in self.mappings(report, pending) if one.sheet not in pending.content.skipped]
        if not any(mapping.taken for mapping in wanted):
            raise InputError("还没有指定一列是哪项事实。", "请至少给一列选上事实。")
        if unsure := [mapping for mapping in wanted if mapping.unsure]:
            where = f"工作表“{unsure[0].sheet}”里 " if unsure[0].sheet else ""
            raise InputError(f"{where}{unsure[0].unsure}。", "请在“数取自”里选一列；几列要相加的，选“各列相加”。")
        if bare := [choice for mapping in wanted for choice in mapping.no_unit]:
            names = "、".join(f"“{choice.header}”（{choice.place}）" for choice in bare)
            raise InputError(f"{names}没有写金额的单位。", "请在它右边选元或万元。")
        confirmed = [mapping.confirm() for mapping in wanted]
        book = self._book(pending)
        year = report_year(report.sheet)
        found = read_all(book, confirmed, report.sheet.schema, (), year)
        units = reporters_of(book, confirmed, (), year)
        for mapping in confirmed:
            self.store.put_ledger_mapping(report.report_type, mapping.fingerprint, mapping.to_json())
        self._change(
            import_id, lambda content: replace(content, extraction=found, refused=frozenset(), edits={}, units=units)
        )

    def reassign(self, import_id: str) -> None:
        """Back to the columns of a ledger; what was decided about its finds is forgotten."""
        self._change(import_id, lambda content: replace(content, extraction=None, refused=frozenset(), edits={}))
