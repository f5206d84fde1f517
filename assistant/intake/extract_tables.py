"""Rows of table facts: the row's name, and the figures around it that are its columns."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from assistant.facts.cues_tables import TableCues
from assistant.facts.fields import FactField, FactSchema
from assistant.intake.extract_columns import FILLER, column_of, fill, put, shifted, suits
from assistant.intake.extract_context import Reader
from assistant.intake.extract_cues import pattern
from assistant.intake.extract_frame import Frame
from assistant.intake.extract_open import bare_name
from assistant.intake.extract_row import Row
from assistant.intake.extract_row_counts import (
    acts,
    both_in_front,
    counts_names,
    counts_what_follows,
    named_behind,
    parts_of_row,
    shares_out,
)
from assistant.intake.extract_runs import merged, rows_of_runs
from assistant.intake.extract_series import Run
from assistant.intake.extract_shared import completed, grouped
from assistant.intake.extract_slashes import by_strokes, named_in_brackets
from assistant.intake.extract_together import together
from assistant.slots.numeral import Numeral

_STOP = re.compile(r"[。；！？\n]")
#: 由35人组成的应急排, 15人的通信分队, 其余12人编入引导小组.
_MADE_OF = re.compile("人?(?:共同|共)?(?:组成|编成|组建)(?:了)?的?|的|编入|(?:发放|兑现|落实|支付)了?")
_FAR = 24
_OF_THEM = re.compile("(?:各|共|合计|总共)?")
#: （二）库房改造6.2万元。…: items that begin paragraphs.
_NUMBERED = re.compile(
    r"[ \u3000]*(?:（[0-9一二三四五六七八九十]{1,2}）|[0-9]{1,2}[.．、]|[一二三四五六七八九十]{1,2}、|[①-⑳·])[ ]?"
)
_DASHED = re.compile(r"[ \u3000]*[—·●■▲◆-]")
_RATE = re.compile("(?:每[人户名年月]|户均|人均)[^，。；]{0,6}$")
#: 17,600元用于征兵宣传，还有9,800元用于布展: what an amount is for stands behind it.
_SPENT_ON = re.compile("(?:用于|用在|花在|投在|投向)(?:购置|购买|采购|添置)?(?P<v>[一-龥]{2,14})(?=[，。；、])")
#: 购置水泵、照明灯6万元: one amount for both things.
_TWO_THINGS = re.compile(
    "(?:(?:购置|购买|采购|添置)了?(?=[一-龥]{1,8}、$)|(?=(?:更新|维修|维护|改造|修缮|装修|租用|租赁|印制)[一-龥]{1,8}、$))(?P<things>[一-龥]+、)$"
)
_WON = re.compile("[荣获立受被]")
#: Where a clause begins: 二等功一人，四人三等功.
_OPENS = ("，", "、", "；", "。", "：", "（", "有")
#: Rows without names of their own stand no further apart.
_LISTED = 30


class Tables:
    """All tables of a schema in one text."""

    def __init__(
        self, frame: Frame, figures: Sequence[Numeral], schema: FactSchema, reader: Reader, runs: Sequence[Run] = ()
    ) -> None:
        self._runs = runs
        self._frame = frame
        self._figures = figures
        self._starts = [one.start for one in figures]
        self._schema = schema
        self._reader = reader
        self._near: dict[tuple[str, int], bool] = {}

    def rows(self, skip: Sequence[tuple[int, int]]) -> list[Row]:
        """Every row in order; a row whose needed columns are empty is none."""
        found: list[Row] = []
        for label, cues in self._schema.hints.tables.items():
            item = self._schema.by_label[label]
            told = rows_of_runs(self._runs, self._figures, self._frame, item, cues, self._name)
            read = merged(told, list(self._of_table(item, cues)), item.key_column.label)
            rows = [
                row
                for row in read
                if not any(start <= row.start < end for start, end in skip)
                and (not cues.needs or any(row.cells.get(column) is not None for column in cues.needs))
            ]
            rows = completed(rows, item, cues, self._frame, self._figures)
            rows = together(rows, item, cues, self._frame, self._figures)
            found += _once(rows, item.key_column.label)
        return sorted(found, key=lambda row: row.start)

    def _of_table(self, item: FactField, cues: TableCues) -> Iterator[Row]:
        if cues.key.endswith("$"):
            yield from self._by_figure(item, cues)
            return
        names = [
            (match, name)
            for match in pattern(cues.key).finditer(self._frame.text)
            if (name := self._name(match, cues)) and self._admitted(name, match.start(), cues)
        ]
        together, done = grouped(names, item, cues, self._frame.text, self._figures)
        yield from together
        for number, (match, name) in enumerate(names):
            if number in done:
                continue
            limit = names[number + 1][0].start("v") if number + 1 < len(names) else len(self._frame.text)
            floor = names[number - 1][0].end() if number else 0
            row = Row(item.label, {item.key_column.label: name}, match.start("v"), match.end())
            ahead = self._places(max(floor, row.start - _FAR), row.start)[-2:]
            if both_in_front(row, ahead, self._figures, self._frame.text, item, cues):
                yield row
                continue
            if cues.behind:
                self._figure_before(row, match.start(), item, cues)
            if not row.used:
                self._first(row, floor, item, cues)
                self._following(row, match.end(), limit, item, cues)
                fill(row, self._frame.text, cues)
            if row.used:
                yield row

    def _by_figure(self, item: FactField, cues: TableCues) -> Iterator[Row]:
        """Names that only a figure right behind them makes rows: 器材装备7.5万元."""
        key = pattern(cues.key)
        (column_label, column), *_ = cues.columns.items()
        rows: list[Row] = []
        for place, one in enumerate(self._figures):
            if not suits(one, item, column_label, column):
                continue
            begin = max(0, one.start - 40)
            for stop in _STOP.finditer(self._frame.text, begin, one.start):
                begin = stop.end()
            match, start, end = key.search(self._frame.text[begin : one.start]), one.start, one.end
            spent = _SPENT_ON.match(self._frame.text, one.end)
            if spent and (match is None or "，" in match[0][-4:] or "方面：" in match[0]):
                match, end = spent, spent.end()
            elif match is not None:
                start = begin + match.start("v")
            if match is None or self._reader.judge(place).role != "value":
                continue
            name = bare_name(self._name(match, cues))
            if not name or not self._admitted(name, one.start, cues):
                continue
            if joined := _TWO_THINGS.search(self._frame.text, max(0, start - 20), start):
                name, start = joined["things"] + name, joined.start("things")
            row = Row(item.label, {item.key_column.label: name}, start, end, {place})
            put(row, item, cues, column_label, one)
            rows.append(row)
        items = [row for row in rows if self._begins_item(row)]
        if len(items) > 1:
            yield from items
            rows = [row for row in rows if row not in items]
        # One amount alone is no list.
        for number, row in enumerate(rows):
            around = rows[max(0, number - 1) : number] + rows[number + 1 : number + 2]
            if any(abs(other.start - row.end) < _LISTED or abs(row.start - other.end) < _LISTED for other in around):
                yield row

    def _begins_item(self, row: Row) -> bool:
        """Whether a row's name stands behind the number of its paragraph."""
        paragraph = self._frame.paragraphs[self._frame.sentence(row.start).paragraph]
        return _NUMBERED.fullmatch(self._frame.text, paragraph.start, row.start) is not None

    def _name(self, match: re.Match[str], cues: TableCues) -> str:
        parts = [match[group] for group in ("v", "w") if group in match.re.groupindex and match[group]]
        name = "".join(parts).strip("，、 ").removesuffix("者")
        # 一是应急排，30人；其次是通信分队: the verb is no part of the name.
        name = re.sub("^[一-龥]{0,2}是(?=[一-龥]{2})", "", name)
        name = re.sub("^(?:[这那]?(?:里头|里面|里边|当中|其中)|也就是|就是|即)(?=.{2})", "", name)
        # 发过一批钥匙扣，200个
        name = re.sub("^[一-龥]{0,4}一[批些](?=[一-龥]{2})", "", name)
        # 为7名进藏新兵家庭兑现进藏兵一次性奖励金: what is paid out stands behind the verb.
        name = re.sub("^.*(?:兑现|落实|支付)(?=.{4})", "", name)
        return cues.names.get(name, name)

    def _admitted(self, name: str, place: int, cues: TableCues) -> bool:
        if cues.unless and pattern(cues.unless).search(name):
            return False
        begin = self._frame.sentence(place).start if cues.apart else place
        if begin < place and pattern(cues.apart).search(self._frame.text, begin, place):
            return False
        if not cues.near:
            return True
        number = self._frame.number(place)
        if (cues.near, number) not in self._near:
            sentence, before = self._frame.sentences[number], self._frame.sentences[max(0, number - 1)]
            words = self._frame.heading(sentence) + self._frame.text[before.start : sentence.end]
            words += self._lead(sentence.paragraph)
            self._near[cues.near, number] = pattern(cues.near).search(words) is not None
        return self._near[cues.near, number]

    def _lead(self, number: int) -> str:
        """The line above a list with dashes or dots, of which every line tells an item."""
        paragraphs, at = self._frame.paragraphs, number
        while at and _DASHED.match(self._frame.text, paragraphs[at].start):
            at -= 1
        return self._frame.text[paragraphs[at].start : paragraphs[at].end] if at < number else ""

    def _first(self, row: Row, floor: int, item: FactField, cues: TableCues) -> None:
        """The figure right in front of the name: 1个应急排, 24名义务兵家庭优待金."""
        for place in self._places(max(floor, row.start - 16), row.start):
            one = self._figures[place]
            between = self._frame.text[one.end : row.start]
            made_of = _MADE_OF.fullmatch(between) and (between != "编入" or re.search("其余|剩余", self._left(one)))
            if between.strip("的 ") and not made_of:
                continue
            for label, column in cues.columns.items():
                taken = column.usual if made_of else column.first
                if taken and label not in row.cells and suits(one, item, label, column):
                    put(row, item, cues, label, one)
                    row.used.add(place)
                    row.start = one.start
                    if made_of:
                        self._count_of(row, place, floor, item, cues)
                    return

    def _count_of(self, row: Row, people: int, floor: int, item: FactField, cues: TableCues) -> None:
        """2个共40人的抢险分队: how many of them there are stands in front of their people."""
        if not people or self._figures[people - 1].start < floor:
            return
        one = self._figures[people - 1]
        if not _OF_THEM.fullmatch(self._frame.text, one.end, row.start):
            return
        for label, column in cues.columns.items():
            if column.first and label not in row.cells and suits(one, item, label, column):
                put(row, item, cues, label, one)
                row.used.add(people - 1)
                row.start = one.start

    def _left(self, one: Numeral) -> str:
        return self._frame.text[max(0, one.start - 6) : one.start]

    def _figure_before(self, row: Row, name_at: int, item: FactField, cues: TableCues) -> None:
        """2人荣立三等功: the figure stands before, with a verb between."""
        behind = pattern(cues.behind)
        counted = any(column.first for column in cues.columns.values())
        for place in reversed(self._places(max(0, name_at - _FAR), name_at)):
            one = self._figures[place]
            between = self._frame.text[one.end : name_at]
            opens = self._frame.text[max(0, one.start - 1) : one.start]
            apart = not counted and not between and opens in _OPENS
            if (not behind.fullmatch(between) and not apart) or shares_out(
                self._frame.text, row.end, self._figures, place
            ):
                return
            for label, column in sorted(cues.columns.items(), key=lambda each: not each[1].usual):
                if suits(one, item, label, column) and self._reader.judge(place).role == "value":
                    put(row, item, cues, label, one)
                    row.used.add(place)
                    row.start = one.start
                    return
            return

    def _following(self, row: Row, at: int, limit: int, item: FactField, cues: TableCues) -> None:
        """The figures behind the name, as long as they are its columns."""
        told = named_in_brackets(self._frame.text, at, self._figures, cues)
        if told := told or by_strokes(self._frame.text, at, self._figures, cues):
            for column, place in told[0]:
                put(row, item, cues, column, self._figures[place])
                row.used.add(place)
            row.end = at = told[1]
        last, named_only, unnamed, parts = at, False, "", -1
        for place in self._places(at, limit):
            one = self._figures[place]
            between = self._frame.text[last : one.start]
            if len(between) > _FAR or _STOP.search(between):
                return
            if "，" in between and (
                (cues.behind and _WON.match(self._frame.text, one.end)) or acts(self._frame.text, one)
            ):
                # 张伟荣立二等功，5人获嘉奖: the figure of the next name.
                return
            role = self._reader.judge(place).role
            if role == "last-year" and not FILLER.sub("", between):
                last = one.end
                continue
            if one.kind == "money" and _RATE.search(between):
                # 按每户每年22000元发放，31人、68.2万元: what one of them gets is no column.
                last = one.end
                continue
            if parts_of_row(place, self._figures, self._frame.text):
                parts, last = place + 1, self._figures[place + 1].end
                row.used |= {place, parts}
                continue
            if place == parts:
                continue
            label = column_of(row, between, one, item, cues, named_only=named_only)
            label = label or named_behind(row, between, one, self._frame.text, item, cues)
            if label is None and shifted(row, between, one, item, cues, unnamed):
                # 水上分队20人编了18人: the first of the two was what it shall have.
                row.used.add(place)
                last = row.end = one.end
                continue
            if label is None and cues.aside and pattern(cues.aside).search(between):
                # 编制20人，缺编2人，实有18人: of the same unit, and no column.
                last, named_only = one.end, True
                continue
            if label is None or role not in ("value", "partial"):
                return
            begin = self._frame.sentence(row.start).start
            if cues.columns[label].first and (
                counts_names(place, self._figures, self._frame.text, begin, cues)
                or counts_what_follows(place, self._figures, self._frame.text, cues)
            ):
                return
            put(row, item, cues, label, one)
            row.used.add(place)
            unnamed = label if not FILLER.sub("", between) else ""
            last = one.end
            row.end = one.end + (1 if self._frame.text[one.end : one.end + 1] == "）" and self._opened(row, one) else 0)

    def _opened(self, row: Row, one: Numeral) -> bool:
        inside = self._frame.text[row.start : one.start]
        return inside.count("（") > inside.count("）")

    def _places(self, start: int, end: int) -> list[int]:
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
        return [place for place in range(first, last) if self._figures[place].end <= end]


def _once(rows: list[Row], key: str) -> list[Row]:
    """One row for a name: the one that says more, with what another one says of other columns."""
    best: dict[object, Row] = {}
    for row in rows:
        name = row.cells[key]
        first = best.get(name)
        if first is None:
            best[name] = row
        elif set(row.cells) & set(first.cells) == {key}:
            first.cells = {**first.cells, **row.cells}
            first.used |= row.used
        elif len(row.cells) > len(first.cells):
            best[name] = row
    return list(best.values())
