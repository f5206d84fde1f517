"""Time and memory of writing the Word file of a 2,500-character report.

``python benchmarks/word_file.py [--json]`` prints the median time of an export, its ratio over
bare python-docx paragraphs with the same text, and the memory of the process after many exports.
"""

from __future__ import annotations

import datetime
import io
import json
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

import docx

from assistant.document.content import DocumentContent, Paragraph, Role
from assistant.document.profile import load_profile
from assistant.document.writer import write_docx

CHARACTERS = 2500
SENTENCE = "坚持把党管武装工作纳入党委重要议事日程，先后召开3次专题会议研究武装工作，投入7.5万元用于器材装备建设。"


def report() -> DocumentContent:
    """A report of 2,500 characters in the usual mix of headings and paragraphs."""
    paragraphs: list[Paragraph] = []
    written, number = 0, 0
    while written < CHARACTERS:
        number += 1
        text = SENTENCE * 3 if number % 4 else f"（{number}）抓组织领导。" + SENTENCE
        role = Role.BODY if number % 4 else Role.RUNIN2
        if number % 5 == 1:
            text, role = f"一、主要工作之{number}", Role.HEADING1
        paragraphs.append(Paragraph.of(text[: CHARACTERS - written], role))
        written += len(paragraphs[-1].runs[0].text)
    return DocumentContent(
        title="中共清河镇委员会关于2025年度党管武装工作情况的报告",
        addressee="江口区委、区人武部",
        paragraphs=tuple(paragraphs),
        signature="中共清河镇委员会",
        date=datetime.date(2025, 12, 25),
        protected_terms=("中共清河镇委员会",),
    )


def bare(content: DocumentContent) -> bytes:
    """The same text by python-docx alone, with its own template and no format at all."""
    document = docx.Document()
    document.add_paragraph(content.title)
    for paragraph in content.paragraphs:
        document.add_paragraph(paragraph.runs[0].text)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def median_ms(action: Callable[[], object], times: int) -> float:
    """Median of ``times`` runs in milliseconds."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        action()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken) * 1000


def resident_mb() -> float:
    """Resident memory now (Linux), in MB."""
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return float("nan")


def main() -> None:
    """Measure and print."""
    content, profile = report(), load_profile()
    start = time.perf_counter()
    size = len(write_docx(content, profile, final=True))
    first = (time.perf_counter() - start) * 1000
    memory, done = {}, 1
    for goal in (20, 100, 200):
        while done < goal:
            write_docx(content, profile, final=True)
            done += 1
        memory[goal] = round(resident_mb(), 1)
    ours = median_ms(lambda: write_docx(content, profile, final=True), 100)
    theirs = median_ms(lambda: bare(content), 30)
    result = {
        "characters": sum(len(run.text) for paragraph in content.paragraphs for run in paragraph.runs),
        "bytes": size,
        "first_ms": round(first, 2),
        "median_ms": round(ours, 2),
        "bare_python_docx_ms": round(theirs, 2),
        "ratio": round(ours / theirs, 3),
        "rss_mb_after": memory,
    }
    if "--json" in sys.argv[1:]:
        print(json.dumps(result, ensure_ascii=False))
        return
    for name, value in result.items():
        print(f"{name:22} {value}")


if __name__ == "__main__":
    main()
