"""版头、附件和版记 as a YAML file: what the commands take with ``--paper``.

::

    加盖印章: true
    发文机关标志: 中共清河镇委员会文件
    发文字号: 清党〔2026〕5号
    签发人: [张三]
    附件:
      - 征兵工作台账
      - {名称: 民兵编组情况表, 正文: 一段一行, 表格: 民兵分队}
    抄送: [县人武部]
    印发机关: 清河镇党政综合办公室
    印发日期: 2026-01-05
    表格: [国防教育活动]
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from assistant.errors import InputError, SheetError
from assistant.facts.strict_yaml import YamlFault, read_mapping
from assistant.facts.values import read_date, read_list
from assistant.fittings import Fittings, checked, table_facts
from assistant.reports.report import Report

MAX_CHARACTERS = 300_000
_FIELDS = {
    "加盖印章": "sealed",
    "发文机关标志": "mark",
    "发文字号": "number",
    "签发人": "signers",
    "紧急程度": "urgency",
    "份号": "copy_number",
    "附注": "note",
    "附件": "attachments",
    "抄送": "copies",
    "印发机关": "printer",
    "印发日期": "printed",
    "表格": "tables",
}
_HEAD = {"mark", "number", "signers", "urgency", "copy_number"}
_ENCLOSED = {"名称": "title", "正文": "text", "表格": "table"}


@dataclass(frozen=True)
class Dress:
    """What a file says; ``tables`` are labels of table facts, which find their section in each report."""

    fittings: Fittings
    tables: tuple[str, ...] = ()

    def on(self, report: Report) -> Fittings:
        """The fittings of this report. Raises InputError for a table that it has no rows for."""
        offered = table_facts(report)
        known = {label: section.key for section, label in offered}
        asked = [*self.tables, *(item.table for item in self.fittings.attachments if item.table)]
        for label in asked:
            if label not in known:
                can = f"可列的有：{'、'.join(known)}。" if known else "这份事实表里没有填了行的表格。"
                raise InputError(f"没有可列成表格的“{label}”。", can)
        return self.fittings.model_copy(update={"tables": tuple((known[label], label) for label in self.tables)})


def read_dress(text: str, file: str, common: tuple[str, str] | None = None) -> Dress:
    """The file's content, checked.

    Args:
        common: text and name of a file for several reports: what ``text`` says takes the place of what stands there,
            and what it names without a value is left out.

    Raises:
        InputError: what cannot be read or printed; names the file and the line.
    """
    made: dict[str, Any] = {}
    places: dict[str, str] = {}
    for content, name in (*([common] if common else ()), (text, file)):
        _read(content, name, made, places)
    tables = made.pop("tables", ())
    try:
        given = Fittings(head=bool(_HEAD & {key for key, value in made.items() if value}), **made)
    except ValidationError as error:
        field = str(error.errors()[0]["loc"][0])
        name = next(name for name, key in _FIELDS.items() if key == field)
        raise InputError(f"{places[field]} “{name}”写法不对。", _HINTS.get(field, "请写成文字。")) from error
    return Dress(checked(given), tables)


def _read(text: str, file: str, made: dict[str, Any], places: dict[str, str]) -> None:
    """Puts what a file says into ``made``, by the field, and where it stands into ``places``. Raises InputError."""
    if len(text) > MAX_CHARACTERS:
        raise InputError(f"“{file}”过大，不像写版头、附件和版记的文件。", "请检查是否给错了文件。")
    try:
        node, data = read_mapping(text)
    except YamlFault as error:
        where = f"第{error.line}行 " if error.line and not error.no_mapping else ""
        said = "内容应为“名称: 值”，一行一项" if error.no_mapping else error.fault or "不是正确的 YAML"
        raise InputError(f"“{file}”{where}{said}。", "请检查冒号、括号和缩进。") from error
    lines = {str(key.value): key.start_mark.line + 1 for key, _ in node.value}
    for name, value in data.items():
        if name not in _FIELDS:
            raise InputError(f"“{file}”第{lines[str(name)]}行 不认识“{name}”。", f"可写的有：{'、'.join(_FIELDS)}。")
        field = _FIELDS[name]
        made.pop(field, None)
        if value is not None:
            places[field] = f"“{file}”第{lines[name]}行"
            made[field] = _value(name, value, places[field])


_HINTS = {"sealed": "请写 true 或 false。", "urgency": "请写“特急”或“加急”。"}


def _value(name: str, value: object, place: str) -> object:
    reader = _READERS.get(name)
    try:
        return reader(value) if reader else value
    except (SheetError, ValueError, TypeError, KeyError) as error:
        raise InputError(f"{place} “{name}”写法不对。", _WAYS[name]) from error


def _enclosures(value: object) -> tuple[object, ...]:
    return tuple(
        {_ENCLOSED[key]: str(part) for key, part in item.items() if part is not None}
        if isinstance(item, dict)
        else str(item)
        for item in (value if isinstance(value, list) else [value])
    )


_READERS: dict[str, Callable[[Any], object]] = {
    "附件": _enclosures,
    "印发日期": read_date,
    **dict.fromkeys(("签发人", "抄送", "表格"), read_list),
}
_WAYS = {
    "附件": "每个附件写一行名称，或写 {名称: …, 正文: …, 表格: …}。",
    "印发日期": "请写成 2026-01-05 的样子。",
    **dict.fromkeys(("签发人", "抄送", "表格"), "请写成一列，如 [甲, 乙]。"),
}
