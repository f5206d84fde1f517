"""``format-check``: a Word file against GB/T 9704-2012 (DESIGN.md 4)."""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path
from typing import Any

from assistant.cli_paper import layout_of

FINE, FINDINGS = 0, 1
_MARKS = {"error": "错误", "warning": "提醒", "hint": "提示"}
_DESCRIPTION = """\
检查一份 Word 文件的版式是否符合 GB/T 9704—2012《党政机关公文格式》，不论是用什么软件做的。
标准“规定”的不符合算错误，“一般”“推荐”的算提醒，标准没有写、只是通行做法的算提示。
退出码：0 没有错误；1 有错误；2 用法不对，或文件读不了。"""


def register(commands: Any) -> None:
    """Adds the command to the parser's sub-commands."""
    parser = commands.add_parser(
        "format-check",
        help="检查 Word 文件的版式是否符合 GB/T 9704—2012",
        description=_DESCRIPTION,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("file", type=Path, help="要检查的 .docx")
    parser.add_argument("--profile", help="版式的名字，或版式文件（.yaml）；默认是标准本身")
    parser.add_argument("--json", action="store_true", help="以 JSON 输出")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    # The checker's libraries are loaded only by the command that runs it.
    from assistant.document.conformance import check_file

    profile = layout_of(options.profile)
    found = check_file(options.file, profile)
    if options.json:
        print(json.dumps({"findings": [finding.as_json() for finding in found]}, ensure_ascii=False, indent=1))
    else:
        for finding in found:
            print(_visible(f"[{_MARKS[finding.severity]}] {finding.sentence}"))
        counted = Counter[str](finding.severity for finding in found)
        said = "，".join(f"{word} {counted[key]}" for key, word in _MARKS.items())
        print(f"按“{profile.name}”检查：{said}。" if found else f"按“{profile.name}”检查：没有发现不符合的地方。")
    return FINDINGS if any(finding.severity == "error" for finding in found) else FINE


def _visible(text: str) -> str:
    """Without marks that a console would obey: escapes, line ends, a change of writing direction."""
    return "".join(character if character.isprintable() else " " for character in text)
