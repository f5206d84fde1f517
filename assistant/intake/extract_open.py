"""Rows out of figures that state no fact: the sixth item of a list of expenses, a gift that no list of gifts knows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from assistant.facts.cues_tables import OpenRows, TableCues
from assistant.facts.fields import FactField, FactSchema, FieldType
from assistant.facts.values import Value
from assistant.intake.extract_cells import cell_of, said
from assistant.intake.extract_context import Reader
from assistant.intake.extract_cues import FIGURE, pattern
from assistant.intake.extract_figures import unit_of, value_of_figure
from assistant.intake.extract_frame import Frame
from assistant.intake.extract_row import Row
from assistant.slots.numeral import Numeral

#: What stands in front of a name and behind it, and is none of it.
_HEAD = re.compile(
    r"^(?:也就是|就是|里[头边面]|印[着有上](?:(?!印)[“”一-龥]){0,14}?的|一[块笔项]是?|另外?|又|还|再|剩下的?|其余的?|其他|其中|包括|主要|分别|拿出|用于|用来|用在|安排|制作|制(?!服)|购置|购买|添置|新增|补充|支付|支出|给|为|向|发放|发给|配发|赠送|免费|"
    r"做|买|花在|投入|有|印制|[定订][制做製]|散发|设计|文创|宣传品|统一|办(?!公)|年内|全年|今年|了|：)+"
)
_TAIL = re.compile(
    r"(?:方面|经费|支出|投入|资金|费用|花费|花[了去]?|又?用[去掉]|首次列支|列支|开支|分给|送给|发给|发放了?|[发印做送买]了?|者|各|约|近|共|为|是|的|：)+$"
)
_NAME = re.compile(r"[“”一-龥A-Za-z（）]{2,16}")
#: 剩下的1.6万元，做了民兵体检
_SPENT = re.compile(r"，(?:做|买|用于|用来|给|为)([^，。；\n\ue001]{2,14})")
#: 器材7.2万（含对讲机3万、雨衣1.2万）: parts of the amount in front of the bracket.
_PART, _REACH = re.compile(r"\ue001+（(?:含|其中|包括)[^（）。；\n]*\Z"), 60
#: Rows beside which an open row may stand.
_AROUND = 160


def open_rows(
    frame: Frame,
    masked: str,
    figures: Sequence[Numeral],
    schema: FactSchema,
    reader: Reader,
    labels: Mapping[int, str],
    closed: set[int],
) -> list[Row]:
    """Rows of the tables that ``extraction.yaml`` leaves open.

    Args:
        labels: number of a figure → the fact or the table that it belongs to ("" for a figure that is no fact).
        closed: numbers of figures that may state nothing.
    """
    rows: list[Row] = []
    for table, cues in schema.hints.tables.items():
        if cues.open is None:
            continue
        item = schema.by_label[table]
        for place, one in enumerate(figures):
            if place in labels or place in closed or not _suits(one, cues.open):
                continue
            if reader.judge(place).role != "value" or not _near(frame, cues.open, one):
                continue
            if _PART.search(masked, max(0, one.start - _REACH), one.start):
                continue
            if cues.open.beside and _beside(figures, labels, cues.open, one) < cues.open.least:
                continue
            row = _row(masked, figures, place, item, cues, labels)
            if row is not None and not _exceeds(one, cues.open, figures, labels):
                rows.append(row)
    return rows


def _exceeds(one: Numeral, rows: OpenRows, figures: Sequence[Numeral], labels: Mapping[int, str]) -> bool:
    """An amount above the whole is no part of it: 固定资产投资86亿元."""
    wholes = [figures[place].value for place, label in labels.items() if label == rows.within]
    known = [whole for whole in wholes if whole is not None]
    return bool(known) and one.value is not None and one.value > max(known)


def _suits(one: Numeral, rows: OpenRows) -> bool:
    if one.value is None:
        return False
    return one.kind == "money" if not rows.units else one.kind == "count" and one.unit in rows.units and one.value > 1


def _near(frame: Frame, rows: OpenRows, one: Numeral) -> bool:
    sentence = frame.sentence(one.start)
    words = frame.heading(sentence) + frame.text[sentence.start : sentence.end]
    return bool(pattern(rows.near).search(words))


def _beside(figures: Sequence[Numeral], labels: Mapping[int, str], rows: OpenRows, one: Numeral) -> int:
    """How many facts of the same list stand around."""
    return len(
        {
            label
            for place, label in labels.items()
            if label in rows.beside and abs(figures[place].start - one.start) < _AROUND
        }
    )


def _row(
    masked: str,
    figures: Sequence[Numeral],
    place: int,
    item: FactField,
    cues: TableCues,
    labels: Mapping[int, str],
) -> Row | None:
    one = figures[place]
    assert cues.open is not None
    first = place
    people = next((column.label for column in item.columns if column.measure == "人"), "")
    if people and place and place - 1 not in labels:
        # 义务兵家庭优待金，31人，58.9万元: the name stands before the first of the two.
        before = figures[place - 1]
        between = masked[before.end : one.start]
        if (
            before.kind == "count"
            and before.unit in ("人", "名", "位", "个人", "户")
            and re.fullmatch("[，、（ \u3000共]*", between)
        ):
            first = place - 1
    name, at = _name(masked, figures[first])
    if not name or pattern(cues.open.unless).search(name) or not pattern(cues.open.noun).search(name):
        return None
    money = next((column for column in item.columns if column.type is FieldType.MONEY), None)
    amount = money if money is not None else item.columns[1]
    cells: dict[str, Value | None] = {item.key_column.label: name}
    if first != place and figures[first].unit != "户":
        cells[people] = value_of_figure(figures[first], FieldType.COUNT)
    cells[amount.label] = value_of_figure(one, FieldType(amount.type))
    if cues.unit_column:
        cells[cues.unit_column] = unit_of(one)
    return Row(item.label, cells, min(at, figures[first].start), one.end, {first, place})


def _name(masked: str, one: Numeral) -> tuple[str, int]:
    """The name and its place: in front of the figure, behind it, or in the clause before."""
    cell = cell_of(masked, one)
    for words, at in _places(masked, one, cell.left, cell.right, cell.above):
        name = bare_name(said(words))
        found = _NAME.fullmatch(name)
        if found and FIGURE not in words:
            return name, max(at, 0)
    return "", one.start


def bare_name(words: str) -> str:
    """A row's name without what leads to it or follows it: 用于民兵体检开支 is 民兵体检."""
    return _TAIL.sub("", _HEAD.sub("", words))


def _places(masked: str, one: Numeral, left: str, right: str, above: str) -> Iterator[tuple[str, int]]:
    yield left, masked.rfind(left, 0, one.start) if left else one.start
    if not _TAIL.sub("", _HEAD.sub("", said(left))):
        yield right, one.start
        yield above, masked.rfind(above, 0, one.start) if above else one.start
        if not right and (following := _SPENT.match(masked, one.end)):
            yield following.group(1), one.start
