"""Rows of table facts out of series: names in a row, and their figures in the same order."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from assistant.facts.cues_tables import TableCues
from assistant.facts.fields import FactField, FieldType
from assistant.intake.extract_cues import pattern
from assistant.intake.extract_figures import column_units, fits, unit_of, value_of_figure
from assistant.intake.extract_frame import Frame
from assistant.intake.extract_row import Row
from assistant.intake.extract_series import Run
from assistant.slots.numeral import Numeral

_LEAD = re.compile(r"^.{0,8}?(?:包括|分为|编为|编成|组建|设|有|为|给|对|含|是)(?=[一-龥]{2})")

#: What a series counts: 人员编制分别为.
_COUNTED = re.compile("(?P<word>[一-龥]{2,6})(?:分别|依次)(?:为|是|有)?$")


def rows_of_runs(
    runs: Sequence[Run],
    figures: Sequence[Numeral],
    frame: Frame,
    item: FactField,
    cues: TableCues,
    name_of: Callable[[re.Match[str], TableCues], str],
) -> list[Row]:
    """A row for each noun of the series that are this table's; several series fill several columns."""
    rows: dict[str, Row] = {}
    for run in runs:
        names = [_name(noun, frame, run.spans[0][0], cues, name_of) for noun in run.nouns]
        if not all(names) or len(set(names)) < len(names):
            continue
        word = run.word or _word_before(frame.text, figures[run.places[0]].start)
        column = _column(run, word, figures, item, cues)
        if not column:
            continue
        typed = item.column(column)
        assert typed is not None
        for name, place, (start, end) in zip(names, run.places, run.spans, strict=True):
            row = rows.setdefault(name, Row(item.label, {item.key_column.label: name}, start, end))
            if column in row.cells:
                # A series behind the first that counts something else.
                continue
            row.cells[column] = value_of_figure(figures[place], FieldType(typed.type))
            if cues.unit_column:
                row.cells[cues.unit_column] = unit_of(figures[place])
            row.used.add(place)
    return list(rows.values())


def _name(
    noun: str, frame: Frame, place: int, cues: TableCues, name_of: Callable[[re.Match[str], TableCues], str]
) -> str:
    short = _LEAD.sub("", noun)
    key = cues.key.removesuffix("$")
    for words in dict.fromkeys((short, noun)):
        found = pattern(key).search(words + "：") or pattern(key).search(words)
        if found and (name := name_of(found, cues)) and not (cues.unless and pattern(cues.unless).search(name)):
            return name
    if cues.short and pattern(cues.short).search(short):
        sentence = frame.sentence(place)
        about = frame.heading(sentence) + frame.text[sentence.start : sentence.end]
        return short if pattern(cues.about).search(about) else ""
    return ""


def _word_before(text: str, place: int) -> str:
    """三个分队，编制分别为30人、20人和26人: what is counted, where the nouns are far in front."""
    told = _COUNTED.search(text, max(0, place - 14), place)
    return told["word"] if told else ""


def _column(run: Run, word: str, figures: Sequence[Numeral], item: FactField, cues: TableCues) -> str:
    """The column of a series: named by what is counted, or the usual one of its measure word."""
    usual = ""
    told = [figures[place] for place in run.places]
    for label, column in cues.columns.items():
        typed = item.column(label)
        if typed is None:
            continue
        kind = FieldType(typed.type)
        units = column_units(typed, column.units)
        if "*" in column.units:
            suits = all(one.kind == "count" and one.unit not in ("人", "次") for one in told)
        else:
            suits = all(fits(one, kind, units, bare=typed.measure == "人") for one in told)
        if suits and column.say and word and re.search(f"(?:{column.say})(?:人数|数)?(?:[配有编设]|配备)?了?$", word):
            return label
        if suits and column.usual and not usual:
            usual = label
    return usual


def merged(told: list[Row], read: list[Row], key: str) -> list[Row]:
    """Rows of series with what was read beside their names; a row that took a figure of a series is none."""
    taken = {place for row in told for place in row.used}
    rest = []
    for row in read:
        mine = next((one for one in told if one.cells[key] == row.cells[key]), None)
        free = not row.used & taken
        if mine is not None and row.used <= mine.used:
            # The same figures, taken for another column.
            continue
        if mine is not None and all(mine.cells.get(name, cell) == cell for name, cell in row.cells.items()):
            mine.cells = {**row.cells, **mine.cells}
            mine.used |= row.used
            mine.start, mine.end = min(mine.start, row.start), max(mine.end, row.end)
        elif free:
            rest.append(row)
    return [*told, *rest]
