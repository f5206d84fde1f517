"""Proposes how each sheet of a ledger is to be read; a person confirms it once, then it is remembered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from pathlib import PurePath
from typing import Any

from assistant.facts.fields import FactField, FactSchema, FieldType
from assistant.facts.tables import shortened
from assistant.intake import ledger_words as words
from assistant.intake.extract_figures import alike
from assistant.intake.ledger_layout import Layout
from assistant.intake.ledger_match import Matcher
from assistant.intake.ledger_people import or_people
from assistant.intake.ledger_types import Choice, LedgerMapping, MappingMemory
from assistant.intake.workbook_grid import Book
from assistant.intake.xlsx_form_cells import in_figures

SAMPLES = 3
#: So many rows tell what a column holds.
_LOOK_AT = 40
#: A form with a label in each row is no longer than this.
_MOST_LABELS = 500


def propose(
    book: Book, schema: FactSchema, memory: MappingMemory | None = None, report_type: str = ""
) -> tuple[LedgerMapping, ...]:
    """A mapping for every visible sheet in which facts were recognised, best first; () where none was.

    Args:
        memory: where confirmed mappings are kept; a ledger with known headers comes back ``confirmed``.
    """
    matcher = Matcher(schema)
    found = []
    for grid in book.grids:
        if grid.hidden or not grid.rows:
            continue
        mapping = propose_sheet(Layout(grid), matcher, PurePath(book.name).stem)
        if mapping is not None:
            found.append(mapping)
    return remembered(found, schema, memory, report_type) if memory else _best_first(found)


def remembered(
    mappings: Iterable[LedgerMapping], schema: FactSchema, memory: MappingMemory, report_type: str
) -> tuple[LedgerMapping, ...]:
    """With what a person confirmed before for the same headers, best first."""
    found = []
    for mapping in mappings:
        text = memory.ledger_mapping(report_type, mapping.fingerprint)
        found.append(mapping.remembered(text, list(schema.by_label)) if text else mapping)
    return _best_first(found)


def _best_first(found: Iterable[LedgerMapping]) -> tuple[LedgerMapping, ...]:
    return tuple(sorted(found, key=lambda mapping: -sum(choice.sure for choice in mapping.taken)))


def propose_sheet(layout: Layout, matcher: Matcher, file: str = "") -> LedgerMapping | None:
    """The form that recognises most of a sheet; None where nothing in it is known.

    Args:
        file: the file's name, which may be the only title that a list has.
    """
    proposals = [_pairs(layout, matcher)]
    header = layout.header(matcher.is_name) if layout.rows else None
    if header:
        proposals += [_units(layout, *header, matcher), *_rows(layout, *header, matcher)]
    worth = [(sum(choice.sure for choice in found.taken), found) for found in proposals if found and found.taken]
    best = max(worth, key=lambda pair: pair[0])[1] if worth else None
    return or_people(layout, best, header, matcher.schema, file) if header else best


# ---- a row for each village, facts as columns


def _units(layout: Layout, top: int, bottom: int, matcher: Matcher) -> LedgerMapping:
    names = _name_column(layout, top, bottom)
    choices = []
    for column in layout.columns:
        titles = layout.titles(top, bottom, column)
        if column == names or not titles or words.normal(titles[-1]) in words.SERIAL_HEADERS:
            continue
        choice = _choice(layout, bottom, column, titles)
        choices.append(_with_fact(choice, titles, matcher, layout.unit_above(top)))
    return LedgerMapping(layout.grid.name, "units", top, bottom, _distinct(_of_years(choices)), names)


def _name_column(layout: Layout, top: int, bottom: int) -> int:
    """The column that names villages or units: by its header, else the first whose texts all differ; 0 for none."""
    rows = layout.below(bottom)[:_LOOK_AT]
    texts_only = [
        column
        for column in layout.columns
        if rows and not any(layout.is_number(row, column) for row in rows) and layout.text(rows[0], column)
    ]
    for column in texts_only:
        if any(words.normal(title) in words.NAME_HEADERS for title in layout.titles(top, bottom, column)):
            return column
    different = (column for column in texts_only if len({layout.text(row, column) for row in rows}) == len(rows))
    return next(different, 0)


def _choice(layout: Layout, row: int, column: int, titles: list[str]) -> Choice:
    samples = [text for row in layout.below(row)[:_LOOK_AT] if (text := layout.grid.text(row, column))]
    header = " ".join(titles)
    shown = tuple(samples[:SAMPLES])
    return Choice(words.normal(header), header, column, row, layout.grid.place(row, column), shown)


def _with_fact(choice: Choice, titles: list[str], matcher: Matcher, above: str, beside: str = "") -> Choice:
    """The fact that the header names: its last line first, then all lines together.

    Args:
        above: the unit over the whole table; ``beside``: the one in a cell of its own.
    """
    unit = beside or next((unit for title in reversed(titles) if (unit := words.without_unit(title)[1])), "")
    last = any(words.says_last_year(title) for title in titles)
    told = [words.without_unit(title)[0] for title in titles if not words.is_unit(title)]
    unit = unit or next((title.strip("()（） ") for title in titles if words.is_unit(title)), "")
    candidates = [*reversed(told), "".join(told)]
    matches = [match for text in candidates if text and (match := matcher.match(text))]
    best = max(matches, key=lambda match: match.sure, default=None)
    choice = replace(choice, unit=unit, last_year=last)
    if best is None:
        return choice
    if best.derived:
        return replace(choice, doubt=f"“{best.label}”由程序按其他事实计算，不用导入")
    item = matcher.schema.by_label[best.label]
    if item.type is FieldType.TABLE:
        return choice
    misfit = _misfit(item, choice)
    if best.how and misfit:
        # 民兵训练, 12天 is only like 民兵训练经费.
        return choice
    doubt = best.how or misfit
    if item.type is FieldType.MONEY and not unit:
        choice = replace(choice, unit=above)
        if not above and not doubt and not all(text.endswith(("元", "万", "亿")) for text in choice.samples):
            doubt = f"“{choice.header}”没有写单位，按元计，请核对"
    return replace(choice, fact=best.label, sure=best.sure, doubt=doubt)


def _misfit(item: FactField, choice: Choice) -> str:
    """A header that names one thing over cells that are another."""
    numeric = [any(sign.isdigit() for sign in text) or in_figures(text) != text for text in choice.samples]
    if item.type.numeric and choice.samples and not any(numeric):
        return f"“{choice.header}”写的是“{shortened(choice.samples[0])}”，“{item.label}”应是数"
    small = [text for text in choice.samples if text.replace(".", "", 1).isdigit() and float(text) <= 1]
    if item.type is FieldType.PERCENT and choice.unit != "%" and small and len(small) == len(choice.samples):
        return f"“{choice.header}”都不大于 1，像是没有写成百分数，请核对"
    measures = alike((item.measure, *item.measures)) | {f"万{item.measure}"}
    if item.type is FieldType.COUNT and choice.unit and choice.unit not in measures:
        return f"“{choice.header}”的单位是{choice.unit}，“{item.label}”的单位是{item.measure or '个'}"
    if item.type is FieldType.MONEY and choice.unit and not choice.unit.endswith("元"):
        return f"“{choice.header}”的单位是{choice.unit}，“{item.label}”是金额"
    return ""


def _of_years(choices: list[Choice]) -> list[Choice]:
    """Columns of two years: the older one holds last year's figures."""
    told = {choice.key: year for choice in choices for year in words.years(choice.header)[:1]}
    by_column = [words.years(choice.header)[:1] for choice in choices]
    newest = max(told.values(), default=0)
    return [
        replace(choice, last_year=True) if years and years[0] == newest - 1 else choice
        for choice, years in zip(choices, by_column, strict=True)
    ]


def _distinct(choices: list[Choice]) -> tuple[Choice, ...]:
    """Keys made unique; of two columns for one fact the surer one is proposed, the other is for a person to decide."""
    best: dict[tuple[str, str, bool], Choice] = {}
    for choice in choices:
        target = (choice.fact or "", choice.part, choice.last_year)
        if choice.fact and (target not in best or choice.sure > best[target].sure):
            best[target] = choice
    seen: Counter[str] = Counter()
    made = []
    for choice in choices:
        seen[choice.key] += 1
        key = choice.key if seen[choice.key] == 1 else f"{choice.key}#{seen[choice.key]}"
        chosen = best.get((choice.fact or "", choice.part, choice.last_year))
        if choice.fact and chosen is not None and chosen is not choice:
            doubt = f"“{choice.fact}”已取 {chosen.place}，这里没有取，请选一个"
            if choice.header != chosen.header:
                doubt = f"“{choice.header}”和“{chosen.header}”都像是“{choice.fact}”，只取了 {chosen.place}，请选一个"
            choice = replace(choice, fact=None, part="", doubt=doubt)
        made.append(replace(choice, key=key))
    return tuple(made)


# ---- the rows of one table fact


def _rows(layout: Layout, top: int, bottom: int, matcher: Matcher) -> list[LedgerMapping]:
    heading = words.normal(layout.heading(top))
    found = []
    for table in matcher.tables:
        mapping = _rows_of(layout, top, bottom, matcher, table)
        if mapping is not None:
            names = (table.label, *table.aliases)
            named = any(words.normal(name) in heading for name in names)
            found.append((len(mapping.taken) + (0.5 if named else 0), named, mapping))
    best = max((worth for worth, _, _ in found), default=0)
    winners = [(named, mapping) for worth, named, mapping in found if worth == best]
    if len(winners) <= 1:
        return [mapping for _, mapping in winners]
    others = "、".join(f"“{mapping.table}”" for _, mapping in winners[1:])
    mapping = winners[0][1]
    doubt = f"按“{mapping.table}”理解，也可能是{others}，请核对"
    choices = tuple(replace(choice, doubt=choice.doubt or doubt if choice.fact else "") for choice in mapping.choices)
    return [replace(mapping, choices=choices)]


def _rows_of(layout: Layout, top: int, bottom: int, matcher: Matcher, table: FactField) -> LedgerMapping | None:
    choices: list[Choice] = []
    unit_column = 0
    for column in layout.columns:
        titles = layout.titles(top, bottom, column)
        if not titles or words.normal(titles[-1]) in words.SERIAL_HEADERS:
            continue
        choice = _choice(layout, bottom, column, titles)
        told, unit = words.without_unit(titles[-1])
        match = matcher.column(table, told)
        if match is None:
            if words.normal(told) in words.UNIT_HEADERS:
                unit_column = column
            choices.append(choice)
            continue
        part, sure, doubt = match
        if part.type is FieldType.MONEY:
            unit = unit or layout.unit_above(top)
        choices.append(replace(choice, fact=table.label, part=part.label, unit=unit, sure=sure, doubt=doubt))
    taken = {choice.part for choice in choices if choice.fact}
    if table.key_column.label not in taken or len(taken) < 2:
        return None
    mapping = LedgerMapping(layout.grid.name, "rows", top, bottom, _distinct(choices), 0, table.label)
    return replace(mapping, unit_column=unit_column)


# ---- a label, its value beside it


def _pairs(layout: Layout, matcher: Matcher) -> LedgerMapping | None:
    # As many rows as a form has; the names of five thousand people are not each held against every fact.
    looked_at = layout.rows[:_MOST_LABELS]
    scores = {
        column: sum(
            (match := matcher.match(text)) is not None and match.sure > 0.9
            for row in looked_at
            if (text := layout.grid.text(row, column)) and not layout.is_number(row, column)
        )
        for column in layout.columns[:6]
    }
    labels = max(scores, key=lambda column: scores[column], default=0)
    if not labels or scores[labels] < 2:
        return None
    first = next(row for row in layout.rows if matcher.match(layout.grid.text(row, labels)))
    roles = _roles(layout, labels, first)
    others = _other_values(layout, labels, first, roles)
    choices = []
    for row in layout.rows:
        label = layout.grid.text(row, labels)
        if row < first or not label or layout.is_number(row, labels) or words.total_word(label):
            continue
        sample = layout.grid.text(row, roles["value"])
        choice = Choice(
            words.normal(label), label, labels, row, layout.grid.place(row, labels), (sample,) if sample else ()
        )
        unit = layout.grid.text(row, roles["unit"]) if roles["unit"] else ""
        told = _with_fact(choice, [label], matcher, layout.unit_above(first), unit)
        choices.append(replace(told, doubt=told.doubt or others) if told.fact else told)
    return LedgerMapping(
        layout.grid.name,
        "pairs",
        0,
        first - 1,
        _distinct(choices),
        value_column=roles["value"],
        last_column=roles["last"],
        unit_column=roles["unit"],
        note_column=roles["note"],
    )


def _roles(layout: Layout, labels: int, first: int) -> dict[str, int]:
    """What the columns right of the labels hold: by the header over them; without one, the first holds values."""
    found: dict[str, Any] = {"value": 0, "last": 0, "unit": 0, "note": 0}
    right = [column for column in layout.columns if column > labels]
    above = [row for row in layout.rows if row < first][-2:]
    dated: list[tuple[int, int]] = []
    for column in right:
        header = "".join(layout.grid.text(row, column) for row in above)
        plain = words.normal(header)
        if words.says_last_year(header):
            found["last"] = found["last"] or column
        elif plain in words.UNIT_HEADERS:
            found["unit"] = found["unit"] or column
        elif plain in words.NOTE_HEADERS:
            found["note"] = found["note"] or column
        elif plain in words.VALUE_HEADERS or words.total_word(header):
            found["value"] = found["value"] or column
        elif words.years(header):
            dated.append((words.years(header)[0], column))
    if dated and not found["value"]:
        newest, found["value"] = max(dated)
        found["last"] = found["last"] or next((column for year, column in dated if year == newest - 1), 0)
    spare = [column for column in right if column not in found.values()]
    if not found["value"]:
        found["value"] = spare.pop(0) if spare else labels + 1
    rows = [row for row in layout.rows if row >= first]
    if not found["unit"]:
        # A column with nothing but units needs no header.
        cells = {column: [text for row in rows if (text := layout.grid.text(row, column))] for column in spare}
        found["unit"] = next((column for column, texts in cells.items() if texts and all(map(words.is_unit, texts))), 0)
    return found


def _other_values(layout: Layout, labels: int, first: int, roles: dict[str, int]) -> str:
    """A doubt where more columns hold figures than the one that is read: a village each, or months."""
    rows = [row for row in layout.rows if row >= first]
    others = [
        column
        for column in layout.columns
        if column > labels and column not in roles.values() and sum(layout.is_number(row, column) for row in rows) >= 2
    ]
    if not others:
        return ""
    where = layout.grid.place(first, roles["value"]).rstrip("0123456789")
    return f"右边有 {len(others) + 1} 列数，只取了 {where} 列，请核对是不是要的那一列"
