"""``audit``: every number of a text against a fact sheet (DESIGN.md 4)."""

from __future__ import annotations

import argparse
import json
from bisect import bisect_right
from collections import Counter
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.cli_files import read_prose, read_sheet, read_utf8
from assistant.errors import DocumentInputError, InputError
from assistant.facts.yaml_form import SheetFile
from assistant.reports.loader import Library

if TYPE_CHECKING:
    from assistant.checks.plain_audit import AuditReport

FINE, FINDINGS = 0, 1
#: Characters shown on either side of what a finding is about.
AROUND = 14
_DESCRIPTION = """\
把一份文稿里的每个数字与事实表核对：有依据（说的是哪项事实）、不一致（事实表里是多少）、没有依据。
与事实不一致的数字、没有事实依据的数字都算错误。
退出码：0 没有错误；1 有错误；2 用法不对，或文件读不了。"""


def register(commands: Any) -> None:
    """Adds the command to the parser's sub-commands."""
    parser = commands.add_parser(
        "audit",
        help="把文稿里的每个数字与事实表核对",
        description=_DESCRIPTION,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("sheet", type=Path, help="事实表（.yaml 或 .xlsx）")
    parser.add_argument("text", type=Path, help="文稿：.txt、.docx，或 draft --save 存出的 .json")
    parser.add_argument("--json", action="store_true", help="以 JSON 输出")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    library = Library()
    read = read_sheet(options.sheet, library)
    text, found = _audited(options.text, read, library)
    if options.json:
        print(json.dumps(found.as_json(), ensure_ascii=False, indent=1))
    else:
        _show(text, found)
    return FINDINGS if any(finding.severity == "error" for finding in found.findings) else FINE


def _audited(file: Path, read: SheetFile, library: Library) -> tuple[str, AuditReport]:
    # The checks are loaded only by the command that runs them.
    from assistant.checks.leftovers import with_leftovers
    from assistant.checks.plain_audit import audit_text
    from assistant.checks.report_audit import audit_report
    from assistant.reports.json_form import load_report

    suffix = file.suffix.lower()
    if suffix == ".json":
        report = load_report(read_utf8(file), library, str(file))
        if report.report_type != read.report_type:
            raise InputError("事实表和报告不是同一种报告类型。", "请给出起草这份报告时用的事实表。")
        text, audit = audit_report(report, read.sheet)
        return text, with_leftovers(audit, text, read.sheet)
    if suffix == ".docx":
        from assistant.document.reading import read_docx

        text = read_docx(file)
    elif suffix in (".txt", ".md", ""):
        text = read_prose(file)
    else:
        raise DocumentInputError(
            f"不认识“{file.suffix}”这种文稿。", "请给出 .txt、.docx 或 draft --save 存出的 .json 文件。"
        )
    return text, with_leftovers(audit_text(text, read.sheet), text, read.sheet)


def _show(text: str, found: AuditReport) -> None:
    starts = [0, *accumulate(len(line) for line in text.splitlines(keepends=True))]
    for finding in found.findings:
        line = bisect_right(starts, finding.start)
        begin, end = starts[line - 1], starts[line] if line < len(starts) else len(text)
        left = text[max(begin, finding.start - AROUND) : finding.start]
        right = text[finding.end : min(end, finding.end + AROUND)].rstrip("\n")
        mark = {"error": "错误", "warning": "提醒", "hint": "提示"}[finding.severity]
        print(_visible(f"第{line}行 [{mark}] …{left}【{finding.excerpt}】{right}…  {finding.message}"))
    counted = Counter(number.status for number in found.numbers)
    print(
        f"共 {len(found.numbers) - counted['ignored']} 个数字：有依据 {counted['grounded']}，"
        f"不一致 {counted['mismatch']}，没有依据 {counted['unknown']}；另有 {counted['ignored']} 处不作数字看。"
    )


def _visible(text: str) -> str:
    """Without marks that a console would obey: escapes, line ends, a change of writing direction."""
    return "".join(character if character.isprintable() else " " for character in text)
