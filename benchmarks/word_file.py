"""Time and memory of writing the Word file, side by side with what others would use for it.

``python benchmarks/word_file.py [--json]`` writes the same text, of 3,000 characters and of 30 pages, with our writer,
docxtpl (a template with a loop), cn-gov-docx and bare python-docx paragraphs (the floor: no format at all), turn by
turn in one run. It prints the median CPU time of each, its ratio over the floor, the peak memory of a process of its
own, and how many errors and warnings the conformance checker has for the file. docxtpl and cn-gov-docx are in
``requirements-benchmarks.txt``; without them their rows are left out.
"""

from __future__ import annotations

import datetime
import importlib.util
import io
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from assistant.document.content import DocumentContent, Paragraph, Role

SIZES = {"3,000 characters": 3000, "30 pages": 28 * 22 * 29}
SENTENCE = "坚持把党管武装工作纳入党委重要议事日程，先后召开3次专题会议研究武装工作，投入7.5万元用于器材装备建设。"
NUMERALS = "一二三四五六七八九十"
Write = Callable[[DocumentContent], bytes]


def numeral(number: int) -> str:
    """1 → 一, 12 → 十二, 20 → 二十."""
    tens, ones = divmod(number, 10)
    return ("" if not tens else "十" if tens == 1 else NUMERALS[tens - 1] + "十") + (NUMERALS[ones - 1] if ones else "")


def report(characters: int) -> DocumentContent:
    """A report in the usual mix of headings and paragraphs."""
    paragraphs: list[Paragraph] = []
    written, number = 0, 0
    while written < characters:
        number += 1
        text, role = SENTENCE * 3, Role.BODY
        if number % 5 == 1:
            text, role = f"{numeral(number // 5 + 1)}、抓好主要工作", Role.HEADING1
        elif number % 5 == 2:
            text, role = "（一）抓组织领导。" + SENTENCE, Role.RUNIN2
        paragraphs.append(Paragraph.of(text, role))
        written += len(text)
    return DocumentContent(
        title="中共清河镇委员会关于2025年度党管武装工作情况的报告",
        addressee="江口区委、区人武部",
        paragraphs=tuple(paragraphs),
        signature="中共清河镇委员会",
        date=datetime.date(2025, 12, 25),
        protected_terms=("中共清河镇委员会",),
    )


def lines(content: DocumentContent) -> list[str]:
    """The text without its title, a paragraph a line."""
    body = [block.runs[0].text for block in content.paragraphs if isinstance(block, Paragraph)]
    return [f"{content.addressee}：", *body, content.signature or "", "2025年12月25日"]


def ours() -> Write:
    from assistant.document.profile import load_profile
    from assistant.document.writer import write_docx

    profile = load_profile()
    return lambda content: write_docx(content, profile, final=True)


def bare() -> Write:
    import docx

    def write(content: DocumentContent) -> bytes:
        document = docx.Document()
        document.add_paragraph(content.title)
        for line in lines(content):
            document.add_paragraph(line)
        buffer = io.BytesIO()
        document.save(buffer)
        return buffer.getvalue()

    return write


def templated() -> Write:
    import docx
    from docxtpl import DocxTemplate

    template = docx.Document()
    for line in ("{{ title }}", "{%p for line in lines %}", "{{ line }}", "{%p endfor %}"):
        template.add_paragraph(line)
    buffer = io.BytesIO()
    template.save(buffer)
    source = buffer.getvalue()

    def write(content: DocumentContent) -> bytes:
        document = DocxTemplate(io.BytesIO(source))
        document.render({"title": content.title, "lines": lines(content)})
        out = io.BytesIO()
        document.save(out)
        return out.getvalue()

    return write


def cn_gov() -> Write:
    from cn_gov_docx import CnGovDocx

    def write(content: DocumentContent) -> bytes:
        document = CnGovDocx()
        document.add_title(content.title)
        for block in content.paragraphs:
            if isinstance(block, Paragraph):
                add = document.add_h1 if block.role is Role.HEADING1 else document.add_text
                add(block.runs[0].text)
        out = io.BytesIO()
        document.save(out)
        return out.getvalue()

    return write


WRITERS: dict[str, tuple[str, Callable[[], Write]]] = {
    "nigao": ("assistant", ours),
    "bare python-docx": ("docx", bare),
    "docxtpl": ("docxtpl", templated),
    "cn-gov-docx": ("cn_gov_docx", cn_gov),
}


def peak() -> float:
    """Peak memory of this process in MB (Linux). getrusage would tell the parent's, where that was higher."""
    rows = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(row.split()[1]) / 1024 for row in rows if row.startswith("VmHWM"))


def peak_mb(name: str, characters: int) -> float:
    """Peak memory of a process that writes the file ten times, in MB."""
    command = [sys.executable, __file__, "--peak", name, str(characters)]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def side_by_side(characters: int, turns: int) -> list[dict[str, Any]]:
    """Medians over ``turns`` rounds in which every writer has its turn."""
    from assistant.document.conformance import conformance_findings

    content = report(characters)
    writers = {name: make() for name, (module, make) in WRITERS.items() if importlib.util.find_spec(module)}
    taken: dict[str, list[float]] = {name: [] for name in writers}
    files: dict[str, bytes] = {}
    for turn in range(turns + 2):
        for name, write in writers.items():
            start = time.process_time()
            files[name] = write(content)
            if turn >= 2:
                taken[name].append(time.process_time() - start)
    floor = statistics.median(taken["bare python-docx"])
    rows = []
    for name, times in taken.items():
        told = [found.severity for found in conformance_findings(files[name])]
        rows.append(
            {
                "writer": name,
                "median_ms": round(statistics.median(times) * 1000, 2),
                "over_floor": round(statistics.median(times) / floor, 2),
                "peak_mb": round(peak_mb(name, characters), 1),
                "kilobytes": round(len(files[name]) / 1024, 1),
                "errors": told.count("error"),
                "warnings": told.count("warning"),
            }
        )
    return rows


def main() -> None:
    """Measure and print."""
    if "--peak" in sys.argv:
        name, characters = sys.argv[2], int(sys.argv[3])
        write, content = WRITERS[name][1](), report(characters)
        for _ in range(10):
            write(content)
        print(peak())
        return
    result = {name: side_by_side(size, 30 if size < 10_000 else 12) for name, size in SIZES.items()}
    if "--json" in sys.argv[1:]:
        print(json.dumps(result, ensure_ascii=False))
        return
    for name, rows in result.items():
        print(f"{name}\n{'':20}{'ms':>9}{'x floor':>9}{'peak MB':>9}{'KB':>8}{'errors':>8}{'warnings':>10}")
        for row in rows:
            print(
                f"  {row['writer']:18}{row['median_ms']:9}{row['over_floor']:9}{row['peak_mb']:9}"
                f"{row['kilobytes']:8}{row['errors']:8}{row['warnings']:10}"
            )


if __name__ == "__main__":
    main()
