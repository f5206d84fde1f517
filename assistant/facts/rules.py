"""Sheet rules: what must hold among the facts of a sheet, judged without any text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from assistant.facts.expressions import evaluate
from assistant.facts.fields import FieldType, Severity, SheetRule
from assistant.facts.sheet import FactSheet
from assistant.facts.values import Value


@dataclass(frozen=True)
class RuleViolation:
    """A rule that does not hold. ``message`` is slot text: its slots name the figures."""

    rule: str
    severity: Severity
    facts: tuple[str, ...]
    message: str


def broken_rules(sheet: FactSheet) -> list[RuleViolation]:
    """Every rule of the schema that the sheet violates, in the order of the schema, then the built-in ones."""
    values = sheet.values()
    found = [
        RuleViolation(rule.id, rule.severity, rule.facts, rule.message)
        for rule in sheet.schema.rules
        if _broken(rule, values)
    ]
    return found + _contradicted_derivations(sheet)


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
