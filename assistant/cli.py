"""The commands of DESIGN.md 4.

Exit status: 0 fine, 1 findings of severity error or an endpoint that failed, 2 bad usage or input.
"""

from __future__ import annotations

import argparse
import asyncio
import io
import json
import os
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, NoReturn

from assistant import cli_audit, cli_batch, cli_extract, cli_format, cli_paper
from assistant.cli_files import demand_folder, read_sheet, read_utf8, write_whole
from assistant.configuration import configuration
from assistant.errors import ConfigurationError, EndpointError, ExportError, NigaoError
from assistant.facts.fields import DerivedFact, FactField
from assistant.facts.sheet import read_facts
from assistant.facts.yaml_form import blank_sheet
from assistant.reports.loader import Library
from assistant.reports.types import Length, ReportType

ROOT = Path(__file__).resolve().parents[1]
FINE, FINDINGS, BAD = 0, 1, 2


def _utf8() -> None:
    """A console in GBK must not end a command in mid-sentence."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit status."""
    _utf8()
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except (EndpointError, ExportError) as error:
        print(error.for_user(), file=sys.stderr)
        return FINDINGS
    except NigaoError as error:
        print(error.for_user(), file=sys.stderr)
        return BAD
    except KeyboardInterrupt:
        print("已停止。", file=sys.stderr)
        return BAD


class _Parser(argparse.ArgumentParser):
    """argparse in Chinese, where its words reach a person."""

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        print(f"用法不对：{message}。加 -h 看说明。", file=sys.stderr)
        raise SystemExit(BAD)


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="nigao", description="拟稿：从事实表到公文的命令。")
    commands = parser.add_subparsers(dest="command", required=True, metavar="命令")

    types = commands.add_parser("types", help="列出报告类型、样式和事实")
    types.add_argument("type", nargs="?", help="只看这一种")
    types.add_argument("--json", action="store_true", help="以 JSON 输出")
    types.set_defaults(run=_types)

    sheet = commands.add_parser("sheet", help="生成一份空白事实表")
    sheet.add_argument("type", help="报告类型，如 armed-forces-work")
    sheet.add_argument("--shape", required=True, help="样式，如 duty-c")
    sheet.add_argument("-o", "--output", type=Path, help="写到这个文件（.yaml 或 .xlsx）；不写则打印出来")
    sheet.add_argument("--force", action="store_true", help="文件已存在时覆盖")
    sheet.set_defaults(run=_sheet)

    draft = commands.add_parser("draft", help="由事实表起草，写成 Word 文件")
    draft.add_argument("sheet", type=Path, help="事实表（.yaml 或 .xlsx）")
    draft.add_argument("-o", "--output", type=Path, required=True, help="写成的 .docx（也可以是 .pdf、.txt、.md）")
    draft.add_argument("--engine", choices=["embedded", "endpoint"], help="默认：配置了模型用模型，否则用内置范式")
    draft.add_argument("--yes-send", action="store_true", help="模型在外部时：知道要发往哪里、发些什么，可以发")
    draft.add_argument("--section", action="append", default=[], metavar="KEY", help="只起草这一节（可重复）")
    draft.add_argument("--length", choices=[length.value for length in Length], default=Length.NORMAL.value)
    draft.add_argument("--seed", type=int, default=0, help="换一个数，换一种写法；不写时按单位名称和年度定")
    cli_paper.register(draft)
    draft.add_argument(
        "--against", type=Path, metavar="REPORT.json", help="花脸稿：与以前 --save 存下的报告相比，改动用修订标出"
    )
    draft.add_argument("--save", type=Path, metavar="REPORT.json", help="另存报告（事实和占位文字）")
    draft.add_argument("--json", action="store_true", help="以 JSON 输出核校结果")
    draft.set_defaults(run=_draft)

    cli_audit.register(commands)
    cli_format.register(commands)
    cli_extract.register(commands)
    cli_batch.register(commands)
    return parser


# ---- types


def _types(options: argparse.Namespace) -> int:
    library = Library()
    found = [library.get(options.type)] if options.type else library.all()
    if options.json:
        print(json.dumps([_type_json(item) for item in found], ensure_ascii=False, indent=1))
        return FINE
    for item in found:
        print(f"{item.key}　{item.name}")
        for shape in item.shapes:
            print(f"  {shape.key:<10}{shape.name}　{shape.description}")
        for group in item.facts.groups:
            print(f"  {group}：" + "、".join(_fact_line(field) for field in item.facts.in_group(group)))
        if item.facts.derived:
            print("  自动计算：" + "、".join(_fact_line(derived) for derived in item.facts.derived))
    return FINE


def _fact_line(item: FactField | DerivedFact) -> str:
    return f"{item.label}（{item.measure or item.type.value}）"


def _type_json(item: ReportType) -> dict[str, Any]:
    return {
        "key": item.key,
        "name": item.name,
        "shapes": [
            {
                "key": shape.key,
                "name": shape.name,
                "document": shape.document,
                "sections": [
                    {"key": section.key, "title": section.title, "depth": depth, "facts": list(section.facts)}
                    for section, depth in shape.walk()
                ],
            }
            for shape in item.shapes
        ],
        "facts": [
            {
                "label": field.label,
                "type": field.type.value,
                "group": field.group,
                "measure": field.measure,
                "aliases": list(field.aliases),
                "required_by": list(field.required_by),
                "columns": [{"label": c.label, "type": c.type.value, "measure": c.measure} for c in field.columns],
            }
            for field in item.facts.fields
        ],
        "derived": [
            {"label": derived.label, "type": derived.type.value, "measure": derived.measure, "expr": derived.expr}
            for derived in item.facts.derived
        ],
    }


# ---- sheet


def _sheet(options: argparse.Namespace) -> int:
    found, shape = Library().shape(options.type, options.shape)
    presets = read_facts(shape.presets, found.facts)
    ending = options.output.suffix.lower() if options.output else ".yaml"
    if ending not in (".yaml", ".yml", ".xlsx"):
        raise ConfigurationError(f"不认识“{options.output.suffix}”这种事实表。", "请写成 .yaml 或 .xlsx 文件。")
    if ending == ".xlsx":
        from assistant.intake.xlsx_form_write import write_form

        data = write_form(found, shape, presets)
    else:
        data = blank_sheet(found.key, shape.key, found.facts, presets).encode("utf-8")
    if options.output is None:
        print(data.decode("utf-8"), end="")
        return FINE
    if options.output.exists() and not options.force:
        raise ConfigurationError(f"“{options.output}”已经存在，没有覆盖。", "请换一个文件名，或加 --force。")
    write_whole(options.output, data)
    print(f"已写好：{options.output}（{len(found.facts.fields)} 项事实，标“必填”的先填）", file=sys.stderr)
    return FINE


# ---- draft


def _draft(options: argparse.Namespace) -> int:
    # The page's own libraries are heavy: a command that needs none of them starts without.
    from assistant.checks.report import check_report
    from assistant.drafting.embedded import EmbeddedEngine
    from assistant.drafting.endpoint import EndpointEngine
    from assistant.drafting.leaving import CLOSED
    from assistant.drafting.secrecy import refuse_marked
    from assistant.drafting.settings import EndpointSettings, send_values_from_environment
    from assistant.headless import blank_report, chosen_keys, draft_report, seed_of
    from assistant.progress import Board
    from assistant.repair.engine import RepairingEngine
    from assistant.reports.json_form import dump_report, load_report
    from assistant.sending import gate_of_command, told_of_sending

    library = Library()
    against = load_report(read_utf8(options.against), library, options.against.name) if options.against else None
    papers = cli_paper.Papers(options, options.output.suffix.lower(), against)
    for file in filter(None, (options.output, options.save)):
        demand_folder(file)
    read = read_sheet(options.sheet, library)
    seed = seed_of(library, read.report_type, read.shape, read.sheet, options.seed)
    report = blank_report(library, read.report_type, read.shape, read.sheet, Length(options.length), seed)
    papers.paper(report)
    keys = chosen_keys(report, options.section)
    configured = configuration(os.environ, ROOT)
    settings = EndpointSettings.from_environment(configured) if options.engine != "embedded" else None
    if options.engine == "endpoint" and settings is None:
        raise ConfigurationError("还没有配置模型。", "请设置 NIGAO_BASE_URL 和 NIGAO_MODEL，或改用 --engine embedded。")

    send_values = send_values_from_environment(configured)
    gate = CLOSED
    # Told now rather than after the drafting: such a report could not be written to a file.
    refuse_marked(report, "导出")
    if settings is not None:
        gate = gate_of_command(settings, send_values, configured.get("NIGAO_SEND_CONFIRMED", ""), yes=options.yes_send)
        if line := told_of_sending(settings, send_values):
            print(line, file=sys.stderr)

    async def work() -> tuple[Any, dict[str, EndpointError]]:
        if settings is None:
            return await draft_report(library, report, EmbeddedEngine(), keys, board.report)
        engine = RepairingEngine(EndpointEngine(settings, send_values, gate))
        try:
            return await draft_report(library, report, engine, keys, board.report)
        finally:
            await engine.aclose()

    label = f"{settings.model}（{settings.host}）" if settings else "内置范式稿（未经模型润色）"
    with Board([section for section in report.written if section.key in keys], label) as board:
        drafted, failures = asyncio.run(work())
    if options.save:
        write_whole(options.save, dump_report(drafted).encode("utf-8"))
    found = check_report(drafted, library.get(drafted.report_type))
    if options.section:
        # The rest was not asked for: its emptiness is no fault of this draft.
        found = [finding for finding in found if not finding.section_key or finding.section_key in keys]
    errors = [finding for finding in found if finding.severity == "error"]
    if options.json:
        print(json.dumps({"findings": [asdict(finding) for finding in found]}, ensure_ascii=False, indent=1))
    else:
        for finding in errors:
            print(f"  · {finding.message}", file=sys.stderr)
    for key, error in failures.items():
        section = drafted.section(key)
        print(f"“{section.title if section else key}”没有写完：{error.for_user()}", file=sys.stderr)
    if options.final and (errors or failures):
        print(f"还有 {len(errors) + len(failures)} 处没有处理，没有写正式稿。", file=sys.stderr)
        return FINDINGS
    write_whole(options.output, papers.data(drafted, options.output.stem, found))
    print(f"已写好：{options.output}", file=sys.stderr)
    for departure in papers.departures(drafted):
        print(f"版式核对：{departure}", file=sys.stderr)
    return FINDINGS if errors or failures else FINE
