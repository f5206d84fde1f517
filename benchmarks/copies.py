"""送审稿, 花脸稿 and preview: time, and how the preview agrees with LibreOffice line by line.

``.venv/bin/python benchmarks/copies.py``. With FONTCONFIG_FILE naming a 仿宋 in place of 仿宋_GB2312 the lines can be
compared; with a substitute whose digits are wider they cannot.
"""

from __future__ import annotations

import asyncio
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from assistant.checks.report import check_report  # noqa: E402
from assistant.copies import redline_copy, review_copy  # noqa: E402
from assistant.document.preview import Line, preview  # noqa: E402
from assistant.document.preview_html import pages_html  # noqa: E402
from assistant.document.profile import load_profile  # noqa: E402
from assistant.drafting.embedded import EmbeddedEngine  # noqa: E402
from assistant.exporting import export_report  # noqa: E402
from assistant.facts.yaml_form import load_sheet  # noqa: E402
from assistant.headless import blank_report, chosen_keys, draft_report  # noqa: E402
from assistant.office import office, to_pdf  # noqa: E402
from assistant.reports.loader import Library  # noqa: E402
from assistant.reports.report import Report  # noqa: E402
from assistant.reports.types import Length  # noqa: E402

LIBRARY = Library()
PROFILE = load_profile()


def drafted(file: Path, seed: int = 0) -> Report:
    read = load_sheet(file.read_text(encoding="utf-8"), LIBRARY.schema_of, file.name)
    report = blank_report(LIBRARY, read.report_type, read.shape, read.sheet, Length.NORMAL, seed)
    work = draft_report(LIBRARY, report, EmbeddedEngine(), chosen_keys(report, []), lambda *_: None)
    return asyncio.run(work)[0]


def milliseconds(work: Callable[[], object]) -> float:
    taken = []
    for _ in range(7):
        start = time.process_time()
        work()
        taken.append(time.process_time() - start)
    return sorted(taken)[3] * 1000


def squeezed(text: str) -> str:
    return "".join(text.split())


def printed_lines(data: bytes) -> tuple[int, list[str]]:
    """Pages and lines that LibreOffice makes, page numbers left out."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "file.pdf"
        file.write_bytes(to_pdf(data))
        text = subprocess.run(
            ["pdftotext", "-layout", str(file), "-"], check=True, capture_output=True, text=True
        ).stdout
    pages = [page for page in text.split("\f") if page.strip()]
    lines = [squeezed(line) for page in pages for line in page.split("\n")]
    return len(pages), [line for line in lines if line and not line.startswith("—")]


def main() -> None:
    example = ROOT / "examples" / "qinghe-work-a.yaml"
    old, new = drafted(example), drafted(example, 3)
    found = check_report(old, LIBRARY.get(old.report_type))
    data = review_copy(old, "x", found).data
    for name, work in (
        ("Word file", lambda: export_report(old, "x", final=False)),
        ("送审稿 with comments", lambda: review_copy(old, "x", found)),
        ("花脸稿", lambda: redline_copy(old, new, "x")),
        ("preview of it as HTML", lambda: pages_html(preview(data, PROFILE), PROFILE)),
    ):
        print(f"{name:<24} {milliseconds(work):7.1f} ms CPU, median of 7")
    if office() is None:
        print("LibreOffice is not installed: nothing to compare the preview with")
        return
    same = total = alike = 0
    files = sorted((ROOT / "examples").glob("*.yaml"))
    for file in files:
        written = export_report(drafted(file), "x", final=False).data
        pages = preview(written, PROFILE)
        mine = [squeezed(text) for page in pages for line in page.lines if isinstance(line, Line)
                for text in line.text.split("\n") if squeezed(text)]  # fmt: skip
        count, theirs = printed_lines(written)
        known = set(theirs)
        same += sum(line in known for line in mine)
        total += len(mine)
        alike += count == len(pages)
    print(f"pages alike in {alike} of {len(files)} reports, {same} of {total} lines alike")


if __name__ == "__main__":
    main()
