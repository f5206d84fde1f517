"""Tables of facts, told line by line: 议军会｜次｜3｜2 below 指标｜单位｜本年｜上年 becomes 议军会3次（上年2次）."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.facts.fields import FactField, FactSchema, FieldType
from assistant.intake.extract_grid_copy import Copy, joined
from assistant.intake.extract_grid_form import form_pairs
from assistant.intake.extract_grid_infer import at_odds
from assistant.intake.extract_grid_read import Cell, Column, Grid, Line, unit_in
from assistant.intake.extract_grid_villages import add_up, of_villages, sum_at_odds

#: Heads of columns that part a whole: the lines are villages, months, batches.
_PARTS = re.compile(
    r"(?:各)?(?:行政)?(?:村|社区|单位|乡镇|镇街|部门|辖区)(?:（社区）|居|组|名|名称)?|填报单位|姓名|月份|季度|时间|日期|批次"
)
_THIS, _LAST = (
    re.compile("本年度?|今年|本期|人数|数量|数据|数值|完成数|实际数?"),
    re.compile("上年度?|去年|上年同期|去年同期"),
)
_NAMED_YEAR = re.compile(r"(20[0-9]{2})年?度?")
_THOUSANDS = re.compile(r"(?<=[0-9]),(?=[0-9]{3})")
_CENTS = re.compile(r"[.]0+(?![0-9])")
_OF = re.compile("^[（(]?其中")
_NUMBERING = re.compile(
    r"^(?:[0-9]{1,2}[.．、]|[（(][0-9一二三四五六七八九十]{1,2}[)）]|[一二三四五六七八九十]{1,2}、|[①-⑳])[ ]*"
)
#: Names of rows that only say how the thing beside them is counted.
_COUNTED = re.compile("(?:总)?(?:人数|次数|户数|金额|数量|个数|人次|天数|课时数?|场次|期数)")
#: A remark that names what it counts: 每户700元.
_REMARK = re.compile(r"(?:每|户均|人均|其中|含)[一-龥]{0,8}[0-9][0-9.,]*[一-龥]{1,3}")
#: Words of a caption that only say that it stands above a table.
_ABOUT = re.compile("(?:工作|统计|明细|汇总|发放)?(?:情况|表|如下|数据)*(?:（[^（）]*）)?[：:]?$")
#: 18（大学生16）: a figure with what it holds.
_VALUED = re.compile(r"[0-9.]+[一-龥]{0,2}（[^（）]{1,16}）")
_INNER = re.compile(r"（([^（）]{1,10})）")
_WITH_INNER = re.compile(r"([0-9.,]+[一-龥]{0,2})（([0-9.,]+)[一-龥]{0,2}）")


class FactTables:
    """Tables whose lines, or whose columns, are facts; each method is False where a table is not of its kind."""

    def __init__(self, copy: Copy, lines: Sequence[Line], schema: FactSchema) -> None:
        self._copy, self._lines, self._schema = copy, lines, schema
        self._of, self._measured = False, ""

    def facts(self, grid: Grid) -> bool:
        """指标｜单位｜本年｜上年: a line for each fact."""
        now = [number for number, column in enumerate(grid.columns) if column.role == "now"]
        unit = next((number for number, column in enumerate(grid.columns) if column.role == "unit"), None)
        first = min([*now, *([unit] if unit is not None else [])], default=grid.width)
        texts = [number for number in range(first) if grid.columns[number].role in ("other", "now")]
        texts = [number for number in texts if number not in now]
        if not now and len(texts) == 2 and not grid.columns[texts[1]].name:
            now, texts = texts[1:], texts[:1]
        if not now or not texts or _PARTS.fullmatch(grid.columns[texts[-1]].name):
            return False
        if len(now) > 1 and grid.totals and self._topic(grid):
            # 对象｜户数｜金额 with a total, below 慰问: the lines are parts.
            return False
        known = {line.start for line in grid.rows}
        above = ""
        begun = False
        for line in grid.lines(self._lines):
            if line.start not in known:
                if begun:
                    self._copy.made("。\n", line.start)
                    begun = False
                self._head(grid, line)
                continue
            group = line.cells[texts[-2]].text if len(texts) > 1 and texts[-2] < len(line.cells) else ""
            above = group or above
            start = self._copy.size
            begun = self._fact(grid, line, texts[-1], now, unit, above, begun=begun) or begun
            self._copy.doubted(start, grid.doubt or (at_odds(grid, line, now[0]) if len(now) == 1 else ""))
        if begun:
            self._copy.made("。\n", self._lines[grid.last].end - 1)
        return True

    def _fact(
        self, grid: Grid, line: Line, name_at: int, now: Sequence[int], unit_at: int | None, above: str, *, begun: bool
    ) -> bool:
        """Tells one line; False where it has no value of this year."""
        name = _cell(line, name_at)
        values = [number for number in now if (cell := _cell(line, number)) is not None and _is_told(cell)]
        if name is None or not values:
            return False
        words, unit = unit_in(_NUMBERING.sub("", name.text).rstrip("：:"))
        unit = (cell.text if unit_at is not None and (cell := _cell(line, unit_at)) else "") or unit
        unit = self._inherited(words, unit)
        inner = _INNER.search(words)
        if begun:
            self._copy.made("，" if _OF.match(words) else "。\n", name.start)
        if _COUNTED.fullmatch(words) and above:
            self._copy.made(above, name.start)
        plain = _INNER.sub("", words) if inner else words
        self._copy.made(plain, name.start)
        for order, number in enumerate(values):
            cell, column = line.cells[number], grid.columns[number]
            before = _before(grid.columns, number, line)
            measure = unit or column.unit or grid.unit * (not grid.columns[number].unit) or self._measure(plain)
            worded = not order and not re.search("[0-9]", cell.text)
            self._copy.made("，" if order else "：" if worded else "", cell.start)
            both = _WITH_INNER.fullmatch(cell.text)
            if both and inner:
                # 民兵之家（挂牌）｜11（9）
                last = _WITH_INNER.fullmatch(before.text) if before else None
                self._value(both.group(1), measure, cell, last.group(1) if last else "")
                self._copy.made(f"，其中{inner.group(1)}", cell.start)
                self._value(both.group(2), measure, cell, last.group(2) if last else "")
            else:
                self._value(cell.text, measure, cell, before.text if before and before.is_figure else "")
        for number, column in enumerate(grid.columns):
            remark = _cell(line, number)
            if column.role == "remark" and remark and (told := _REMARK.match(remark.text)):
                self._copy.made("，", remark.start)
                self._copy.add(told.group(), remark.start)
        return True

    def _inherited(self, words: str, unit: str) -> str:
        """基干民兵（人） above 其中：应急排: the parts are counted as their whole is."""
        part = _OF.match(words) is not None or (self._of and self._schema.find(words) is None)
        if unit or not part:
            self._of, self._measured = False, unit
            return unit
        self._of = True
        return self._measured

    def _head(self, grid: Grid, line: Line) -> None:
        """Of a head with several years the one that counts: 2023年｜2024年｜2025年."""
        years = [number for number, column in enumerate(grid.columns) if column.year]
        now = next((number for number in years if grid.columns[number].role == "now"), None)
        told = _cell(line, now) if now is not None and len(years) > 1 else None
        if told is None:
            self._copy.keep_shut(line)
            return
        begin = self._copy.size
        self._copy.add(told.text, told.start)
        joined(self._copy.shut, begin, self._copy.size)
        self._copy.end(line)

    def _topic(self, grid: Grid) -> str:
        """What the caption speaks of, where it is one word or two: 五、慰问情况; "" where it says more."""
        words = _ABOUT.sub("", _NUMBERING.sub("", grid.caption)).strip("：: ")
        return words if re.fullmatch("[一-龥]{2,6}", words) else ""

    def _measure(self, name: str) -> str:
        """The measure word of the fact of that very name."""
        item = self._schema.find(_OF.sub("", name).strip("：:"))
        return item.measure if isinstance(item, FactField) and item.type is FieldType.COUNT else ""

    def _value(self, text: str, unit: str, cell: Cell, before: str) -> None:
        unit = unit if re.fullmatch(r"[0-9.,]+", text) else ""
        self._copy.made(plain(text) + unit, cell.start, cell.start + len(cell.text) - 1)
        if before:
            own = unit if re.fullmatch(r"[0-9.,]+", before) else ""
            self._copy.made(f"（上年{plain(before)}{own}）", cell.start + len(cell.text) - 1)

    def wide(self, grid: Grid) -> bool:
        """适龄青年｜兵役登记｜报名 above one line of figures, or above lines of years, or of parts with their total."""
        rows = [line for line in grid.rows if any(cell.is_figure for cell in line.cells)]
        named = any(line.cells and line.cells[0].text and not _counts(line.cells[0]) for line in (*rows, *grid.totals))
        last: Line | None = None
        if grid.totals:
            now = grid.totals[-1]
        elif of_villages(grid, rows):
            return add_up(grid, rows, self._lines, self._copy, self._schema)
        elif not named:
            if len(rows) != 1:
                return False
            now = rows[0]
        else:
            mine = [line for line in rows if _THIS.fullmatch(line.cells[0].text)]
            years = {int(told.group(1)): line for line in rows if (told := _NAMED_YEAR.fullmatch(line.cells[0].text))}
            if not mine and not years:
                return False
            now = mine[0] if mine else years[max(years)]
            last = next(
                (line for line in rows if _LAST.fullmatch(line.cells[0].text)), years.get(max(years, default=0) - 1)
            )
        cells = [
            (number, column, now.cells[number])
            for number, column in enumerate(grid.columns[: len(now.cells)])
            if column.role in ("other", "now") and column.name and (number or not named)
        ]
        cells = [told for told in cells if told[2].is_figure]
        if len(cells) < 2:
            return False
        for line in grid.lines(self._lines):
            if line.start != now.start:
                self._copy.keep_shut(line)
                continue
            topic = self._topic(grid) if line in grid.totals else ""
            for order, (number, column, cell) in enumerate(cells):
                self._copy.made("，" * bool(order), cell.start)
                begin = self._copy.size
                self._copy.made(topic * bool(_COUNTED.fullmatch(column.name)) + column.name, cell.start)
                before = _cell(last, number) if last is not None else None
                unit = column.unit or self._measure(column.name)
                self._value(cell.text, unit, cell, before.text if before and before.is_figure else "")
                self._copy.doubted(begin, sum_at_odds(grid, rows, number, cell))
            self._copy.made("。\n", now.end - 1)
        return True

    def form(self, grid: Grid) -> bool:
        """Names and values by turns, as a 基本情况表 has them."""
        pairs = form_pairs(grid, self._lines, self._schema)
        if not pairs:
            return False
        begun = False
        for line in grid.lines(self._lines):
            for name, value in pairs.get(line.start, ()):
                words, unit = unit_in(_NUMBERING.sub("", name.text).rstrip("：:"))
                if begun:
                    self._copy.made("，" if _OF.match(words) else "。\n", name.start)
                self._copy.made(_OF.sub("其中", words).replace("其中：", "其中"), name.start)
                if value.is_figure:
                    self._value(value.text, unit or self._measure(words) or self._money(words, grid), value, "")
                else:
                    self._copy.made("：", value.start)
                    self._copy.add(value.text, value.start)
                begun = True
        self._copy.made("。\n", self._lines[grid.last].end - 1)
        return True

    def _money(self, name: str, grid: Grid) -> str:
        """The caption's unit of money, for a fact of money."""
        item = self._schema.find(name)
        return grid.unit if isinstance(item, FactField) and item.type is FieldType.MONEY else ""

    def by_turns(self, grid: Grid) -> bool:
        """Lines without a head: a name and one figure each, or names and figures by turns."""
        lines = [line for line in self._lines[grid.first : grid.last + 1] if line.kind]
        pairs = [line.filled for line in lines]
        blanks = self._lines[grid.first].kind == " "
        if len(pairs) < 2 or (blanks and self._schema.find(pairs[0][0].text) is None):
            return False
        turns = all(
            len(cells) > 1
            and len(cells) % 2 == 0
            and all((cell.is_figure or _is_valued(cell)) == bool(at % 2) for at, cell in enumerate(cells))
            for cells in pairs
        )
        if not turns:
            return False
        for line in grid.lines(self._lines):
            for name, value in zip(line.filled[::2], line.filled[1::2], strict=True) if line.kind else ():
                words, unit = unit_in(_NUMBERING.sub("", name.text).rstrip("：:"))
                self._copy.made(words, name.start)
                if _is_valued(value):
                    self._copy.add(value.text, value.start)
                else:
                    self._value(value.text, unit or self._measure(words), value, "")
                self._copy.made("，" if blanks and value is not line.filled[-1] else "。\n", value.start)
        return True


def _cell(line: Line, number: int) -> Cell | None:
    return line.cells[number] if number < len(line.cells) and line.cells[number].text else None


def _is_valued(cell: Cell) -> bool:
    return bool(_VALUED.fullmatch(cell.text))


def _counts(cell: Cell) -> bool:
    return cell.is_figure and not _NAMED_YEAR.fullmatch(cell.text)


def _is_told(cell: Cell) -> bool:
    return cell.text == "0" or (not cell.is_empty and re.search(r"[0-9一-龥]", cell.text) is not None)


def _before(columns: Sequence[Column], number: int, line: Line) -> Cell | None:
    """Last year's cell beside a cell: of the only such column, or of the one that is called alike."""
    mine = [at for at, column in enumerate(columns) if column.role == "before"]
    if sum(1 for column in columns if column.role == "now") > 1:
        words = re.sub("本年度?|今年|20[0-9]{2}年?", "", columns[number].name)
        mine = [at for at in mine if re.sub("上年度?|去年|同期|20[0-9]{2}年?", "", columns[at].name) == words]
    return _cell(line, mine[0]) if len(mine) == 1 else None


def plain(text: str) -> str:
    return _CENTS.sub("", _THOUSANDS.sub("", text))
