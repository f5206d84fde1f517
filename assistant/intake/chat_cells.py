"""Cells of a table's rows as a message tells them: the row that a name means, its column, what has to be asked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from assistant.facts.fields import FactField, FieldType
from assistant.facts.sheet import Fact
from assistant.facts.values import Row, table_rows
from assistant.intake.chat_making import Ask, Making
from assistant.intake.chat_names import column_meant
from assistant.intake.chat_rows import ToldRow, cells_of, columns_named, longer_name, row_named, row_names, within
from assistant.intake.chat_steps import Change
from assistant.intake.extract_figures import value_of_figure
from assistant.slots.numeral import Numeral

#: Signs of a word that is no part of a row's name by itself.
_SHORT = 2


class Cells(Making):
    """What is told of tables."""

    def cell(
        self, one: Numeral, begin: int, quote: str, signs: tuple[int, ...] = (), total: Numeral | None = None
    ) -> bool:
        """A row that the sheet has is known by its name: 应急排30人. ``total``: what a change came to."""
        left, lost = self._text[begin : one.start], self._reading.lost(one)
        for item in self._schema.fields:
            rows = table_rows(self.made.facts.get(item.label, Fact()).value)
            if item.type is not FieldType.TABLE or not rows:
                continue
            key = item.key_column.label
            names = [str(row.get(key) or "") for row in rows]
            # The sentence may have spoken of the row before: 应急排编制30，实有28.
            sentence = self._reading.sentence(begin)
            spoken = "" if row_named(names, left) else row_named(names, self._text[sentence:begin])
            meant = row_named(names, left) or spoken
            for row in rows:
                here = meant and str(row.get(key) or "") == meant
                if here and signs and self._ask_column(item, meant, one, left, quote):
                    return True
                column = (
                    column_meant(item, left, one, self._schema, only_named=bool(spoken) and not lost) if here else None
                )
                value = value_of_figure(one, FieldType(column.type)) if column is not None else None
                if column is None or not isinstance(value, int | Decimal):
                    continue
                longer = longer_name(self._text, sentence, meant, one.start, item)
                if longer is None or (longer and signs):
                    continue
                if longer:
                    self.ask_row(item, [meant], longer, {column.label: value}, quote)
                    return True
                name, doubt = meant, ""
                change = Change(f"{name}的{column.label}", row.get(column.label), column.measure, one, value, signs)
                if total is not None:
                    come = value_of_figure(total, FieldType(column.type))
                    if not isinstance(come, int | Decimal):
                        continue
                    value, doubt = come, replace(change, signs=(-1, 1)).unlike(come)
                elif signs:
                    made = self._changed(change, quote)
                    if made is None:
                        return True
                    value, doubt = made
                told = tuple({**other, column.label: value} if other is row else other for other in rows)
                had = self.made.facts[item.label]
                self.made = self.made.with_fact(item.label, replace(had, value=told))
                self.note_told(item.label, quote, doubt)
                return True
        return not signs and self._like_a_row(one, left, quote)

    def row_here(self, words: str) -> FactField | None:
        """The table that has the row which words name."""
        for item in self._schema.fields:
            if item.type is FieldType.TABLE:
                names = row_names(self.made.value(item.label), item.key_column.label)
                if row_named(names, words):
                    return item
        return None

    def row_of_table(self, one: Numeral) -> bool:
        """经费明细里训练保障改成8.5万: whether a table is named, and a row of it, in front of a figure."""
        left = self._reading.left(one)
        for item in self._schema.fields if self.row_here(left) else ():
            if item.type is FieldType.TABLE and any(name in left for name in (item.label, *item.aliases)):
                names = row_names(self.made.value(item.label), item.key_column.label)
                takes = column_meant(item, left, one, self._schema) is not None
                return takes and row_named(names, left.split(item.label)[-1]) != ""
        return False

    def _like_a_row(self, one: Numeral, left: str, quote: str) -> bool:
        """森林防火26人: a name that only comes near the one row is asked about."""
        name = re.split(r"[^一-龥]", left)[-1]
        for item in self._schema.fields if len(name) > _SHORT else ():
            if item.type is not FieldType.TABLE:
                continue
            key = item.key_column.label
            near = [row for row in table_rows(self.made.value(item.label)) if within(name, str(row.get(key) or ""))]
            column = column_meant(item, left, one, self._schema) if len(near) == 1 else None
            value = value_of_figure(one, FieldType(column.type)) if column is not None else None
            if column is not None and isinstance(value, int | Decimal):
                self.ask_row(item, [str(near[0].get(key))], name, {column.label: value}, quote)
                return True
        return False

    def _ask_column(self, item: FactField, name: str, one: Numeral, left: str, quote: str) -> bool:
        """应急排少了俩: 个 counts people as well as teams, so which column is less has to be asked."""
        counts = [column for column in item.columns[1:] if column.type is FieldType.COUNT]
        if self._reading.lost(one):
            counts = [column for column in counts if column.measure in ("人", "名")]
        if one.unit not in ("个", "") or len(counts) < 2 or columns_named(left, self._schema):
            return False
        word = (re.search("[多少]了?$", left) or re.search("(?:增加|减少)$", left) or [""])[0]
        verb = word or ("减少" if self._reading.steps(one) == (-1,) else "增加")
        says = {column.label: f"{name}{column.label}{verb}{one.text}" for column in counts}
        self.asks.append(Ask(quote, says, f"说的是“{name}”的哪一列？"))
        return True

    def ask_row(self, item: FactField, near: Sequence[str], name: str, row: Row, quote: str) -> None:
        """A row whose name may be another one's, or be new: which row the figures are for."""
        asked = self._rows_asked.setdefault((item.label, name), ({}, []))
        asked[0].update(row)
        asked[1].append(quote.strip())
        cells = cells_of(asked[0], item)
        says = {one: f"{one}{cells}" for one in near} | {f"另加“{name}”": f"{item.label}加一行：{name}，{cells}"}
        ask = Ask("，".join(asked[1]), says, f"“{item.label}”里已有{'、'.join(near)}，说的是它吗？")
        at = [number for number, one in enumerate(self.asks) if f"另加“{name}”" in one.says]
        self.asks[slice(at[0], at[0] + 1) if at else slice(len(self.asks), None)] = [ask]

    def put_row(self, told: ToldRow, words: str) -> None:
        """A row that is added, or told anew where the table has one of that name."""
        item, had = self._schema.by_label[told.label], self.made.facts.get(told.label, Fact())
        self.notes += told.wrong
        key, rows = item.key_column.label, table_rows(had.value)
        if told.cells:
            old = next((row for row in rows if row.get(key) == told.name), {key: told.name})
            made = (*(row for row in rows if row is not old), {**old, **told.cells})
            self.made = self.made.with_fact(told.label, replace(had, value=made))
            self.note_told(told.label, words, "")
