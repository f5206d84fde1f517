"""Lists of people, one a line: how many they are, offered to a person and never taken.

A caption says who is listed (2025年入伍新兵花名册). What a list counts is in doubt even so: it may be a draft, or hold
some who fell out later.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.facts.cues import RosterCue
from assistant.facts.fields import FactSchema
from assistant.intake.extract_cues import pattern
from assistant.intake.extract_grid_copy import Copy
from assistant.intake.extract_grid_read import Grid, Line

LIST = re.compile("花名册|名单|名册|登记表|登记册|统计表|信息表|一览表|人员表")
NAME_HEAD, _NAME = re.compile("(?:人员)?姓名|名字"), re.compile("[一-龥]{2,4}|[一-龥·]{5,12}")
#: Those who shall be, who fell out, or who were there last year.
OTHERS = re.compile("拟|预[定征]|候选|后备|应征对象|淘汰|退兵|未|不合格|下年|明年|去年|上年|计划")
_YEAR = re.compile("(20[0-9]{2})年")
_LEAST = 2


def counted_people(grid: Grid, every: Sequence[Line], copy: Copy, schema: FactSchema, year: int | None) -> bool:
    """Tells how many people a list has, each figure in doubt; False where the table is no list of known people."""
    names = next((at for at, column in enumerate(grid.columns) if NAME_HEAD.fullmatch(column.name)), None)
    told = _YEAR.search(grid.caption)
    if names is None or not LIST.search(grid.caption) or OTHERS.search(grid.caption):
        return False
    if year is not None and told is not None and int(told.group(1)) != year:
        return False
    people = [line for line in grid.rows if names < len(line.cells) and _NAME.fullmatch(line.cells[names].text)]
    if len(people) < _LEAST or len(people) < len(grid.rows) or grid.totals:
        return False
    cues = schema.hints.rosters.items()
    said = [(label, cue) for label, cue in cues if pattern(cue.said).search(grid.caption)]
    found = [(label, cue, mine) for label, cue in said if (mine := list(_who(cue, grid, people)))]
    if not found:
        return False
    for line in grid.lines(every):
        copy.keep_shut(line)
    first, end = people[0].cells[names], people[-1].cells[names]
    twice = len({line.cells[names].text for line in people}) < len(people)
    for label, cue, mine in found:
        begin, last = copy.size, end.start + len(end.text) - 1
        copy.made(f"{label}{len(mine)}{schema.by_label[label].measure}", first.start, last)
        copy.made("。\n", last)
        how = "按表里的一栏数的" if cue.head else "一行算一人"
        copy.doubted(begin, f"这是从名单里数出来的，{how}" + "，名单里有重名" * twice)
    return True


def _who(cue: RosterCue, grid: Grid, people: Sequence[Line]) -> Iterator[Line]:
    """The people that a cue counts; none where the list has no such column."""
    if not cue.head:
        yield from people
        return
    at = next((at for at, column in enumerate(grid.columns) if pattern(cue.head).fullmatch(column.name)), grid.width)
    for line in people:
        if at < len(line.cells) and pattern(cue.cell).fullmatch(line.cells[at].text):
            yield line
