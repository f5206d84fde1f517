"""``extract``: the facts of an old report or of notes (DESIGN.md 4)."""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import sys
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.configuration import configuration
from assistant.errors import ConfigurationError
from assistant.facts.fields import FactField, FactSchema, FieldType
from assistant.facts.formatting import money, plain_text
from assistant.facts.sheet import plain
from assistant.facts.values import Value
from assistant.reports.loader import Library

if TYPE_CHECKING:
    from assistant.intake.found import Extraction, FoundFact

ROOT = Path(__file__).resolve().parents[1]
FINE = 0
#: Characters of a quote that the table shows.
SHOWN = 36
_DESCRIPTION = """\
从旧报告、笔记里找出事实：是哪一项、多少、原文怎么写、在哪里。只列出来，不改任何事实表。
退出码：0 已列出；1 模型服务出错；2 用法不对，或文件读不了。

--json 的写法：
  facts: [{"label", "value", "unit", "approximate", "quote", "start", "end", …}]，按原文的顺序。
    value    数量、百分数、年份是 JSON 数字，金额一律按元；日期和文字是字符串。清单类的事实每条一项。
    unit     原文的量词或单位；approximate 是否概数（true / false），approximate_word 是原文的说法（余、多、近、约）。
    last_year 原文同时写明的去年数；doubt 需要再看一眼的原因；place 是第几段。
    start、end 是 quote 在 text 里的位置（从 0 数，不含末尾）。
    表格的一行写作 {"label": "民兵分队", "row": {列名: 值}, "quote", "start", "end"}。
  notices: [{"kind", "message", "quote", "start", "end", "place"}]：没有当作事实、但应当知道的地方。
  year、source、text：材料说的年度、文件名、所依据的文字。"""


def register(commands: Any) -> None:
    """Adds the command to the parser's sub-commands."""
    parser = commands.add_parser(
        "extract",
        help="从旧报告、笔记里找出事实",
        description=_DESCRIPTION,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "text", type=Path, help="旧报告或笔记：.docx、.txt、.pdf，装了 LibreOffice 时还有 .doc、.wps、.rtf"
    )
    parser.add_argument("--type", required=True, help="报告类型，如 armed-forces-work")
    parser.add_argument(
        "--engine", choices=["embedded", "endpoint"], default="embedded", help="默认用内置规则；endpoint 再请模型补充"
    )
    parser.add_argument("--yes-send", action="store_true", help="模型在外部时：知道要发往哪里、发些什么，可以发")
    parser.add_argument("--json", action="store_true", help="以 JSON 输出")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    # Readers and rules are loaded only by the command that needs them.
    from assistant.document.reading import read_docx
    from assistant.intake.extract import extract_text
    from assistant.intake.reading import read_source

    schema = Library().get(options.type).facts
    read = read_source(options.text, read_docx)
    if options.engine == "endpoint":
        found = _with_model(read.text, schema, read.name, yes=options.yes_send)
    else:
        found = extract_text(read.text, schema, read.name)
    notices = (*read.notices, *found.notices)
    if options.json:
        print(json.dumps(as_json(found, notices), ensure_ascii=False, indent=1))
    else:
        _show(found, notices, schema)
    return FINE


def _with_model(text: str, schema: FactSchema, name: str, *, yes: bool) -> Extraction:
    from assistant.drafting.settings import EndpointSettings, send_values_from_environment
    from assistant.extracting import extract_with_model
    from assistant.sending import gate_of_command, told_of_sending

    configured = configuration(os.environ, ROOT)
    settings = EndpointSettings.from_environment(configured)
    if settings is None:
        raise ConfigurationError("还没有配置模型。", "请设置 NIGAO_BASE_URL 和 NIGAO_MODEL，或改用 --engine embedded。")
    send_values = send_values_from_environment(configured)
    gate = gate_of_command(settings, send_values, configured.get("NIGAO_SEND_CONFIRMED", ""), yes=yes)
    if line := told_of_sending(settings, send_values, "原文全文"):
        print(line, file=sys.stderr)
    return asyncio.run(extract_with_model(text, schema, name, settings, send_values, gate))


def as_json(found: Extraction, notices: tuple[Any, ...]) -> dict[str, Any]:
    """The shape that DESIGN.md 4 fixes, with what may be added to it."""
    return {
        "source": found.source,
        "year": found.year,
        "facts": [_fact_json(fact) for fact in found.facts],
        "notices": [
            {name: getattr(notice, name) for name in ("kind", "message", "quote", "start", "end", "place")}
            for notice in notices
        ],
        "text": found.text,
    }


def _fact_json(found: FoundFact) -> dict[str, Any]:
    where = {"quote": found.quote, "start": found.start, "end": found.end, "place": found.place, "doubt": found.doubt}
    if found.row is not None:
        return {"label": found.label, "row": {name: _number(cell) for name, cell in found.row.items()}, **where}
    fact = found.fact
    body: dict[str, Any] = {
        "label": found.label,
        "value": _number(fact.value),
        "unit": found.unit,
        "approximate": bool(fact.approximate),
    }
    if fact.approximate:
        body["approximate_word"] = fact.approximate
    if fact.last_year is not None:
        body["last_year"] = _number(fact.last_year)
    return {**body, **where}


def _number(value: Value | None) -> Any:
    """A JSON number for every figure; one item for a list of one."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, tuple) and len(value) == 1 and isinstance(value[0], str):
        return value[0]
    return plain(value)


def _cell(table: FactField, name: str, cell: Value) -> str:
    """应急排, 编制人数 30人, 金额 7.5万元: the row's name needs no header."""
    column = table.column(name)
    if column is None or column == table.key_column:
        return str(cell)
    if column.type is FieldType.MONEY and isinstance(cell, Decimal | int):
        return f"{name} {money(Decimal(cell))}"
    return f"{name} {plain(cell)}{column.measure if column.type is FieldType.COUNT else ''}"


def _show(found: Extraction, notices: tuple[Any, ...], schema: FactSchema) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table("事实", "值", "原文", "位置", "请核对", title=f"{found.source}　{found.year or '年度不明'}")
    for fact in found.facts:
        item = schema.by_label[fact.label]
        if fact.row is not None:
            shown = "，".join(_cell(item, name, cell) for name, cell in fact.row.items() if cell is not None)
        else:
            shown = plain_text(fact.fact.value, item, fact.fact.approximate)
            if fact.fact.last_year is not None:
                shown += f"（去年 {plain_text(fact.fact.last_year, item)}）"
        quote = " ".join(fact.quote.split())
        table.add_row(fact.label, shown, quote if len(quote) <= SHOWN else quote[:SHOWN] + "…", fact.place, fact.doubt)
    console = Console(markup=False, highlight=False)
    console.print(table)
    for notice in notices:
        console.print(f"{notice.place or '全文'}：{notice.message}" + (f"　“{notice.quote}”" if notice.quote else ""))
    console.print(f"共 {len(found.facts)} 项，其中 {sum(bool(fact.doubt) for fact in found.facts)} 项请核对。")
