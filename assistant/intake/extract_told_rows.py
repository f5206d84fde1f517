"""Rows out of lists that are told to be a table's, whatever their items are called.

宣传品：海报90张，折页1500份，胸章600枚 says it of every item; 发出纸杯5000个、台历260本、宣传画120张 says it of the
third, for the first two are gifts that the table knows. Such a row leaves its figure to the fact that has it too
(折页1500份 are papers that were given out).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.facts.cues_tables import TableCues
from assistant.facts.fields import FactField, FactSchema, FieldType
from assistant.facts.values import Value
from assistant.intake.extract_context import Reader
from assistant.intake.extract_cues import pattern
from assistant.intake.extract_figures import unit_of, value_of_figure
from assistant.intake.extract_frame import Frame
from assistant.intake.extract_open import bare_name
from assistant.intake.extract_row import Row
from assistant.slots.numeral import Numeral

_NUMBER = r"(?:（[0-9一二三四五六七八九十]{1,2}）|[0-9]{1,2}[.．、]|[①-⑳]|[·—-]+)?[ \u3000]*"
_NAME = r"(?P<name>[“《A-Za-z一-龥][^，；。：、！？\n0-9]{1,18}?)(?:[印做制发]了|各|共|约|近|：|[ \u3000])*"
_ITEM = re.compile(rf"[ \u3000]*{_NUMBER}{_NAME}")
_NEXT = re.compile(rf"(?P<mark>[、，；](?:还有|另有|以及)?|和|；?[ \u3000]*\n[ \u3000]*){_NUMBER}{_NAME}")
#: The words of a colon in front of a list's first item.
_LEAD = re.compile(rf"[^，；。\n]*：[ \u3000\n]*{_NUMBER}\Z")
_FIRST = re.compile("[，。；：\n、]")
_WHOLE, _FAR = 20, 40
#: 《致青年的一封信》, 《征兵一本通》: no figure but a part of a name.
_IN_NAME = re.compile("一(?:封信|本通|张图|本书)")
#: 征兵期间发放宣传册: what is given out stands behind the verb.
_GIVEN = re.compile("^.*(?:[发派散分配][放发送给]|[发送印][出了给制发]|制作|定制|赠送|设计)(?:出|了)?(?=.{2})")
_NO_THINGS = {"人", "名", "位", "次", "人次", "天", "户", "分", "课时", "期", "场", "年", "元"}

_OF_WHICH = re.compile("其中|包括|包含|内含")
_Named = tuple[int, re.Match[str]]


def told_rows(
    frame: Frame, figures: Sequence[Numeral], schema: FactSchema, reader: Reader, skip: Sequence[tuple[int, int]]
) -> Iterator[Row]:
    """A row for each item of such lists, of the tables whose rows have measure words of their own.

    Args:
        skip: stretches that state no fact.
    """
    for table, cues in schema.hints.tables.items():
        if not cues.lead or not cues.unit_column:
            continue
        item = schema.by_label[table]
        for run in _runs(frame.text, figures):
            start = run[0][1].start("name")
            inside = any(begin <= start < end for begin, end in skip)
            if inside or not all(reader.judge(place).role == "value" for place, _ in run):
                continue
            if _leads(frame, start, cues):
                yield from _rows(run, figures, item, cues)
                continue
            if parts := _parts(run, cues):
                # Papers are no gifts elsewhere; as parts of what was given out they have rows.
                yield from _rows(parts, figures, item, cues, parts=True)
                continue
            for group in _groups(run):
                names = [_bare(match) for _, match in group]
                known = [pattern(cues.key).search(name) is not None for name in names]
                if any(known) and len(group) > 1:
                    yield from _rows(
                        [one for one, its in zip(group, known, strict=True) if not its], figures, item, cues
                    )


def _groups(run: list[_Named]) -> Iterator[list[_Named]]:
    """What 、 and 和 join."""
    group: list[_Named] = []
    for one in run:
        if group and one[1].groupdict().get("mark") not in ("、", "和"):
            yield group
            group = []
        group.append(one)
    yield group


def _leads(frame: Frame, start: int, cues: TableCues) -> bool:
    """Whether a colon stands in front of a list, and words of the table before it."""
    ahead = _LEAD.search(frame.text, max(0, start - _FAR), start)
    return ahead is not None and pattern(cues.lead).search(ahead[0]) is not None


def _parts(run: list[_Named], cues: TableCues) -> list[_Named]:
    """宣传资料5500份，其中张贴画300张、政策问答手册1200本: what is behind 其中, of such a whole."""
    for number, (_, match) in enumerate(run):
        whole = run[number - 1][1]["name"] if number else ""
        if whole and cues.parts and _OF_WHICH.match(match["name"]) and pattern(cues.parts).search(whole):
            return run[number:]
    return []


def _runs(text: str, figures: Sequence[Numeral]) -> Iterator[list[_Named]]:
    """Two figures or more, each with a measure word and with words of its own in front."""
    places = [place for place, one in enumerate(figures) if not _IN_NAME.match(text, one.start)]
    run: list[_Named] = []
    for before, place in zip([-1, *places], places, strict=False):
        one, end = figures[place], figures[before].end if before >= 0 else 0
        told = _NEXT.fullmatch(text, end, one.start) if run else None
        if told is None:
            yield from [run] if len(run) > 1 else []
            told, run = _opening(text, end, one.start), []
        if told is not None and _counts(one):
            run.append((place, told))
        else:
            yield from [run] if len(run) > 1 else []
            run = []
    yield from [run] if len(run) > 1 else []


def _bare(told: re.Match[str]) -> str:
    return bare_name(_GIVEN.sub("", told["name"]))


def _counts(one: Numeral) -> bool:
    things = one.kind == "count" and bool(one.unit) and one.unit not in _NO_THINGS
    return things and one.value is not None and one.value > 1


def _opening(text: str, begin: int, end: int) -> re.Match[str] | None:
    begin = max(begin, end - _WHOLE)
    for mark in _FIRST.finditer(text, begin, end):
        begin = mark.end()
    return _ITEM.fullmatch(text, begin, end)


def _rows(
    run: list[_Named], figures: Sequence[Numeral], item: FactField, cues: TableCues, *, parts: bool = False
) -> Iterator[Row]:
    amount = next(column for column in item.columns if column.type is FieldType.COUNT)
    for place, match in run:
        one, gift = figures[place], pattern(cues.key).search(match["name"]) is not None
        name = match["name"] if gift else _bare(match)
        if len(name) < 2 or (not parts and pattern(cues.lead_unless).search(name)):
            continue
        cells: dict[str, Value | None] = {
            item.key_column.label: name.strip("《》“”"),
            amount.label: value_of_figure(one, FieldType.COUNT),
            cues.unit_column: unit_of(one),
        }
        yield Row(item.label, cells, match.start("name"), one.end, {place} if gift or parts else set())
