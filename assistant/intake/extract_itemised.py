"""Amounts that stand line by line behind what they were spent on: （1）民兵集训伙食及误工补助，97400元.

A line's words may hold marks and 及, so the line itself tells where the name ends, not the name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.facts.cues_tables import TableCues
from assistant.facts.fields import FactField, FactSchema, FieldType
from assistant.intake.extract_cues import pattern
from assistant.intake.extract_figures import value_of_figure
from assistant.intake.extract_frame import Frame
from assistant.intake.extract_row import Row
from assistant.slots.numeral import Numeral

_NUMBER = r"(?:（[0-9一二三四五六七八九十]{1,2}）|[0-9]{1,2}[.．、]|[①-⑳]|[一二三四五六七八九十]是|[·—-]+)"
_LINE = re.compile(
    rf"[ \u3000]*{_NUMBER}[ ]?(?P<name>[^，；。：\n0-9]{{2,24}})[，：](?:共|计|支出|花费|用去|金额)?(?=[0-9])"
)
_SPENT = re.compile("支出|开支|经费|明细|花在|用于")
_LEAST = 3


def itemised(frame: Frame, figures: Sequence[Numeral], schema: FactSchema) -> Iterator[Row]:
    """A row for each of three lines or more below words of spending, for the table of amounts within a budget."""
    starts = {one.start: place for place, one in enumerate(figures) if one.kind == "money"}
    for table, cues in schema.hints.tables.items():
        if cues.open is None or not cues.open.within:
            continue
        run: list[Row] = []
        for number, paragraph in enumerate(frame.paragraphs):
            told = _LINE.match(frame.text, paragraph.start, paragraph.end)
            row = _row(told, starts, figures, schema.by_label[table], cues) if told else None
            if row is not None and (run or _leads(frame, number)):
                run.append(row)
                continue
            yield from run if len(run) >= _LEAST else ()
            run = []
        yield from run if len(run) >= _LEAST else ()


def _leads(frame: Frame, number: int) -> bool:
    """Whether the line above a list speaks of spending."""
    above = frame.paragraphs[number - 1 : number] if number else []
    return any(_SPENT.search(frame.text[one.start : one.end]) for one in above)


def _row(
    told: re.Match[str], starts: dict[int, int], figures: Sequence[Numeral], item: FactField, cues: TableCues
) -> Row | None:
    place = starts.get(told.end())
    assert cues.open is not None
    if place is None or pattern(cues.open.unless).search(told["name"]):
        return None
    amount = next(column for column in item.columns if column.type is FieldType.MONEY)
    cells = {item.key_column.label: told["name"], amount.label: value_of_figure(figures[place], FieldType.MONEY)}
    return Row(item.label, cells, told.start("name"), figures[place].end, {place})
