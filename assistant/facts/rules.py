"""Sheet rules: what must hold among the facts of a sheet, judged without any text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from assistant.facts.expressions import evaluate
from assistant.facts.fields import FieldType, Severity, SheetRule
from assistant.facts.sheet import FactSheet
from assistant.facts.values import Value, table_rows

#: What a slot's name must escape; the grammar itself lives above this package.
_SLOT_SPECIAL = re.compile(r"[{}|.\\]")


@dataclass(frozen=True)
class RuleViolation:
    """A rule that does not hold. ``message`` is slot text: its slots name the figures.

    Attributes:
        row: the name of the table row that breaks it; "" for a rule about the whole sheet.
    """

    rule: str
    severity: Severity
    facts: tuple[str, ...]
    message: str
    row: str = ""


def broken_rules(sheet: FactSheet) -> list[RuleViolation]:
    """Every rule of the schema that the sheet violates, in the order of the schema, then the built-in ones."""
    values = sheet.values()
    found = [violation for rule in sheet.schema.rules for violation in _violations(rule, sheet, values)]
    return found + _contradicted_derivations(sheet)


def _violations(rule: SheetRule, sheet: FactSheet, values: Mapping[str, Value | None]) -> Iterator[RuleViolation]:
    if any(values.get(label) is not None for label in rule.unless):
        return
    if rule.exact and any(sheet.fact(label).approximate for label in rule.facts):
        return
    if not rule.each:
        if _broken(rule, values):
            yield RuleViolation(rule.id, rule.severity, rule.facts, rule.message)
        return
    columns = sheet.schema.by_label[rule.each].columns
    for row in table_rows(values.get(rule.each)):
        # A column hides a fact of the same name; a cell that is empty leaves the rule unjudged.
        cells = {column.label: row.get(column.label, "") for column in columns}
        if _broken(rule, {**values, **{label: None if cell == "" else cell for label, cell in cells.items()}}):
            name = str(cells[columns[0].label])
            yield RuleViolation(rule.id, rule.severity, rule.facts, _name_row(rule, name), name)


def _name_row(rule: SheetRule, name: str) -> str:
    escaped = _SLOT_SPECIAL.sub(lambda found: "\\" + found.group(), name)
    return rule.message.replace(f"{{{{{rule.each}.*", f"{{{{{rule.each}.{escaped}")


def _broken(rule: SheetRule, values: Mapping[str, Value | None]) -> bool:
    verdict = evaluate(rule.expr, values)
    return verdict is not None and not verdict


def _contradicted_derivations(sheet: FactSheet) -> list[RuleViolation]:
    """A derived fact given by hand that its own inputs contradict."""
    found = []
    for label, derived in sheet.schema.derived_by_label.items():
        given, computed = sheet.facts.get(label), sheet.fact(label)
        if given is None or given.empty or computed is given or isinstance(given.value, str | tuple):
            continue
        tolerance = Decimal("0.1") if derived.type is FieldType.PERCENT else Decimal(0)
        assert isinstance(given.value, int | Decimal)
        assert isinstance(computed.value, int | Decimal)
        if abs(Decimal(given.value) - Decimal(computed.value)) > tolerance:
            found.append(
                RuleViolation(
                    "derived", "error", (label,), f"“{label}”填的是{given.value}，按其他事实计算是{{{{{label}}}}}"
                )
            )
    return found
