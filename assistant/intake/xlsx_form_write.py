"""Writes a form in Excel: a tab for each group of facts and for each table, ready to be filled in and printed."""

from __future__ import annotations

import datetime
import io
import re
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from assistant.errors import SheetError, SheetProblem
from assistant.facts import formatting
from assistant.facts.fields import FactField, FactSchema, FieldType
from assistant.facts.sheet import Fact, FactSheet
from assistant.facts.values import Approximation, Row, Value, list_items
from assistant.intake import xlsx_form_layout as layout
from assistant.intake import xlsx_form_style as style
from assistant.intake.workbook import META_SHEET
from assistant.reports.types import ReportType, Shape

#: What a cell of Excel holds.
MAX_CELL_CHARACTERS = 32_767
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_FIRST_DATE = datetime.date(1900, 3, 1)
_FACT_HEADER_ROW = 3
_WIDTHS = (13.0, 19.0, 26.0, 8.0, 6.0, 10.0, 38.0, 12.0, 12.0)


def write_form(report_type: ReportType, shape: Shape, sheet: FactSheet) -> bytes:
    """The sheet as an .xlsx form, filled in with what it holds; ``read_form`` reads the same facts back.

    Two things a cell cannot hold come back otherwise: a list item of several lines as several items, a text's
    surrounding spaces not at all.

    Raises:
        SheetError: a text is longer than a cell can hold.
    """
    return _Writer(report_type, shape, sheet).write()


class _Writer:
    def __init__(self, report_type: ReportType, shape: Shape, sheet: FactSheet) -> None:
        self.report_type = report_type
        self.shape = shape
        self.sheet = sheet
        self.schema: FactSchema = sheet.schema
        self.book = Workbook()
        self.problems: list[SheetProblem] = []
        self.choices: dict[str, str] = {}

    def write(self) -> bytes:
        help_tab: Any = self.book.active
        help_tab.title = layout.HELP_TAB
        self._help(help_tab)
        meta = self.book.create_sheet(META_SHEET)
        self._meta(meta)
        used = layout.used_labels(self.shape, self.schema)
        tables: list[tuple[str, FactField, bool]] = []
        for item in self.schema.fields:
            if item.type is FieldType.TABLE:
                tables.append((item.label, item, False))
                if self.sheet.fact(item.label).last_year:
                    tables.append((item.label + layout.LAST_YEAR_MARK, item, True))
        groups = list(self.schema.groups)
        extra = {derived.group or "其他" for derived in layout.given_derived(self.sheet)} - set(groups)
        groups.extend(sorted(extra))
        taken = {layout.HELP_TAB.lower(), META_SHEET.lower()}
        names = layout.tab_names([*groups, *(title for title, _, _ in tables)], taken)
        tabs = {title: names[len(groups) + number] for number, (title, _, _) in enumerate(tables)}
        for name, group in zip(names, groups, strict=False):
            self._group(self.book.create_sheet(name), group, used, tabs)
        for title, item, last in tables:
            self._table(self.book.create_sheet(tabs[title]), title, item, last=last)
        self.book.move_sheet(meta, len(self.book.sheetnames))
        meta.sheet_state = "veryHidden"
        self.book.security.lockStructure = True
        if self.problems:
            raise SheetError(self.problems)
        out = io.BytesIO()
        self.book.save(out)
        return out.getvalue()

    # ---- the tabs

    def _help(self, tab: Any) -> None:
        style.put_text(tab["A1"], f"{self.report_type.name}　{self.shape.name}　事实表")
        tab["A1"].font = style.TITLE
        lines = (
            "1. 浅黄色的格子由您填写，其他格子不用动。下面每一页是一组，填哪几页由您和同事分工。“填表单位”写一页就行。",
            "2. 标“必填”的先填；没填时格子是浅红色。",
            "3. 不知道的空着。确实是零的请填 0，空着不会当作 0。",
            "4. 金额填数字，再在“计量单位”里选元或万元。",
            "5. 不是准数的，在“概数”里选余、多、近、约，如 2000 选“余”，印成“2000余份”。",
            "6. “去年”填去年的数，报告里就能写同比增减；没有就空着。",
            "7. 一件事有几条的，一格写一条。表格类的（如名单、明细）各有一页，一行一项。",
            "8. “来源”写这个数从哪里来，“备注”写要提醒的话；两项都不会印进报告。",
            "9. 填完保存，在“事实”页载入，或交给汇总的同事。有填错的地方，会指出是哪一页哪一格。",
        )
        for number, line in enumerate(lines, 3):
            style.put_text(tab.cell(number, 1), line)
            tab.cell(number, 1).font, tab.cell(number, 1).alignment = style.PLAIN, style.WRAPPED
            style.set_height(tab, number, [(line, 42)], least=1)
        style.lay_out(tab, (90.0,), 0, landscape=False)

    def _meta(self, tab: Any) -> None:
        rows = (
            (layout.FORM, layout.FORM_VERSION),
            ("report_type", self.report_type.key),
            ("shape", self.shape.key),
            ("schema", layout.schema_version(self.schema)),
        )
        for number, row in enumerate(rows, 1):
            for column, text in enumerate(row, 1):
                style.put_text(tab.cell(number, column), text)
        choosing = [item for item in self.schema.fields if item.type is FieldType.CHOICE]
        for column, item in enumerate(choosing, 4):
            for number, choice in enumerate(item.choices, 1):
                style.put_text(tab.cell(number, column), choice)
            letter = get_column_letter(column)
            self.choices[item.label] = f"'{META_SHEET}'!${letter}$1:${letter}${len(item.choices)}"
        tab.protection.sheet = True

    def _group(self, tab: Any, group: str, used: frozenset[str], tabs: dict[str, str]) -> None:
        style.put_text(tab["A1"], group)
        tab["A1"].font = style.TITLE
        style.put_text(tab["G1"], f"{self.report_type.name}　{self.shape.name}")
        tab["G1"].font = style.SMALL
        # Cells of their own: on a protected tab nobody can write behind a label.
        for label, cell, last, text in (("A2", "B2", "C2", layout.FILLED_BY), ("D2", "F2", "G2", layout.FILLED_IN_BY)):
            style.put_text(tab[label], f"{text}：")
            tab[label].font = style.SMALL
            for place in (cell, last):
                style.make_input(tab[place], style.TEXT)
            tab.merge_cells(f"{cell}:{last}")
        for column, header in enumerate(layout.HEADERS, 1):
            cell = tab.cell(_FACT_HEADER_ROW, column)
            style.put_label(cell, header, style.BOLD, style.CENTRED)
            cell.fill = style.HEADER_FILL
        checks = style.Validations(tab)
        row = _FACT_HEADER_ROW + 1
        fields = layout.rows_of_group(group, self.schema, self.shape, used)
        for derived in layout.given_derived(self.sheet):
            if (derived.group or "其他") == group:
                fields.append(FactField(label=derived.label, type=derived.type, group=group, measure=derived.measure))
        for item in fields:
            row = self._fact(tab, row, item, checks, used, tabs)
        style.lay_out(tab, _WIDTHS, _FACT_HEADER_ROW, landscape=True)

    def _fact(
        self, tab: Any, row: int, item: FactField, checks: style.Validations, used: frozenset[str], tabs: dict[str, str]
    ) -> int:
        fact = self.sheet.facts.get(item.label, Fact())
        must = self.shape.key in item.required_by
        state = "必填" if must else "选填" if item.label in used else "本样式不用，可不填"
        lines = 1
        items: tuple[object, ...] = ()
        if item.type is FieldType.LIST:
            items = list_items(fact.value)
            lines = max(layout.LIST_LINES, len(items) + 2)
        for number in range(1, lines + 1):
            label = layout.line_label(item.label, number) if item.type is FieldType.LIST else item.label
            at = row + number - 1
            style.put_label(tab.cell(at, 1), f"{item.group}·{state}", style.REQUIRED if must else style.SMALL)
            style.put_label(tab.cell(at, 2), label, style.BOLD if must else style.PLAIN)
            cell = tab.cell(at, 3)
            if item.type is FieldType.TABLE:
                style.put_label(cell, f"填在“{tabs[item.label]}”页", style.SMALL)
            else:
                style.make_input(cell, style.TEXT)
            for column in (4, 5, 6):
                style.put_label(tab.cell(at, column), "", style.SMALL, style.CENTRED)
            hint = self._hint(item, state) if number == 1 else "同上"
            style.put_label(tab.cell(at, 7), hint, style.SMALL)
            roomy = item.type in (FieldType.LIST, FieldType.TEXT)
            given = items[number - 1] if number <= len(items) else fact.value if isinstance(fact.value, str) else ""
            style.set_height(tab, at, [(hint, 24), (str(given), 12), (label, 9)], least=2 if roomy else 1)
            for column, text in ((8, fact.source), (9, fact.note)):
                style.make_input(tab.cell(at, column), style.TEXT)
                self._text(tab.cell(at, column), text if number == 1 else "")
        if item.type is FieldType.LIST:
            for number, line in enumerate(items):
                self._text(tab.cell(row + number, 3), str(line))
        elif item.type is not FieldType.TABLE:
            self._value(tab, row, item, fact, checks)
        if must:
            style.mark_missing(tab, f"C{row}")
        return row + lines

    def _value(self, tab: Any, row: int, item: FactField, fact: Fact, checks: style.Validations) -> None:
        cell, unit_cell = tab.cell(row, 3), tab.cell(row, 4)
        if item.type is FieldType.CHOICE:
            checks.one_of_range(cell, self.choices[item.label])
        if not item.type.numeric:
            self._cell(cell, item.type, fact.value, "", checks)
            return
        unit = ""
        if item.type is FieldType.MONEY:
            unit = _unit_of(fact.value) or _unit_of(fact.last_year)
            style.make_input(unit_cell, style.TEXT)
            self._text(unit_cell, unit)
            checks.one_of(unit_cell, layout.MONEY_UNITS)
        else:
            style.put_text(unit_cell, "%" if item.type is FieldType.PERCENT else item.measure)
        self._cell(cell, item.type, fact.value, unit, checks)
        word, last = tab.cell(row, 5), tab.cell(row, 6)
        style.make_input(word, style.TEXT)
        self._text(word, fact.approximate)
        checks.one_of(word, layout.APPROXIMATIONS)
        if fact.last_approximate and isinstance(fact.last_year, int | Decimal):
            style.make_input(last, style.TEXT)
            self._text(last, _with_word(fact.last_year, unit, fact.last_approximate))
        else:
            self._cell(last, item.type, fact.last_year, unit, checks)

    def _table(self, tab: Any, title: str, item: FactField, *, last: bool) -> None:
        fact = self.sheet.facts.get(item.label, Fact())
        value = fact.last_year if last else fact.value
        rows: list[Row] = [row for row in value if not isinstance(row, str)] if isinstance(value, tuple) else []
        style.put_text(tab["A1"], title)
        tab["A1"].font = style.TITLE
        style.put_text(tab["A2"], "一行一项。" + "；".join(part for part in (item.meaning, item.hint) if part))
        tab["A2"].font = style.SMALL
        checks = style.Validations(tab)
        units: dict[str, str] = {}
        for number, column in enumerate(item.columns, 1):
            header = tab.cell(layout.TABLE_HEADER_ROW, number)
            measure = f"（{column.measure}）" if column.measure else ""
            style.put_label(header, column.label + measure, style.BOLD, style.CENTRED)
            header.fill = style.HEADER_FILL
            if column.type is FieldType.MONEY:
                amounts = [row.get(column.label) for row in rows]
                units[column.label] = "元" if any(_unit_of(one) == "元" for one in amounts) else "万元" if rows else ""
                cell = tab.cell(layout.TABLE_UNIT_ROW, number)
                style.make_input(cell, style.TEXT)
                self._text(cell, units[column.label])
                checks.one_of(cell, layout.MONEY_UNITS)
                if number > 1:
                    style.put_label(tab.cell(layout.TABLE_UNIT_ROW, number - 1), "右边选金额的计量单位 →", style.SMALL)
        for at in range(max(layout.TABLE_ROWS, len(rows) + 10)):
            for number, column in enumerate(item.columns, 1):
                given = rows[at].get(column.label) if at < len(rows) else None
                cell = tab.cell(layout.TABLE_HEADER_ROW + 1 + at, number)
                self._cell(cell, column.type, given, units.get(column.label, ""), checks)
        widths = tuple(34.0 if column.type is FieldType.TEXT else 16.0 for column in item.columns)
        style.lay_out(tab, (max(24.0, widths[0]), *widths[1:]), layout.TABLE_HEADER_ROW, landscape=len(widths) > 4)

    # ---- cells

    def _cell(self, cell: Any, kind: FieldType, value: Value | None, unit: str, checks: style.Validations) -> None:
        formats = {FieldType.DATE: style.DATE, FieldType.TEXT: style.TEXT, FieldType.CHOICE: style.TEXT}
        style.make_input(cell, formats.get(kind, style.NUMBER))
        check = {
            FieldType.COUNT: checks.count,
            FieldType.MONEY: checks.money,
            FieldType.PERCENT: checks.percent,
            FieldType.YEAR: checks.year,
            FieldType.DATE: checks.date,
        }.get(kind)
        if check:
            check(cell)
        match value:
            case None | "":
                return
            case datetime.date() if value >= _FIRST_DATE:
                cell.value = value
            case datetime.date():
                self._text(cell, formatting.date(value))
            case int() | Decimal():
                amount = Decimal(value) / formatting.MONEY_SCALES[unit] if unit else Decimal(value)
                # Excel keeps 15 digits; more are kept as a text, which reads back whole.
                if len(amount.normalize().as_tuple().digits) > 15:
                    self._text(cell, formatting.digits(amount))
                else:
                    cell.value = int(amount) if amount == amount.to_integral_value() else amount
            case _:
                self._text(cell, str(value))

    def _text(self, cell: Any, text: str) -> None:
        if not text:
            return
        if len(text) > MAX_CELL_CHARACTERS:
            place = f"{cell.parent.title}!{cell.coordinate}"
            expected = f"不超过 {MAX_CELL_CHARACTERS} 字"
            self.problems.append(SheetProblem("", f"文字有 {len(text)} 字，一格放不下", expected, place=place))
            return
        style.put_text(cell, _ESCAPE.sub("_x005F_", text))

    @staticmethod
    def _hint(item: FactField, state: str) -> str:
        must = "必填。" if state == "必填" else ""
        parts = [layout.expectation(item) if item.type is not FieldType.TABLE else "", item.meaning, item.hint]
        return must + "；".join(part for part in parts if part)


def _with_word(value: int | Decimal, unit: str, word: Approximation) -> str:
    """A 概数 as it is typed beside its unit: 7.5余, 约7.5."""
    number = formatting.digits(Decimal(value) / formatting.MONEY_SCALES[unit] if unit else Decimal(value))
    return f"{word}{number}" if word in ("近", "约") else f"{number}{word}"


def _unit_of(value: Value | None) -> str:
    """The unit in which a person would write an amount; 元 where it would need more than two decimals otherwise."""
    if not isinstance(value, int | Decimal):
        return ""
    text = formatting.money(Decimal(value))
    return next(unit for unit in ("亿元", "万元", "元") if text.endswith(unit))
