"""Expressions over facts in report.yaml: Jinja2's sandbox, no eval.

An expression names facts by label. While any fact it names is empty it has no value, so a rate
of a number nobody knows is simply absent.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import lru_cache

from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError, meta, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from assistant.facts.values import Row, Value


def total(rows: tuple[Row, ...] | None, column: str) -> Decimal | None:
    """The sum of a column of a table fact; None where a row has not the cell: what is there would pass for the whole.

    A Decimal even of counts: dividing two totals must not become binary.
    """
    cells = [Decimal(cell) for row in rows or () if isinstance(cell := row.get(column), int | Decimal)]
    return sum(cells, Decimal(0)) if cells and len(cells) == len(rows or ()) else None


_ENVIRONMENT = ImmutableSandboxedEnvironment(undefined=StrictUndefined)
FUNCTIONS: dict[str, Callable[..., object]] = {"合计": total}
_ENVIRONMENT.globals.clear()
_ENVIRONMENT.globals.update(FUNCTIONS)


@lru_cache(maxsize=1024)
def names_in(expression: str) -> frozenset[str]:
    """The facts that an expression names. Raises ValueError where it is no expression."""
    try:
        tree = _ENVIRONMENT.parse("{{ " + expression + " }}")
    except TemplateSyntaxError as error:
        raise ValueError(f"表达式“{expression}”写法有误：{error.message}") from error
    return frozenset(meta.find_undeclared_variables(tree) - FUNCTIONS.keys())


@lru_cache(maxsize=1024)
def columns_totalled(expression: str) -> frozenset[tuple[str, str]]:
    """Table fact and column of each ``合计(民兵分队, "实有人数")`` in an expression."""
    tree = _ENVIRONMENT.parse("{{ " + expression + " }}")
    found = set()
    for call in tree.find_all(nodes.Call):
        match call:
            case nodes.Call(node=nodes.Name(name=name), args=[nodes.Name(name=table), nodes.Const(value=str(column))]):
                if FUNCTIONS.get(name) is total:
                    found.add((table, column))
    return frozenset(found)


@lru_cache(maxsize=1024)
def _compiled(expression: str) -> Callable[..., object]:
    return _ENVIRONMENT.compile_expression(expression, undefined_to_none=False)


def _exact(value: object) -> object:
    """Integers as Decimal, so that a division of counts is decimal and not binary."""
    return Decimal(value) if isinstance(value, int) and not isinstance(value, bool) else value


def evaluate(expression: str, values: Mapping[str, Value | None]) -> object | None:
    """The expression's value, or None while a fact it names is empty or a divisor is zero.

    Raises:
        ValueError: the expression cannot be computed from facts of these types.
    """
    names = names_in(expression)
    context = {name: values.get(name) for name in names}
    if any(value is None for value in context.values()):
        return None
    try:
        return _compiled(expression)(**{name: _exact(value) for name, value in context.items()})
    except ArithmeticError:
        return None
    except (TypeError, TemplateError) as error:
        # A column total is None while the column is empty: arithmetic on it has no value either.
        if "NoneType" in str(error):
            return None
        raise ValueError(f"表达式“{expression}”无法计算：{error}") from error
