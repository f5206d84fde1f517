"""Rows of table facts: the row's name, and the figures around it that are its columns."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from assistant.facts.cues_tables import ColumnCues, TableCues
from assistant.facts.fields import FactField, FactSchema, FieldType
from assistant.intake.extract_context import Reader
from assistant.intake.extract_cues import pattern
from assistant.intake.extract_figures import column_units, fits, unit_of, value_of_figure
from assistant.intake.extract_frame import Frame
from assistant.intake.extract_open import bare_name
from assistant.intake.extract_row import Row
from assistant.intake.extract_runs import merged, rows_of_runs
from assistant.intake.extract_series import Run
from assistant.intake.extract_slashes import named_in_brackets
from assistant.slots.numeral import Numeral

#: What may stand between a row's name and a figure of it, without naming a column.
_FILLER = re.compile(
    r"[，、（）：“” \u3000]|的|者|今年|全年|由|(?:[增减扩缩调升降][一-龥]{0,2}|上升|"
    r"发展)(?:到|至|为|成)|仍|保持|涉及|惠及|覆盖|受益|发放给|兑现|编有|民兵|每[个支]|"
    r"其中|分别|为|是|有"
    r"|只有|仅有|也有|[只仅也就]|而且|并且|同时|共计|共|计|合计|各|达|支出|喜报|发放|享受|对象|人数|金额|资金|等|和|由|[：]"
)
_STOP = re.compile(r"[。；！？\n]")
#: 由35人组成的应急排, 15人的通信分队, 其余12人编入引导小组.
_MADE_OF = re.compile("人?(?:共同|共)?(?:组成|编成|组建)(?:了)?的?|的|编入")
_JOINED = re.compile(r"[、，和及与 ]|以及|[“”]*[、和][“”]*")
#: What may stand between names and 分别 or 各: 3支队伍，人数.
_SHARED_OUT = re.compile(
    r"[”）]?(?:等)?(?:[0-9一二三四五六七八九十两]{1,3}[支个类]|[，、]?(?:民兵)?(?:队伍|分队|专业分队)|[，、：])*"
    r"(?P<word>[一-龥]{0,8}?)(?P<how>分别(?:为|是|有|达|编有|编制|发放)?|各)"
)
_FAR = 24
_RATE = re.compile("(?:每[人户名年月]|户均|人均)[^，。；]{0,6}$")
#: Rows without names of their own stand no further apart.
_LISTED = 30
_BY_NAMES = re.compile(r"(?P<word>[^，。；：、\n]{2,10}?)分别(?:为|是|有)?$")


class Tables:
    """All tables of a schema in one text."""

    def __init__(
        self, frame: Frame, figures: Sequence[Numeral], schema: FactSchema, reader: Reader, runs: Sequence[Run] = ()
    ) -> None:
        self._runs = runs
        self._frame = frame
        self._figures = figures
        self._schema = schema
        self._reader = reader

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
            found += _once(self._completed(rows, item, cues), item.key_column.label)
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
        grouped, done = self._grouped(names, item, cues)
        yield from grouped
        for number, (match, name) in enumerate(names):
            if number in done:
                continue
            limit = names[number + 1][0].start("v") if number + 1 < len(names) else len(self._frame.text)
            floor = names[number - 1][0].end() if number else 0
            row = Row(item.label, {item.key_column.label: name}, match.start("v"), match.end())
            if cues.behind:
                self._figure_before(row, match.start(), item, cues)
            if not row.used:
                self._first(row, floor, item, cues)
                self._following(row, match.end(), limit, item, cues)
            if row.used:
                yield row

    def _grouped(
        self, names: list[tuple[re.Match[str], str]], item: FactField, cues: TableCues
    ) -> tuple[list[Row], set[int]]:
        """应急排、防汛分队、救护分队分别为30人、20人、12人; 二等功、三等功各1人."""
        text, rows, done = self._frame.text, [], set()
        place = 0
        while place < len(names):
            last = place
            while last + 1 < len(names) and _JOINED.fullmatch(
                text, names[last][0].end(), names[last + 1][0].start("v")
            ):
                last += 1
            told = _SHARED_OUT.match(text, names[last][0].end()) if last > place else None
            if told:
                group = [
                    Row(item.label, {item.key_column.label: name}, match.start("v"), match.end())
                    for match, name in names[place : last + 1]
                ]
                self._share_out(group, told.start("how"), item, cues)
                if all(row.used for row in group):
                    rows += group
                    done |= set(range(place, last + 1))
            place = last + 1
        return rows, done

    def _share_out(self, group: list[Row], at: int, item: FactField, cues: TableCues) -> None:
        """Gives each row its figure of every series that follows."""
        text = self._frame.text
        while True:
            told = _SHARED_OUT.match(text, at)
            if told is None:
                return
            first = next((place for place, one in enumerate(self._figures) if one.start >= told.end("how")), None)
            if first is None or len(text[told.end("how") : self._figures[first].start]) > 6:
                return
            count = 1 if told["how"] == "各" else len(group)
            series = self._figures[first : first + count]
            column = self._column(group[0], told["word"], series[0], item, cues)
            apart = (not _JOINED.fullmatch(text, one.end, two.start) for one, two in itertools.pairwise(series))
            if column is None or len(series) < count or any(apart):
                return
            for number, row in enumerate(group):
                self._put(row, item, cues, column, series[number % count])
                row.used.add(first + number % count)
                row.end = max(row.end, series[number % count].end)
            at = series[-1].end

    def _by_figure(self, item: FactField, cues: TableCues) -> Iterator[Row]:
        """Names that only a figure right behind them makes rows: 器材装备7.5万元."""
        key = pattern(cues.key)
        (column_label, column), *_ = cues.columns.items()
        rows: list[Row] = []
        for place, one in enumerate(self._figures):
            if not self._suits(one, item, column_label, column):
                continue
            begin = max(0, one.start - 40)
            for stop in _STOP.finditer(self._frame.text, begin, one.start):
                begin = stop.end()
            match = key.search(self._frame.text[begin : one.start])
            if match is None or self._reader.judge(place).role != "value":
                continue
            name = bare_name(self._name(match, cues))
            if not name or not self._admitted(name, one.start, cues):
                continue
            row = Row(item.label, {item.key_column.label: name}, begin + match.start("v"), one.end, {place})
            self._put(row, item, cues, column_label, one)
            rows.append(row)
        # One amount alone is no list.
        for number, row in enumerate(rows):
            around = rows[max(0, number - 1) : number] + rows[number + 1 : number + 2]
            if any(abs(other.start - row.end) < _LISTED or abs(row.start - other.end) < _LISTED for other in around):
                yield row

    def _name(self, match: re.Match[str], cues: TableCues) -> str:
        parts = [match[group] for group in ("v", "w") if group in match.re.groupindex and match[group]]
        name = "".join(parts).strip("，、 ").removesuffix("者")
        # 为7名进藏新兵家庭兑现进藏兵一次性奖励金: what is paid out stands behind the verb.
        name = re.sub("^.*(?:兑现|落实|支付)(?=.{4})", "", name)
        return cues.names.get(name, name)

    def _admitted(self, name: str, place: int, cues: TableCues) -> bool:
        if cues.unless and pattern(cues.unless).search(name):
            return False
        if not cues.near:
            return True
        sentence = self._frame.sentence(place)
        place = self._frame.sentences.index(sentence)
        before = self._frame.sentences[max(0, place - 1)]
        words = self._frame.heading(sentence) + self._frame.text[before.start : sentence.end]
        return bool(pattern(cues.near).search(words))

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
                if taken and label not in row.cells and self._suits(one, item, label, column):
                    self._put(row, item, cues, label, one)
                    row.used.add(place)
                    row.start = one.start
                    return

    def _left(self, one: Numeral) -> str:
        return self._frame.text[max(0, one.start - 6) : one.start]

    def _figure_before(self, row: Row, name_at: int, item: FactField, cues: TableCues) -> None:
        """2人荣立三等功: the figure stands before, with a verb between."""
        behind = pattern(cues.behind)
        for place in reversed(self._places(max(0, name_at - _FAR), name_at)):
            one = self._figures[place]
            if not behind.fullmatch(self._frame.text[one.end : name_at]):
                return
            for label, column in cues.columns.items():
                if self._suits(one, item, label, column) and self._reader.judge(place).role == "value":
                    self._put(row, item, cues, label, one)
                    row.used.add(place)
                    row.start = one.start
                    return
            return

    def _following(self, row: Row, at: int, limit: int, item: FactField, cues: TableCues) -> None:
        """The figures behind the name, as long as they are its columns."""
        if told := named_in_brackets(self._frame.text, at, self._figures, cues):
            for column, place in told[0]:
                self._put(row, item, cues, column, self._figures[place])
                row.used.add(place)
            row.end = at = told[1]
        last, named_only = at, False
        for place in self._places(at, limit):
            one = self._figures[place]
            between = self._frame.text[last : one.start]
            if len(between) > _FAR or _STOP.search(between):
                return
            role = self._reader.judge(place).role
            if role == "last-year" and not _FILLER.sub("", between):
                last = one.end
                continue
            if one.kind == "money" and _RATE.search(between):
                # 按每户每年22000元发放，31人、68.2万元: what one of them gets is no column.
                last = one.end
                continue
            label = self._column(row, between, one, item, cues, named_only=named_only)
            if label is None and row.used and cues.aside and pattern(cues.aside).search(between):
                # 编制20人，缺编2人，实有18人: of the same unit, and no column.
                last, named_only = one.end, True
                continue
            if label is None or role not in ("value", "partial"):
                return
            if cues.columns[label].first and self._counts_names(row, one, cues):
                return
            if cues.columns[label].first and self._counts_what_follows(one, cues):
                return
            self._put(row, item, cues, label, one)
            row.used.add(place)
            last = one.end
            row.end = one.end + (1 if self._frame.text[one.end : one.end + 1] == "）" and self._opened(row, one) else 0)

    def _several(self, row: Row, between: str, cues: TableCues) -> bool:
        """地铁应急分队2个（共编36人: together, but of this row."""
        counts = (row.cells.get(label) for label, column in cues.columns.items() if column.first)
        return "（" in between or any(isinstance(count, int) and count > 1 for count in counts)

    def _counts_names(self, row: Row, one: Numeral, cues: TableCues) -> bool:
        """应急排、搜救分队、扑火分队三支: the figure counts the names before it."""
        start = self._frame.sentence(row.start).start
        names = sum(1 for _ in pattern(cues.key).finditer(self._frame.text, start, one.start))
        return one.value is not None and one.value > 1 and one.value == names

    def _counts_what_follows(self, one: Numeral, cues: TableCues) -> bool:
        """医疗救护分队12人两支民兵分队: the two are those of the list."""
        after = self._frame.text[one.end : one.end + 8]
        named = any(column.say and re.match(column.say, after) for column in cues.columns.values())
        following = next((other.start for other in self._figures if other.start >= one.end), None)
        joined = following is not None and not _FILLER.sub("", self._frame.text[one.end : following])
        return bool(re.match("(?![等共合均各左以并和与及])[一-龥]", after)) and not named and not joined

    def _opened(self, row: Row, one: Numeral) -> bool:
        inside = self._frame.text[row.start : one.start]
        return inside.count("（") > inside.count("）")

    def _column(
        self, row: Row, between: str, one: Numeral, item: FactField, cues: TableCues, *, named_only: bool = False
    ) -> str | None:
        bare = one.kind == "number"
        named = [
            label
            for label, column in cues.columns.items()
            if column.say
            and label not in row.cells
            and re.search(f"(?:{column.say})(?:人数|数|人员)?[：为是有共计配备了也都仍各 ]*$", between)
            and self._suits(one, item, label, column, bare=bare)
        ]
        if named:
            if (
                re.search("共|合计|总", between)
                and not cues.columns[named[0]].usual
                and not self._several(row, between, cues)
            ):
                # 伪装分队15名，共配备民兵干部7名: of all together.
                return None
            return max(named, key=lambda label: len(cues.columns[label].say) if not cues.columns[label].usual else 0)
        if named_only or _FILLER.sub("", between):
            return None
        if "）" in between:
            return None
        for label, column in cues.columns.items():
            if column.usual and label not in row.cells and self._suits(one, item, label, column, bare=bare):
                return label
        return None

    def _completed(self, rows: list[Row], item: FactField, cues: TableCues) -> list[Row]:
        """民兵干部分别为三人、一人、两人: one figure for each of the rows before."""
        for label, column in cues.columns.items():
            if not column.say:
                continue
            for place, one in enumerate(self._figures):
                begin = max(0, one.start - 30)
                told = _BY_NAMES.search(self._frame.text[begin : one.start])
                if not told or not re.search(f"(?:{column.say})(?:人数|数)?$", told["word"]):
                    continue
                sentence = self._frame.sentence(one.start)
                mine = [row for row in rows if sentence.start <= row.start < one.start]
                if not mine:
                    before = self._frame.sentence(max(0, sentence.start - 1))
                    mine = [row for row in rows if before.start <= row.start < sentence.start]
                values = self._figures[place : place + len(mine)]
                joined = all(
                    re.fullmatch("[、，和 ]*", self._frame.text[a.end : b.start]) for a, b in itertools.pairwise(values)
                )
                if mine and len(values) == len(mine) and joined:
                    for number, row in enumerate(mine):
                        if label not in row.cells and self._suits(values[number], item, label, column):
                            self._put(row, item, cues, label, values[number])
                            row.used.add(place + number)
        return rows

    def _suits(self, one: Numeral, item: FactField, label: str, column: ColumnCues, *, bare: bool = False) -> bool:
        typed = item.column(label)
        if typed is None:
            return False
        kind = FieldType(typed.type)
        if "*" in column.units:
            return (
                one.kind == "count" and one.value is not None and one.unit not in ("人", "次", "名", "人次", "年", "天")
            )
        if bare and not (column.say or "人" in column.units):
            bare = False
        if bare and typed.measure == "个":
            return False
        return fits(one, kind, column_units(typed, column.units), bare=bare)

    def _put(self, row: Row, item: FactField, cues: TableCues, label: str, one: Numeral) -> None:
        typed = item.column(label)
        assert typed is not None
        row.cells[label] = value_of_figure(one, FieldType(typed.type))
        if cues.unit_column:
            row.cells[cues.unit_column] = unit_of(one)
        if one.rough:
            row.doubt = f"原文是概数“{one.text}”"

    def _places(self, start: int, end: int) -> list[int]:
        return [place for place, one in enumerate(self._figures) if start <= one.start and one.end <= end]


def _once(rows: list[Row], key: str) -> list[Row]:
    """One row for a name: the one that says more; the first of equals."""
    best: dict[object, Row] = {}
    for row in rows:
        name = row.cells[key]
        if name not in best or len(row.cells) > len(best[name].cells):
            best[name] = row
    return list(best.values())
