"""How a form looks and what its cells let a person type: fonts, colours, protection, validation, print layout."""

from __future__ import annotations

import datetime
from typing import Any

from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.worksheet.datavalidation import DataValidation

from assistant.facts.values import MAX_COUNT

TITLE = Font(name="宋体", size=16, bold=True)
PLAIN = Font(name="宋体", size=11)
SMALL = Font(name="宋体", size=9, color="666666")
BOLD = Font(name="宋体", size=11, bold=True)
REQUIRED = Font(name="宋体", size=11, bold=True, color="B03A2E")
HEADER_FILL = PatternFill("solid", fgColor="ECE7DC")
INPUT_FILL = PatternFill("solid", fgColor="FFFDF3")
MISSING_FILL = PatternFill("solid", bgColor="FBE5DF")
_LINE = Side(style="thin", color="BDB6A6")
BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
WRAPPED = Alignment(wrap_text=True, vertical="center")
CENTRED = Alignment(wrap_text=True, vertical="center", horizontal="center")
OPEN = Protection(locked=False)
TEXT, NUMBER, DATE = "@", "General", 'yyyy"年"m"月"d"日"'


def put_text(cell: Any, text: str) -> None:
    """A text that stays one: what begins with = + - @ is no formula, neither here nor when it is edited."""
    cell.value = text
    cell.data_type = "s"
    if text[:1] in ("=", "+", "-", "@", "\t", "\r"):
        cell.quotePrefix = True


def put_label(cell: Any, text: str, font: Font = PLAIN, alignment: Alignment = WRAPPED) -> None:
    put_text(cell, text)
    cell.font, cell.alignment, cell.border = font, alignment, BOX


def make_input(cell: Any, number_format: str) -> None:
    cell.font, cell.alignment, cell.border = PLAIN, WRAPPED, BOX
    cell.fill, cell.protection, cell.number_format = INPUT_FILL, OPEN, number_format


def _validation(sheet: Any, kind: Any, hint: str, *, strict: bool, **limits: Any) -> DataValidation:
    found = DataValidation(type=kind, allow_blank=True, showErrorMessage=True, showInputMessage=bool(hint), **limits)
    # A warning can be waved through: 约30 and 12人 are read as they are meant.
    found.errorStyle = "stop" if strict else "warning"
    found.errorTitle, found.error = "请核对", hint[:220]
    found.promptTitle, found.prompt = None, hint[:220] or None
    sheet.add_data_validation(found)
    return found


class Validations:
    """The validations of one tab, one object a kind, so that the file stays small."""

    def __init__(self, sheet: Any) -> None:
        self._sheet = sheet
        self._made: dict[str, DataValidation] = {}

    def _add(self, key: str, cell: Any, kind: Any, hint: str, limits: dict[str, str], *, strict: bool = False) -> None:
        if key not in self._made:
            self._made[key] = _validation(self._sheet, kind, hint, strict=strict, **limits)
        self._made[key].add(cell.coordinate)

    def count(self, cell: Any) -> None:
        limits = {"operator": "between", "formula1": "0", "formula2": str(MAX_COUNT)}
        self._add("count", cell, "whole", "这里填不小于 0 的整数。没有的填 0，不知道的空着。", limits)

    def money(self, cell: Any) -> None:
        limits = {"operator": "greaterThanOrEqual", "formula1": "0"}
        self._add("money", cell, "decimal", "这里填金额的数字，计量单位选元或万元。", limits)

    def percent(self, cell: Any) -> None:
        limits = {"operator": "between", "formula1": "0", "formula2": "100"}
        self._add("percent", cell, "decimal", "这里填 0 到 100 的百分数，如 98.5。", limits)

    def year(self, cell: Any) -> None:
        limits = {"operator": "between", "formula1": "1949", "formula2": "2100"}
        self._add("year", cell, "whole", "这里填四位数的年份，如 2025。", limits)

    def date(self, cell: Any) -> None:
        first, last = (str((datetime.date(year, 1, 1) - datetime.date(1899, 12, 30)).days) for year in (1949, 2101))
        limits = {"operator": "between", "formula1": first, "formula2": last}
        self._add("date", cell, "date", "这里填日期，如 2025-12-1。", limits)

    def one_of(self, cell: Any, choices: tuple[str, ...]) -> None:
        """Short words without commas: they stand in the validation itself."""
        self._add("|".join(choices), cell, "list", "", {"formula1": f'"{",".join(choices)}"'}, strict=True)

    def one_of_range(self, cell: Any, reference: str) -> None:
        self._add(reference, cell, "list", "", {"formula1": reference}, strict=True)


def set_height(sheet: Any, row: int, texts: list[tuple[str, int]], *, least: int) -> None:
    """High enough for what stands in the row: (text, characters a line) each. Programs do not do it on opening."""
    lines = max(sum(-(-max(len(line), 1) // room) for line in text.split("\n")) for text, room in texts)
    sheet.row_dimensions[row].height = min(400.0, 6.0 + 14.0 * max(lines, least))


def mark_missing(sheet: Any, coordinate: str) -> None:
    """A required cell is tinted until it is filled in."""
    rule: Any = FormulaRule
    sheet.conditional_formatting.add(coordinate, rule(formula=[f"ISBLANK({coordinate})"], fill=MISSING_FILL))


def lay_out(sheet: Any, widths: tuple[float, ...], header_row: int, *, landscape: bool) -> None:
    """Column widths, frozen and repeated header, A4, everything on the page's width, labels protected."""
    for number, width in enumerate(widths):
        sheet.column_dimensions[chr(65 + number) if number < 26 else f"A{chr(65 + number - 26)}"].width = width
    if header_row:
        sheet.freeze_panes = sheet.cell(header_row + 1, 1)
        sheet.print_title_rows = f"1:{header_row}"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_options.horizontalCentered = landscape
    sheet.oddFooter.center.text = "&A　第 &P 页，共 &N 页"
    protection = sheet.protection
    # No password: it guards against slips, not against the owner.
    protection.sheet = True
    protection.formatColumns = protection.formatRows = protection.formatCells = False
    protection.insertRows = protection.sort = protection.autoFilter = False
