"""Fact sheets as YAML files (DESIGN.md 4)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from assistant.errors import SheetError, SheetProblem
from assistant.facts.fields import FactField, FactSchema, FieldType
from assistant.facts.sheet import FactSheet, plain_fact, read_facts
from assistant.facts.strict_yaml import YamlFault, read_mapping
from assistant.facts.totals import totals_among, why_no_row

#: A sheet is some hundred lines; more is something else under a wrong name.
MAX_BYTES = 1_000_000


@dataclass(frozen=True)
class SheetFile:
    """A fact sheet file, read: which report it is for, its facts, and who filled it in ("" where it does not say)."""

    report_type: str
    shape: str
    sheet: FactSheet
    filled_by: str = ""


@dataclass(frozen=True)
class LinedMapping:
    """A YAML mapping with the line on which each key stands."""

    data: dict[str, Any]
    lines: dict[str, int]
    children: dict[str, LinedMapping]


def read_yaml(text: str) -> LinedMapping:
    """Any YAML mapping, with lines. Raises SheetError with the line where it is not YAML."""
    if len(text) > MAX_BYTES:
        raise SheetError([SheetProblem("", "文件过大", "不超过 1MB 的事实表")])
    try:
        node, data = read_mapping(text)
    except YamlFault as error:
        raise SheetError([_problem(error)]) from error
    return _lined(node, data)


def _problem(error: YamlFault) -> SheetProblem:
    if error.no_mapping:
        return SheetProblem("", "不是事实表", "以 report_type、shape、facts 开头的 YAML", error.line)
    if error.unprintable:
        return SheetProblem("", "不是正确的 YAML：里面有不能显示的字符", "纯文字", error.line)
    fault = error.fault or "冒号、括号或缩进不对"
    return SheetProblem("", f"不是正确的 YAML：{fault}", "“标签: 值”一行一项，缩进用空格", error.line)


def _lined(node: yaml.MappingNode, data: dict[str, Any]) -> LinedMapping:
    lines = {str(key.value): key.start_mark.line + 1 for key, _ in node.value}
    children = {
        str(key.value): _lined(child, data[key.value])
        for key, child in node.value
        if isinstance(child, yaml.MappingNode) and isinstance(data.get(key.value), dict)
    }
    return LinedMapping(data, lines, children)


def load_sheet(text: str, schema_of: Callable[[str, str], FactSchema], source: str = "") -> SheetFile:
    """Reads a YAML fact sheet.

    Args:
        schema_of: (report type, shape) → its schema; raises UnknownNameError for names that do not exist.
        source: the file's name, for the message.

    Raises:
        SheetError: broken YAML or any problem of any fact, all at once.
    """
    top = read_yaml(text)
    problems = [
        SheetProblem(key, "不是事实表的内容", "report_type、shape、facts", line)
        for key, line in top.lines.items()
        if key not in ("report_type", "shape", "facts")
    ]
    for key in ("report_type", "shape"):
        if not isinstance(top.data.get(key), str):
            expected = "报告类型和样式，如 armed-forces-work、duty-c"
            problems.append(SheetProblem(key, "没有写", expected, top.lines.get(key)))
    facts = top.data.get("facts")
    if facts is not None and not isinstance(facts, dict):
        problems.append(SheetProblem("facts", "写法不对", "“标签: 值”，一行一项", top.lines.get("facts")))
    if problems:
        raise SheetError(problems, source)
    schema = schema_of(top.data["report_type"], top.data["shape"])
    child = top.children.get("facts")
    try:
        sheet = read_facts(facts or {}, schema, child.lines if child else None)
    except SheetError as error:
        raise SheetError(error.problems, source) from None
    if problems := list(_totals(sheet, child.lines if child else {})):
        raise SheetError(problems, source)
    return SheetFile(top.data["report_type"], top.data["shape"], sheet)


def _totals(sheet: FactSheet, lines: Mapping[str, int]) -> Iterator[SheetProblem]:
    for name, line in lines.items():
        item = sheet.schema.find(name)
        fact = sheet.facts.get(item.label) if isinstance(item, FactField) and item.type is FieldType.TABLE else None
        if isinstance(item, FactField) and fact is not None:
            totals = dict.fromkeys([*totals_among(fact.value, item), *totals_among(fact.last_year, item)])
            yield from (SheetProblem(item.label, f"里的{why_no_row(total)}", line=line) for total in totals)


def dump_sheet(report_type: str, shape: str, sheet: FactSheet) -> str:
    """The sheet as YAML that ``load_sheet`` reads back to the same facts."""
    facts = {label: plain_fact(fact) for label, fact in sheet.facts.items()}
    body = {"report_type": report_type, "shape": shape, "facts": facts}
    return yaml.safe_dump(body, allow_unicode=True, sort_keys=False, width=120)


def blank_sheet(report_type: str, shape: str, schema: FactSchema, presets: FactSheet) -> str:
    """An empty sheet to fill in: every fact in the order of the form, with its unit and hint as a comment."""
    out = [f"report_type: {report_type}", f"shape: {shape}", "facts:"]
    for group in schema.groups:
        out.append(f"  # —— {group} ——")
        for item in schema.in_group(group):
            value = plain_fact(presets.fact(item.label))
            shown = "" if value is None else f" {value}"
            must = "必填；" if shape in item.required_by else ""
            out.append(f"  {item.label}:{shown}".ljust(24) + f"  # {must}{_explain(item)}")
            if item.type is FieldType.TABLE:
                cells = ", ".join(f"{column.label}: " for column in item.columns)
                out.append(f"  #  - {{{cells}}}")
    return "\n".join(out) + "\n"


def _explain(item: FactField) -> str:
    kinds = {
        FieldType.COUNT: item.measure or "数",
        FieldType.MONEY: "金额，如 7.5万元",
        FieldType.PERCENT: "百分数",
        FieldType.YEAR: "年份",
        FieldType.DATE: "日期",
        FieldType.TEXT: "文字",
        FieldType.CHOICE: "、".join(item.choices),
        FieldType.LIST: "若干条，写成 [一条, 又一条]",
        FieldType.TABLE: "表格，一行一项",
    }
    return "；".join(part for part in (kinds[item.type], item.hint) if part).replace("\n", " ")
