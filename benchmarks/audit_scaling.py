"""Does the time of reading, mending and auditing grow with the length of a text, and no faster?

Run: ``python benchmarks/audit_scaling.py``. Three sizes of texts that invite trouble; ms of CPU, and the growth from
the smallest to the largest, which is 10 for linear time.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from assistant.checks.binding import Binder  # noqa: E402
from assistant.checks.plain_audit import audit_text  # noqa: E402
from assistant.checks.wording import wording_findings  # noqa: E402
from assistant.facts.sheet import FactSheet  # noqa: E402
from assistant.facts.yaml_form import load_sheet  # noqa: E402
from assistant.reports.loader import Library  # noqa: E402
from assistant.slots.normalise import normalise  # noqa: E402
from assistant.slots.numerals import scan  # noqa: E402

SIZES = (100_000, 300_000, 1_000_000)
UNITS = ("1", "1,234", "十万", "12人，", "入伍12人。", "第", "《", "\u200b", "{{", "【入伍", "增长", "应急排")


def main() -> None:
    file = next((ROOT / "examples").glob("*duty-c.yaml"))
    sheet = load_sheet(file.read_text(encoding="utf-8"), Library().schema_of).sheet
    for name, work in _works(sheet).items():
        print(f"\n{name}\n| text | " + " | ".join(f"{size:,}" for size in SIZES) + " | growth |")
        print("|---|" + "---:|" * (len(SIZES) + 1))
        for unit in UNITS:
            spent = [_spent(work, unit * (size // len(unit))) for size in SIZES]
            growth = spent[-1] / max(spent[0], 0.1)
            print(f"| {unit!r} | " + " | ".join(f"{one:.0f}" for one in spent) + f" | {growth:.1f} |")


def _works(sheet: FactSheet) -> dict[str, Callable[[str], object]]:
    binder = Binder(sheet)
    return {
        "numerals": scan,
        "normalise": lambda text: normalise(text, sheet.schema, sheet),
        "audit of plain text": lambda text: audit_text(text, sheet),
        "wording of slot text": lambda text: wording_findings(text, binder),
    }


def _spent(work: Callable[[str], object], text: str) -> float:
    begun = time.process_time()
    work(text)
    return (time.process_time() - begun) * 1000


if __name__ == "__main__":
    main()
