"""Rules among the facts as findings: what the sheet itself contradicts, whatever the text says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.checks.finding import Finding
from assistant.facts.expressions import columns_totalled
from assistant.facts.fields import FactField, FieldType, Severity, TableColumn
from assistant.facts.formatting import plain_text
from assistant.facts.rules import broken_rules
from assistant.facts.sheet import FactSheet
from assistant.facts.totals import totals_among, why_no_row
from assistant.facts.values import Row, table_rows
from assistant.slots.render import render_text


def sheet_findings(sheet: FactSheet) -> list[Finding]:
    """Totals among the rows, every violated rule with both figures, and then what no rule of the type speaks of."""
    return [*_totals(sheet), *_broken(sheet), *_gaps(sheet), *_bare_counts(sheet), *_rough(sheet)]


def _totals(sheet: FactSheet) -> list[Finding]:
    """Rows that add up others: what is worked out of the table counts them once more."""
    found = []
    for item in sheet.schema.fields:
        for name in totals_among(sheet.value(item.label), item):
            message = f"“{item.label}”里有一行“{name}”，它的数会再加一遍：{why_no_row(name)}。"
            found.append(Finding("rule.total-row", "error", message, facts=(item.label,)))
    return found


def _broken(sheet: FactSheet) -> list[Finding]:
    return [
        Finding(
            rule=f"rule.{broken.rule}",
            severity=broken.severity,
            message=_sentence(render_text(broken.message, sheet)),
            facts=broken.facts,
        )
        for broken in broken_rules(sheet)
    ]


def _gaps(sheet: FactSheet) -> list[Finding]:
    """Cells that a total lacks, so that neither it nor what is worked out of it is printed."""
    totalled = {place for derived in sheet.schema.derived for place in columns_totalled(derived.expr)}
    found = []
    for item, column in _columns(sheet):
        rows = table_rows(sheet.value(item.label))
        lacking = [row for row in rows if row.get(column.label) is None]
        if (item.label, column.label) in totalled and len(lacking) < len(rows):
            found += _lack(item, lacking, column.label, "合计和由它算出的比例都不写；填上就有了")
    return found


def _bare_counts(sheet: FactSheet) -> list[Finding]:
    """Figures of a table whose measure word the row does not give: 桌签30 would be printed."""
    found = []
    for item, column in _columns(sheet):
        if column.measure_from:
            rows = [row for row in table_rows(sheet.value(item.label)) if row.get(column.label)]
            lacking = [row for row in rows if not row.get(column.measure_from)]
            found += _lack(item, lacking, column.measure_from, "正文里只有数，请填上")
    return found


def _columns(sheet: FactSheet) -> Iterator[tuple[FactField, TableColumn]]:
    return ((item, column) for item in sheet.schema.fields for column in item.columns)


def _lack(item: FactField, rows: Sequence[Row], column: str, so: str) -> list[Finding]:
    """One finding that names the rows in which a column is empty; none where there are none."""
    if not rows:
        return []
    said = "、".join(f"“{row.get(item.key_column.label, '')}”" for row in rows)
    return [Finding("rule.gap", "warning", f"“{item.label}”中{said}没有填“{column}”，{so}。", facts=(item.label,))]


def _rough(sheet: FactSheet) -> list[Finding]:
    """余 and 多 stand behind round figures: 60余人, never 65余人."""
    found = []
    for item in sheet.schema.fields:
        fact = sheet.fact(item.label)
        value = fact.value if item.type is FieldType.COUNT and isinstance(fact.value, int) else 0
        if fact.approximate in ("余", "多") and value % 10:
            shown = plain_text(value, item, fact.approximate)
            message = f"“{item.label}”填的是“{shown}”，“{fact.approximate}”前面宜用整十的数；有准数的，请去掉概数。"
            # 3余名 is no figure of speech at all.
            severity: Severity = "hint" if value >= 10 else "warning"
            found.append(Finding("rule.rough", severity, message, facts=(item.label,)))
    return found


def _sentence(text: str) -> str:
    return text if text.endswith(("。", "！", "？")) else f"{text}。"
