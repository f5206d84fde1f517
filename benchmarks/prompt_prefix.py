"""How much of what an endpoint is sent is the common prefix of a report's sections, in tokens, and how much in all.

A service that caches prompts reads the prefix once. Aim: ≥ 70 % of the tokens. Tokens are those of Qwen, whose
vocabulary comes with the package that requirements-benchmarks.txt names; other models cut Chinese much alike.
Run: ``python benchmarks/prompt_prefix.py``
"""

from __future__ import annotations

import datetime
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from assistant.drafting.brief import brief_for  # noqa: E402
from assistant.drafting.messages import messages_for  # noqa: E402
from assistant.facts.yaml_form import load_sheet  # noqa: E402
from assistant.reports.loader import Library  # noqa: E402
from assistant.reports.report import Report, sections_of  # noqa: E402
from assistant.reports.types import Length  # noqa: E402


def prompts(file: Path, send_values: bool) -> list[str]:
    """One text a section: its messages as they follow each other."""
    read = load_sheet(file.read_text(encoding="utf-8"), Library().schema_of)
    kind, shape = Library().shape(read.report_type, read.shape)
    now = datetime.datetime.now(datetime.UTC)
    report = Report("benchmark", kind.key, shape, Length.NORMAL, read.sheet, sections_of(shape, read.sheet), now, now)
    return [
        "\n".join(message.content for message in messages_for(brief, send_values=send_values))
        for section in report.written
        for brief in [brief_for(kind, report, section, seed=0)]
    ]


def common_prefix(texts: list[str]) -> int:
    """Characters that all texts begin with: those of the first and the last in order."""
    first, last = min(texts), max(texts)
    return next((n for n, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), len(first))


def qwen() -> Callable[[str], int]:
    """Counts the tokens of a text. Raises SystemExit where the package is not installed."""
    try:
        from dashscope import get_tokenizer
    except ImportError:
        raise SystemExit("no tokenizer: pip install -r requirements-benchmarks.txt") from None
    tokenizer = get_tokenizer("qwen-turbo")
    return lambda text: len(tokenizer.encode(text))


def main() -> None:
    tokens = qwen()
    print(f"{'sheet':24}{'values':>8}{'sections':>10}{'characters':>12}{'tokens':>9}{'of these prefix':>17}{'read':>8}")
    for file in sorted((ROOT / "examples").glob("*.yaml")):
        for send_values in (False, True):
            texts = prompts(file, send_values)
            total = sum(map(tokens, texts))
            prefix = tokens(texts[0][: common_prefix(texts)])
            share = prefix * len(texts) / total
            # What a service with a cache reads: the prefix once, the rest each time.
            read = total - prefix * (len(texts) - 1)
            shown = "sent" if send_values else "kept"
            characters = sum(map(len, texts))
            print(f"{file.stem:24}{shown:>8}{len(texts):>10}{characters:>12}{total:>9}{share:>17.1%}{read:>8}")


if __name__ == "__main__":
    main()
