"""One word for what several places have: 各村入伍人数：王家坳2人、大坪3人, or a heading with a line for each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.facts.fields import FactSchema, FieldType
from assistant.intake.cleaning import Cleaned
from assistant.intake.extract_reporter import Reporter
from assistant.intake.extract_reporter_lines import PLACE

_DIGIT = "[0-9一二两三四五六七八九十]"
_FIGURE = rf"{_DIGIT}{{1,6}}(?:[.][0-9]+)?(?:人次|万元?|[人名位个户次元块条份张面件起处天])?"
_MARK = r"[ \u3000]*(?:[（(]?[0-9]{1,2}[）)、.．][ ]?|[·*●-] ?)?"
_EACH = "各个?(?:行政)?(?:村（社区）|村居|村|社区|屯|[组寨])"
_LEAD = rf"(?P<lead>(?:20[0-9]{{2}}年|今年|本年度?|全年|截至[^，：\n]{{2,10}}，?|{_EACH}|的|上报)*)"
_TAIL = "(?:情况|统计|汇总|名单|如下|分别|上报|明细|表|的|数字)*"
#: What no place is called.
_OTHER = "合计|总计|小计|共计|一共|总共|共|其中|全[镇乡街办]|去年|上年|今年|比|较|同比"
_ADDED = rf"(?:合计|总计|共计|一共|总共|共)：?{_FIGURE}"
_CELL = rf"(?!{_OTHER})[一-龥]{{2,5}}?：?{_FIGURE}"
#: 各村入伍人数：王家坳2人、大坪3人、双河1人; 入伍：大沟2 小沟1 合计3.
_ROW = re.compile(
    rf"(?:^{_MARK}|(?<=[，。；])|(?={_EACH}))(?P<lead>{_EACH})?(?P<noun>[^，。；：\n0-9]{{2,14}}?){_TAIL}："
    rf"(?P<row>{_CELL}(?:[、，； ]?{_CELL})++(?:[、，； ]?{_ADDED})?)",
    re.MULTILINE,
)
_ONE = re.compile(rf"(?P<name>[一-龥]{{2,5}}?)：?(?P<figure>{_FIGURE})")
#: 今年各村参军情况：, with 前进村 2名 on the next line.
_HEAD = re.compile(rf"^{_MARK}{_LEAD}(?P<noun>[^，。；：、\n0-9]{{2,12}}?){_TAIL}[：:]?[ \u3000]*$", re.MULTILINE)
_LINE = re.compile(
    rf"{_MARK}(?P<name>[一-龥]{{2,6}})[：， \u3000\t]{{0,3}}"
    rf"(?:(?P<figure>{_FIGURE})(?:（[^（）\n]*）)?|没有?|无)[。；，、]?[ \u3000]*"
)
_REST = re.compile("，[^。；\n]*")
_SUM = re.compile("合计|总计|共计|一共|总共|共")
_TOTAL = re.compile(_OTHER)


@dataclass(frozen=True)
class ReportList:
    """A list of places; characters [start, end) of the text are its own."""

    start: int
    end: int
    reporters: tuple[Reporter, ...]


def lists(cleaned: Cleaned, schema: FactSchema) -> list[ReportList]:
    """The lists of the text, in order."""
    return sorted([*_rows(cleaned, schema), *_headed(cleaned, schema)], key=lambda one: one.start)


def _rows(cleaned: Cleaned, schema: FactSchema) -> Iterator[ReportList]:
    for told in _ROW.finditer(cleaned.text):
        found = list(_ONE.finditer(cleaned.text, *told.span("row")))
        names = [one["name"] for one in found if not _TOTAL.match(one["name"])]
        if told["lead"] or (_counted(told["noun"], schema) and _of_places(names)):
            figures = [(one["name"], one.span("figure")) for one in found]
            yield ReportList(*told.span(), tuple(_told(cleaned, told.span("noun"), figures)))


def _headed(cleaned: Cleaned, schema: FactSchema) -> Iterator[ReportList]:
    text = cleaned.text
    for head in _HEAD.finditer(text):
        figures: list[tuple[str, tuple[int, int]]] = []
        names, at, end = list[str](), head.end() + 1, head.end()
        while line := _LINE.match(text, at):
            if line.end() < len(text) and text[line.end()] != "\n":
                break
            names.append(line["name"])
            if line["figure"]:
                figures.append((line["name"], line.span("figure")))
            end, at = line.end(), line.end() + 1
        places = [name for name in names if not _TOTAL.match(name)]
        each = re.search(_EACH, head["lead"]) is not None
        if len(figures) > 1 and _counted(head["noun"], schema) and (each or _of_places(places)):
            yield ReportList(head.start(), end, tuple(_told(cleaned, head.span("noun"), figures)))


def _told(
    cleaned: Cleaned, noun: tuple[int, int], figures: Sequence[tuple[str, tuple[int, int]]]
) -> Iterator[Reporter]:
    for name, figure in figures:
        if _SUM.fullmatch(name):
            # 合计156人，去年163人
            rest = _REST.match(cleaned.text, figure[1])
            figure = (figure[0], rest.end() if rest else figure[1])
            yield Reporter(name, (cleaned.span(*noun), cleaned.span(*figure)), "", whole=True)
        elif not _TOTAL.match(name):
            yield Reporter(name, (cleaned.span(*noun), cleaned.span(*figure)), "")


def _counted(noun: str, schema: FactSchema) -> bool:
    """Whether the words are those of a fact that is one figure, and of no table."""
    kinds: set[FieldType] = set()
    for item in schema.fields:
        names = (item.label, *item.aliases, *schema.hints.chat.get(item.label, ()))
        if any(len(name) > 1 and name in noun for name in names):
            kinds.add(FieldType(item.type))
    return bool(kinds & {FieldType.COUNT, FieldType.MONEY}) and FieldType.TABLE not in kinds


def _of_places(names: Sequence[str]) -> bool:
    """Half of the names at least are called as places are: nobody knows else whether 大专 3人 is one."""
    return 2 * sum(1 for name in names if PLACE.search(name)) >= max(2, len(names))
