"""``batch``: a folder of fact sheets to a folder of Word files (DESIGN.md 4)."""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal

from assistant import cli_paper
from assistant.cli_files import read_sheet, write_whole
from assistant.configuration import configuration
from assistant.errors import (
    ConfigurationError,
    EndpointError,
    ExportError,
    InputError,
    NigaoError,
    SendingError,
    reason,
)
from assistant.reports.types import Length

ROOT = Path(__file__).resolve().parents[1]
FINE, FINDINGS, BAD = 0, 1, 2
_SHEETS = (".yaml", ".yml", ".xlsx")
_DESCRIPTION = """\
把一个文件夹里的事实表（.yaml、.xlsx）逐份起草成 Word 文件（或 --format 指定的文件），文件名与事实表相同。
一份出错不影响其他各份；每份的结果都会列出来。已有的同名文件不覆盖，除非加 --force。
退出码：0 都写好了，没有必须处理的问题；1 有必须处理的问题，或有的没有写成；2 用法不对，或有事实表读不了。"""


@dataclass
class Outcome:
    """What became of one sheet.

    Attributes:
        status: ``written``; ``refused`` (正式稿 with open errors, an existing file, a failed endpoint); ``unreadable``.
        seed: by the unit's name, so that the reports of a folder are worded differently.
        errors: findings of severity error. ``messages``: what a person should know, in Chinese.
    """

    sheet: str
    status: Literal["written", "refused", "unreadable"] = "written"
    output: str = ""
    seed: int = 0
    errors: int = 0
    messages: list[str] = field(default_factory=list)


def register(commands: Any) -> None:
    """Adds the command to the parser's sub-commands."""
    parser = commands.add_parser(
        "batch",
        help="把一个文件夹的事实表逐份起草成 Word 文件",
        description=_DESCRIPTION,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("folder", type=Path, help="放事实表的文件夹")
    parser.add_argument("-o", "--output", type=Path, required=True, help="放 Word 文件的文件夹；没有则新建")
    parser.add_argument("--engine", choices=["embedded", "endpoint"], help="默认：配置了模型用模型，否则用内置范式")
    parser.add_argument("--yes-send", action="store_true", help="模型在外部时：知道要发往哪里、发些什么，可以发")
    parser.add_argument("--length", choices=[length.value for length in Length], default=Length.NORMAL.value)
    parser.add_argument(
        "--seed", type=int, default=0, help="换一个数，各份都换一种写法；不写时按单位名称和年度定，各单位不同"
    )
    cli_paper.register(parser)
    parser.add_argument("--format", choices=["docx", "pdf", "txt", "md"], default="docx", help="写成哪种文件")
    parser.add_argument("--force", action="store_true", help="覆盖已有的同名文件")
    parser.add_argument("--json", action="store_true", help="以 JSON 输出每份的结果")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    sheets = list(_sheets(options.folder))
    _folder(options.output)
    outcomes: list[Outcome] = []
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with (
        _Works(options, [sheet.stem for sheet in sheets]) as works,
        Progress(*columns, console=console, disable=not console.is_terminal) as bar,
    ):
        task = bar.add_task("起草", total=len(sheets))
        for sheet, output in zip(sheets, _outputs(sheets, options.output, options.format), strict=True):
            bar.update(task, description=sheet.name)
            outcomes.append(works.one(sheet, output))
            bar.advance(task)
            if not options.json:
                _tell(outcomes[-1], len(outcomes), len(sheets))
    written = [outcome for outcome in outcomes if outcome.status == "written"]
    if options.json:
        print(json.dumps({"reports": [asdict(outcome) for outcome in outcomes]}, ensure_ascii=False, indent=1))
    else:
        varied = "各份按单位名称和年度取不同的写法。" if len(written) > 1 else ""
        print(f"共 {len(outcomes)} 份，写好 {len(written)} 份。{varied}", file=sys.stderr)
    if any(outcome.status == "unreadable" for outcome in outcomes):
        return BAD
    return FINDINGS if any(outcome.status != "written" or outcome.errors for outcome in outcomes) else FINE


def _sheets(folder: Path) -> Iterator[Path]:
    """The sheets of a folder by name. Raises InputError where there is none."""
    try:
        found = sorted(file for file in folder.iterdir() if file.suffix.lower() in _SHEETS and file.is_file())
    except OSError as error:
        raise InputError(f"读不到文件夹“{folder}”（{reason(error)}）。", "请检查路径和权限。") from error
    # Excel's own lock files, and hidden ones.
    sheets = [file for file in found if not file.name.startswith(("~$", "."))]
    if not sheets:
        raise InputError(f"文件夹“{folder}”里没有事实表。", "请放入 .yaml 或 .xlsx 文件，可用 sheet 命令生成空白表。")
    yield from sheets


def _folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"建不了文件夹“{folder}”（{reason(error)}）。", "请换一个位置。") from error


def _outputs(sheets: list[Path], folder: Path, ending: str) -> Iterator[Path]:
    """清河.yaml → 清河.docx; where 清河.xlsx lies beside it, that one becomes 清河（xlsx）.docx."""
    taken: set[str] = set()
    for sheet in sheets:
        name = sheet.stem
        if name.lower() in taken:
            name = f"{sheet.stem}（{sheet.suffix[1:].lower()}）"
        taken.add(name.lower())
        yield folder / f"{name}.{ending}"


def _tell(outcome: Outcome, number: int, total: int) -> None:
    said = {"written": "已写好", "refused": "没有写", "unreadable": "读不了"}[outcome.status]
    errors = f"，{outcome.errors} 处必须处理" if outcome.errors else ""
    print(f"[{number}/{total}] {outcome.sheet}：{said}{errors}", file=sys.stderr)
    for message in outcome.messages:
        print(f"  · {message}", file=sys.stderr)


class _Works:
    """One engine and one event loop for all sheets."""

    def __init__(self, options: argparse.Namespace, names: list[str]) -> None:
        from assistant.drafting.embedded import EmbeddedEngine
        from assistant.drafting.endpoint import EndpointEngine
        from assistant.drafting.settings import EndpointSettings, send_values_from_environment
        from assistant.repair.engine import RepairingEngine
        from assistant.reports.loader import Library
        from assistant.sending import gate_of_command, told_of_sending

        configured = configuration(os.environ, ROOT)
        settings = EndpointSettings.from_environment(configured) if options.engine != "embedded" else None
        if options.engine == "endpoint" and settings is None:
            raise ConfigurationError(
                "还没有配置模型。", "请设置 NIGAO_BASE_URL 和 NIGAO_MODEL，或改用 --engine embedded。"
            )
        self._options = options
        self._papers = cli_paper.Papers(options, f".{options.format}", sheets=names)
        self._library = Library()
        self._engine: Any = EmbeddedEngine()
        if settings is not None:
            send_values, confirmed = (
                send_values_from_environment(configured),
                configured.get("NIGAO_SEND_CONFIRMED", ""),
            )
            gate = gate_of_command(settings, send_values, confirmed, yes=options.yes_send)
            if line := told_of_sending(settings, send_values):
                print(line, file=sys.stderr)
            self._engine = RepairingEngine(EndpointEngine(settings, send_values, gate))
        self._loop = asyncio.Runner()

    def __enter__(self) -> _Works:
        self._loop.__enter__()
        return self

    def __exit__(self, *fault: Any) -> None:
        if hasattr(self._engine, "aclose"):
            self._loop.run(self._engine.aclose())
        self._loop.__exit__(*fault)

    def one(self, sheet: Path, output: Path) -> Outcome:
        """Drafts and writes one; its own errors are its outcome."""
        outcome = Outcome(sheet.name)
        try:
            if output.exists() and not self._options.force:
                raise ExportError(f"“{output}”已经存在，没有覆盖。", "请换一个文件夹，或加 --force。")
            self._write(sheet, output, outcome)
        except (EndpointError, ExportError, SendingError) as error:
            outcome.status = "refused"
            outcome.messages.append(error.for_user())
        except NigaoError as error:
            outcome.status = "unreadable"
            outcome.messages.append(error.for_user())
        return outcome

    def _write(self, sheet: Path, output: Path, outcome: Outcome) -> None:
        from assistant.checks.report import check_report
        from assistant.headless import blank_report, chosen_keys, draft_report, seed_of

        options, library = self._options, self._library
        read = read_sheet(sheet, library)
        seed = outcome.seed = seed_of(library, read.report_type, read.shape, read.sheet, options.seed)
        report = blank_report(library, read.report_type, read.shape, read.sheet, Length(options.length), seed)
        keys = chosen_keys(report, [])
        drafted, failures = self._loop.run(draft_report(library, report, self._engine, keys, lambda *_: None))
        for key, failure in failures.items():
            section = drafted.section(key)
            outcome.messages.append(f"“{section.title if section else key}”没有写完：{failure.for_user()}")
        found = check_report(drafted, library.get(drafted.report_type))
        errors = [finding for finding in found if finding.severity == "error"]
        outcome.errors = len(errors)
        outcome.messages += [finding.message for finding in errors]
        if options.final and (errors or failures):
            outcome.status = "refused"
            return
        papers = self._papers.of(sheet.stem)
        write_whole(output, papers.data(drafted, output.stem, found))
        outcome.output = str(output)
        if not papers.has(sheet.stem):
            outcome.messages.append(f"“{options.paper}”里没有它的文件，没有加版头、附件和版记。")
        outcome.messages += [f"版式核对：{departure}" for departure in papers.departures(drafted)]
        if failures:
            outcome.errors += len(failures)
