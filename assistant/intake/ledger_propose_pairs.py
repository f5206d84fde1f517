"""Proposes a ledger of labels with their values beside them: where the labels are, and what the columns beside hold."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from assistant.intake import ledger_words as words
from assistant.intake.ledger_choices import distinct, with_fact
from assistant.intake.ledger_layout import Layout
from assistant.intake.ledger_match import Matcher
from assistant.intake.ledger_parts import part_of_year
from assistant.intake.ledger_types import Choice, Column, LedgerMapping
from assistant.intake.workbook_grid import column_letters

#: A form with a label in each row is no longer than this.
_MOST_LABELS = 500


@dataclass
class _Roles:
    """Columns right of the labels, 0 for none.

    Attributes:
        values: those that may hold the values, the proposed one first.
        doubt: why the first may be wrong; ``unsure``: why a person must choose among them.
        side: whether a village or unit stands over each of them.
    """

    last: int = 0
    unit: int = 0
    note: int = 0
    values: list[int] = field(default_factory=list)
    doubt: str = ""
    unsure: str = ""
    side: bool = False


def propose_pairs(layout: Layout, matcher: Matcher) -> LedgerMapping | None:
    # As many rows as a form has; the names of five thousand people are not each held against every fact.
    looked_at = layout.rows[:_MOST_LABELS]
    scores = {
        column: sum(
            _sure(matcher, layout.grid.text(row, column)) for row in looked_at if not layout.is_number(row, column)
        )
        for column in layout.columns[:6]
    }
    labels = max(scores, key=lambda column: scores[column], default=0)
    if not scores.get(labels) or (scores[labels] < 2 and not _alone(layout, labels, matcher)):
        return None
    first = _first(layout, labels, matcher)
    roles = _roles(layout, labels, first)
    value = roles.values[0]
    line = layout.unit_above(first)
    heads = {column: _head(layout, first, column) for column in {*roles.values, roles.last} - {0}}
    units = {column: unit for column, head in heads.items() if (unit := words.without_money_unit(head)[1])}
    choices = []
    for row in layout.rows:
        label = layout.grid.text(row, labels)
        if row < first or not label or layout.is_number(row, labels) or words.total_word(label):
            continue
        sample = layout.grid.text(row, value)
        choice = Choice(
            words.normal(label), label, labels, row, layout.grid.place(row, labels), (sample,) if sample else ()
        )
        unit = layout.grid.text(row, roles.unit) if roles.unit else ""
        told = with_fact(choice, [label], matcher, units.get(value, line), unit)
        choices.append(replace(told, doubt=told.doubt or roles.doubt) if told.fact else told)
    return LedgerMapping(
        layout.grid.name,
        "pairs",
        0,
        first - 1,
        distinct(choices),
        value_column=value,
        last_column=roles.last,
        unit_column=roles.unit,
        note_column=roles.note,
        columns=tuple(Column(at, column_letters(at), heads[at]) for at in sorted(roles.values)),
        column_units=units,
        unsure=roles.unsure,
        across=roles.side,
        may_be_across=len(roles.values) > 1 and len(layout.rows) <= _MOST_LABELS,
        unit=line,
    )


def _sure(matcher: Matcher, text: str) -> bool:
    return bool(text) and (match := matcher.match(text)) is not None and match.sure > 0.9


def _alone(layout: Layout, labels: int, matcher: Matcher) -> bool:
    """Whether one fact is all that a sheet tells: 项目 and 数值 stand over it, or no other row has a figure."""
    (row,) = [row for row in layout.rows[:_MOST_LABELS] if _sure(matcher, layout.grid.text(row, labels))]
    right = [column for column in layout.columns if column > labels and layout.grid.text(row, column)]
    if not right:
        return False
    above = [{words.normal(layout.grid.text(one, at)) for at in layout.columns} for one in layout.rows if one < row]
    if any(map(words.heads_pairs, above)):
        return True
    with_figures = [one for one in layout.rows if any(layout.is_number(one, at) for at in layout.columns)]
    return with_figures == [row]


def _first(layout: Layout, labels: int, matcher: Matcher) -> int:
    """The first label: one that is surely a fact's, or stands with a figure over one that is. A title has no figure."""
    rows = list(layout.rows)
    at = next(place for place, row in enumerate(rows) if _sure(matcher, layout.grid.text(row, labels)))
    right = [column for column in layout.columns if column > labels]
    while at and layout.grid.text(rows[at - 1], labels):
        figures = [layout.grid.text(rows[at - 1], column) for column in right if layout.is_number(rows[at - 1], column)]
        if not figures or all(words.years(text) for text in figures):
            break
        at -= 1
    return rows[at]


def _head(layout: Layout, first: int, column: int) -> str:
    above = [row for row in layout.rows if row < first][-2:]
    return "".join(layout.grid.text(row, column) for row in above)


def _roles(layout: Layout, labels: int, first: int) -> _Roles:
    """What the columns right of the labels hold: by the header over them; without one, the first holds values."""
    roles = _Roles()
    rows = [row for row in layout.rows if row >= first]
    right = [column for column in layout.columns if column > labels]
    heads = {column: _head(layout, first, column) for column in right}
    plain, told, dated, parts = [], [], {}, []
    for column, head in heads.items():
        name, kind = words.normal(head), words.kind_of_figures(head)
        if kind == "last" or (not kind and words.says_last_year(head)):
            roles.last = roles.last or column
        elif kind:
            continue
        elif name in words.UNIT_HEADERS:
            roles.unit = roles.unit or column
        elif name in words.NOTE_HEADERS:
            roles.note = roles.note or column
        elif name in words.VALUE_HEADERS or words.total_name(head):
            told.append(column)
        elif part_of_year(head):
            parts.append(column)
        elif words.years(head):
            dated[column] = max(words.years(head))
        else:
            plain.append(column)
    if not roles.unit:
        # A column with nothing but units needs no header.
        cells = {column: [text for row in rows if (text := layout.grid.text(row, column))] for column in plain}
        roles.unit = next((column for column, texts in cells.items() if texts and all(map(words.is_unit, texts))), 0)
        plain = [column for column in plain if column != roles.unit]
    if dated and not told:
        newest = max(dated.values())
        told = [column for column, year in dated.items() if year == newest]
        roles.last = roles.last or next((column for column, year in dated.items() if year == newest - 1), 0)
    counted = [column for column in [*plain, *parts] if _figures(layout, rows, column)]
    totals = [column for column in told if words.total_name(heads[column])]
    told = totals or told
    if len(told) == 1 and not [column for column in counted if column in plain]:
        roles.values = told
        return roles
    if len(told) == 1:
        where = column_letters(told[0])
        roles.doubt = f"右边有 {len(counted) + 1} 列数，只取了 {where} 列，请核对是不是要的那一列"
        roles.values = [*told, *counted]
    elif told:
        roles.values = [*told, *counted]
    else:
        roles.values = counted or [*plain, *parts] or [labels + 1]
    roles.side = _places([heads[column] for column in counted]) and (not told or bool(totals))
    if len(roles.values) > 1 and len(told) != 1:
        several = counted if not told else roles.values
        letters = "、".join(map(column_letters, several[:4])) + ("等" if len(several) > 4 else "")
        roles.unsure = f"{letters} {len(several)} 列都是数，看不出取哪一列" if len(several) > 1 else ""
    if not told and not counted:
        # Texts only: the first column beside the labels holds them.
        roles.values, roles.unsure = roles.values[:1], ""
    return roles


def _figures(layout: Layout, rows: list[int], column: int) -> bool:
    return sum(layout.is_number(row, column) for row in rows) >= min(2, len(rows))


def _places(heads: list[str]) -> bool:
    """Whether villages or units stand over the columns."""
    return bool(heads) and sum(words.is_place(words.without_money_unit(head)[0]) for head in heads) * 2 > len(heads)
