"""How long a ledger of 5,000 rows and a form in Excel take, from the file's bytes to facts.

Run: ``python benchmarks/ledger.py``. Medians of five runs: ms of CPU, ms of wall time.
"""

from __future__ import annotations

import io
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from openpyxl import Workbook  # noqa: E402

from assistant.facts.yaml_form import load_sheet  # noqa: E402
from assistant.intake.ledger import open_ledger, propose, read_ledger  # noqa: E402
from assistant.intake.ledger_combine import combine  # noqa: E402
from assistant.intake.xlsx_form_read import read_form  # noqa: E402
from assistant.intake.xlsx_form_write import write_form  # noqa: E402
from assistant.reports.loader import Library  # noqa: E402

ROWS, RUNS = 5_000, 5
HEADERS = ("序号", "村名", "适龄青年", "完成兵役登记", "应征报名", "上站体检", "入伍新兵", "大学生新兵")
MORE = ("发放慰问金（万元）", "走访慰问户数", "点验人次", "备注")


def village(number: int) -> list[object]:
    counts = [number % 40, number % 38, f"{number % 9}人", number % 7, number % 5, number % 3]
    return [number, f"第{number}村", *counts, number % 10 / 10, number % 12, number % 30, "已核对"]


def as_workbook() -> bytes:
    book, out = Workbook(), io.BytesIO()
    book.active.append([*HEADERS, *MORE])
    for number in range(ROWS):
        book.active.append(village(number))
    book.save(out)
    return out.getvalue()


def as_text() -> bytes:
    rows = [[*HEADERS, *MORE], *map(village, range(ROWS))]
    return "\n".join(",".join(map(str, row)) for row in rows).encode("gb18030")


def main() -> None:
    library = Library()
    schema = library.get("armed-forces-work").facts
    file = next((ROOT / "examples").glob("*work-a.yaml"))
    read = load_sheet(file.read_text(encoding="utf-8"), library.schema_of)
    kind, shape = library.shape(read.report_type, read.shape)
    form = write_form(kind, shape, read.sheet)
    ledgers = {"台账.xlsx": as_workbook(), "台账.csv": as_text()}

    def ledger(name: str) -> object:
        book = open_ledger(ledgers[name], name)
        (mapping,) = propose(book, schema)
        found = read_ledger(book, mapping, schema)
        assert len(found.facts) == len(mapping.taken) > 8
        return found

    works: dict[str, Callable[[], object]] = {
        f"ledger of {ROWS:,} rows, .xlsx ({len(ledgers['台账.xlsx']) // 1024} KB)": lambda: ledger("台账.xlsx"),
        f"ledger of {ROWS:,} rows, .csv in GB18030": lambda: ledger("台账.csv"),
        f"form of {len(schema.fields)} facts written ({len(form) // 1024} KB)": lambda: write_form(
            kind, shape, read.sheet
        ),
        "the same form read": lambda: read_form(form, "表.xlsx", library.schema_of),
        "30 filled sheets combined": lambda: combine([(f"第{n}村", read.sheet) for n in range(30)], schema),
    }
    print("| what | CPU ms | wall ms |\n|---|---:|---:|")
    for name, work in works.items():
        spent, wall = _median(work)
        print(f"| {name} | {spent:.0f} | {wall:.0f} |")


def _median(work: Callable[[], object]) -> tuple[float, float]:
    spent, wall = [], []
    for _ in range(RUNS):
        begun, began = time.process_time(), time.perf_counter()
        work()
        spent.append((time.process_time() - begun) * 1000)
        wall.append((time.perf_counter() - began) * 1000)
    return statistics.median(spent), statistics.median(wall)


if __name__ == "__main__":
    main()
