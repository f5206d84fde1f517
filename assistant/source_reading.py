"""A person's own files: recognised, read, and kept until every find is decided. Nothing of them is in a sheet yet."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePath

from assistant.document.reading import read_docx
from assistant.errors import DocumentInputError, InputError, NigaoError, SheetError, SheetProblem
from assistant.fact_keeping import FactKeeping
from assistant.facts.sheet import FactSheet
from assistant.facts.yaml_form import SheetFile, load_sheet
from assistant.form_review import form_finds, sum_of, with_unread
from assistant.intake.extract import PASTED, extract_text
from assistant.intake.found import Extraction
from assistant.intake.ledger import LedgerMapping, propose
from assistant.intake.ledger_blocks import open_blocks
from assistant.intake.ledger_expected import Reporting, named, read_names, reporting
from assistant.intake.reading import MAX_BYTES, decode, read_source
from assistant.intake.source_year import report_year
from assistant.intake.unit_forms import UnitForm, left_at_first, own_name, told_apart, unit_of
from assistant.intake.workbook_grid import Book
from assistant.intake.xlsx_form_read import form_in_part, is_form
from assistant.intake.xlsx_form_write import write_form
from assistant.ledger_review import read_all, reporters_of
from assistant.pending import Content, Pending
from assistant.reports.fact_history import FactOrigin
from assistant.reports.loader import Library
from assistant.reports.memory import Memory
from assistant.reports.report import Report
from assistant.storage.store import Store

_TABLES = (".xlsx", ".xlsm", ".xltx", ".xltm", ".xls", ".xlsb", ".et", ".ods", ".csv", ".tsv")
_FORMS = (".yaml", ".yml")
#: Ledgers that are kept open.
_BOOKS = 2


@dataclass(frozen=True)
class Form:
    """A fact sheet that somebody filled in."""

    name: str
    file: SheetFile
    #: Cells that could not be read; the rest of the form is good.
    unread: tuple[SheetProblem, ...] = ()


@dataclass(frozen=True)
class Ledger:
    """A table of the user's own; ``mappings`` best first, remembered ones ``confirmed``."""

    name: str
    book: Book
    mappings: tuple[LedgerMapping, ...]


class SourceReading(FactKeeping):
    """Reads files, and keeps what was found in them."""

    def __init__(self, store: Store, library: Library) -> None:
        super().__init__(store, library)
        # A ledger of 5,000 rows takes a second to open: a page that draws its columns asks for it at every press.
        self._books: Memory[Book] = Memory(_BOOKS)

    def read_source(self, report_id: str, name: str, data: bytes) -> Extraction | Form | Ledger:
        """What a file says, by what it is: our own form, a table, or a text. Nothing is kept.

        Raises:
            DocumentInputError, WorkbookInputError, SheetError: it cannot be used, with what to do.
        """
        report = self.report(report_id)
        name = _plain(name)
        ending = PurePath(name).suffix.lower()
        if ending in _FORMS:
            return Form(name, self._own(load_sheet(decode(data, name), self.library.schema_of, name), report, name))
        if ending in _TABLES:
            book = open_blocks(data, name, report.sheet.schema)
            if is_form(book):
                file, unread = form_in_part(book, self.library.schema_of)
                return Form(name, self._own(file, report, name), tuple(unread))
            return Ledger(name, book, propose(book, report.sheet.schema, self.store, report.report_type))
        return self._text_of(name, data, report)

    def _own(self, file: SheetFile, report: Report, name: str) -> SheetFile:
        if file.report_type != report.report_type:
            expected = f"{self.report_type(report).name}（{report.report_type}）"
            raise SheetError([SheetProblem("report_type", f"是“{file.report_type}”", expected)], name)
        return file

    @staticmethod
    def _text_of(name: str, data: bytes, report: Report) -> Extraction:
        if len(data) > MAX_BYTES:
            raise DocumentInputError(f"“{name}”超过 20 MB。", "请删去图片后另存，或只留正文。")
        # Readers of documents work on files: LibreOffice and the guards of .docx need one.
        with tempfile.TemporaryDirectory(prefix="nigao-") as folder:
            file = Path(folder) / "source"
            file.write_bytes(data)
            read = read_source(file, read_docx, name)
        found = extract_text(read.text, report.sheet.schema, read.name)
        return replace(found, notices=(*read.notices, *found.notices))

    def begin(self, report_id: str, files: Sequence[tuple[str, bytes]]) -> list[str]:
        """Reads files and keeps what was found in them; several forms become one sum.

        Returns:
            Ids of what waits to be decided.

        Raises:
            NigaoError: every file that cannot be used, in one; nothing of any was kept.
        """
        sheet = self.report(report_id).sheet
        read: list[tuple[Extraction | Form | Ledger, bytes]] = []
        faults: list[NigaoError] = []
        for name, data in files:
            try:
                read.append((self.read_source(report_id, name, data), data))
            except NigaoError as error:
                faults.append(error)
        if len(faults) > 1:
            raise _all_of(faults)
        for fault in faults:
            if len(files) > 1:
                fault.way_out += "别的文件也没有读：去掉这个，再按一次，其余的不用重选。"
            raise fault
        forms = [one for one, _ in read if isinstance(one, Form)]
        made: list[tuple[str, Content, bytes | None, Book | None]] = []
        for one, data in read:
            if isinstance(one, Ledger):
                made.append((one.name, _of_ledger(one, sheet), data, one.book))
            elif isinstance(one, Extraction):
                made.append((one.source, Content("text", one), None, None))
            elif len(forms) == 1:
                made.append((one.name, Content("form", _of_form(one)), None, None))
        if len(forms) > 1:
            names = told_apart(self._whose(forms, report_id, sheet), [one.name for one in forms])
            units = tuple(
                UnitForm(who, one.file.sheet, one.name, one.unread) for who, one in zip(names, forms, strict=True)
            )
            left = left_at_first(units, report_year(sheet))
            summed = sum_of(units, left, sheet.schema)
            made.append(
                (f"{len(units)} 份表的汇总", Content("forms", summed, forms=units, left_forms=left), None, None)
            )
        return [self._kept(report_id, *one) for one in made]

    def _whose(self, forms: Sequence[Form], report_id: str, sheet: FactSheet) -> list[str]:
        """Whose each form is: what they wrote over it, or as their unit's name; by the file where neither tells.

        Who collects the forms is none of those who filled them in, and a name that two give was copied along.
        """
        expected = self.expected_units(report_id)
        collects = {fact.value for fact in sheet.facts.values()}
        names = Counter(own_name(one.file.sheet) for one in forms)
        found = []
        for one in forms:
            over, within = one.file.filled_by, own_name(one.file.sheet)
            said = [name for name in (over, within if names[within] == 1 else "") if name and name not in collects]
            found.append(named(said[0] if said else unit_of(one.name), expected))
        return found

    def _kept(self, report_id: str, name: str, content: Content, data: bytes | None, book: Book | None) -> str:
        import_id = self.store.add_import(report_id, name, content.to_json(), data)
        if book is not None:
            self._books.get(import_id, name, lambda: book)
        return import_id

    # ---- who should report

    def expected_units(self, report_id: str) -> tuple[str, ...]:
        """Everybody who should report for this type of report, as a person listed them; () before that."""
        return read_names(self.store.get_setting(f"units-{self.report(report_id).report_type}"))

    def expect_units(self, report_id: str, text: str) -> None:
        """Keeps the list, names a line each or between commas, for this and the next reports of the type."""
        self.store.put_setting(f"units-{self.report(report_id).report_type}", "\n".join(read_names(text)) or None)

    def reporting(self, pending: Pending) -> Reporting:
        """Who of them is in this file, and who is not."""
        return reporting(pending.came, self.expected_units(pending.report_id))

    def begin_text(self, report_id: str, text: str, name: str = PASTED) -> str:
        """The same for a pasted text. Raises InputError for an empty one."""
        if not text.strip():
            raise InputError("还没有文字。", "请先粘贴要找的文字。")
        found = extract_text(text, self.report(report_id).sheet.schema, name)
        return self.store.add_import(report_id, name, Content("text", found).to_json())

    # ---- forms as files

    def form_file(self, report_id: str, *, blank: bool = False) -> bytes:
        """The sheet as an Excel form; ``blank`` with nothing but what the shape fills in beforehand."""
        report = self.report(report_id)
        report_type = self.report_type(report)
        sheet = report.sheet
        if blank:
            kept = {*report_type.keep_next_year, *report.shape.presets}
            facts = {label: replace(fact, last_year=None) for label, fact in sheet.facts.items() if label in kept}
            years = {item.label for item in sheet.schema.fields if item.type == "year"}
            facts |= {label: fact for label, fact in sheet.facts.items() if label in years}
            sheet = replace(sheet, facts=facts)
        return write_form(report_type, report.shape, sheet)

    def load_form(self, report_id: str, name: str, data: bytes) -> int:
        """Replaces all facts by a form's, Excel or YAML; returns how many carry a value.

        Raises:
            SheetError, WorkbookInputError: all its problems; the facts stay as they were.
        """
        read = self.read_source(report_id, name, data)
        if not isinstance(read, Form):
            raise InputError(f"“{name}”不是本程序生成的事实表。", "自己的台账请用“从 Excel 台账或表格读”。")
        if read.unread:
            # All facts would be replaced: a cell that was not read would empty its fact.
            raise SheetError(list(read.unread), name)
        self.replace_sheet(report_id, read.file.sheet, FactOrigin.LOAD, read.name)
        return read.file.sheet.filled()


def _plain(name: str) -> str:
    """The name of a file that a browser sends: no folder, nothing that cannot be shown."""
    shown = "".join(filter(str.isprintable, name.replace("\\", "/")))
    return PurePath(shown).name or "文件"


def _all_of(faults: Sequence[NigaoError]) -> InputError:
    told = "".join(f"{number}. {fault.for_user()}" for number, fault in enumerate(faults, 1))
    return InputError(f"有 {len(faults)} 个文件不能用，一个也没有读。{told}", "处理或去掉这几个，其余的不用重选。")


def _of_form(form: Form) -> Extraction:
    return with_unread(form_finds(form.file.sheet, form.name), [("", problem) for problem in form.unread])


def _of_ledger(ledger: Ledger, sheet: FactSheet) -> Content:
    """A ledger that was matched before is read at once; anything else waits for its columns to be confirmed."""
    if not ledger.mappings:
        raise InputError(
            f"“{ledger.name}”里没有认出一项事实。",
            "请看看表头写的是不是事实的名称；也可以复制表里的文字，用“粘贴文字”。",
        )
    if not all(mapping.confirmed for mapping in ledger.mappings):
        return Content("ledger")
    year = report_year(sheet)
    return Content(
        "ledger",
        read_all(ledger.book, ledger.mappings, sheet.schema, (), year),
        units=reporters_of(ledger.book, ledger.mappings, (), year),
    )
