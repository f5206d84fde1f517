"""The pictures of Word files in docs/images, as LibreOffice prints them: ``.venv/bin/python -m docs.word_pictures``.

Wants LibreOffice, poppler and, so that the pages look as on an office's machine, a fontconfig file
(``FONTCONFIG_FILE``) that puts the Fandol fonts in the place of 仿宋_GB2312, 楷体_GB2312 and 黑体.
"""

from __future__ import annotations

import asyncio
import io
import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path

from PIL import Image

from assistant import office
from assistant.checks.report import check_report
from assistant.copies import ReviewOptions, redline_copy, review_copy
from assistant.drafting.embedded import EmbeddedEngine
from assistant.exporting import Paper, export_report
from assistant.facts.sheet import FactSheet, read_facts
from assistant.facts.yaml_form import load_sheet
from assistant.fittings_file import read_dress
from assistant.headless import blank_report, chosen_keys, draft_report
from assistant.reports.loader import Library
from assistant.reports.report import Report
from assistant.reports.types import Length

ROOT = Path(__file__).resolve().parents[1]
IMAGES = Path(__file__).parent / "images"
EXAMPLE = ROOT / "examples" / "qinghe-work-a.yaml"
WIDE = 470
RED_HEAD = """\
加盖印章: true
发文机关标志: 中共清河镇委员会文件
发文字号: 清党〔2026〕5号
份号: 12
签发人: [张三, 李建国]
紧急程度: 加急
附注: 联系人：李文书，电话：××××××××
附件:
  - {名称: 国防教育活动安排, 正文: 全年活动按季度安排，由各村（社区）具体组织。}
  - {名称: 民兵编组情况表, 表格: 民兵分队}
抄送: [区人大常委会办公室, 区政协办公室]
印发机关: 清河镇党政综合办公室
印发日期: 2026-01-05
表格: [经费明细]
"""


def drafted() -> Report:
    library = Library()
    read = load_sheet(EXAMPLE.read_text(encoding="utf-8"), library.schema_of, EXAMPLE.name)
    report = blank_report(library, read.report_type, read.shape, read.sheet, Length.NORMAL, 0)
    made, _ = asyncio.run(draft_report(library, report, EmbeddedEngine(), chosen_keys(report, []), lambda *_: None))
    return replace(made, id="pictures")


def changed(report: Report, facts: dict[str, object], **texts: tuple[str, str]) -> Report:
    """The report with other facts, and in a section one stretch of text put in the place of another."""
    schema = report.sheet.schema
    sections = []
    for section in report.sections:
        old, new = texts.get(section.key, ("", ""))
        assert old in section.text, f"{section.key} does not say {old} any more"
        sections.append(replace(section, text=section.text.replace(old, new) if old else section.text))
    kept = {label: fact for label, fact in report.sheet.facts.items() if label not in facts}
    sheet = FactSheet(schema, {**kept, **read_facts(facts, schema).facts})
    return replace(report, sections=tuple(sections), sheet=sheet)


def printed(pdf: bytes) -> list[Image.Image]:
    """The pages, the marks of comments with them."""
    with tempfile.TemporaryDirectory() as place:
        subprocess.run(["pdftoppm", "-r", "110", "-png", "-", f"{place}/page"], check=True, timeout=120, input=pdf)
        return [Image.open(io.BytesIO(file.read_bytes())).convert("RGB") for file in sorted(Path(place).iterdir())]


def picture(name: str, pdf: bytes, first: int = 0, last: int | None = None, wide: int = WIDE) -> None:
    pages = printed(pdf)[first:last]
    small = [page.resize((wide, page.height * wide // page.width), Image.Resampling.LANCZOS) for page in pages]
    row = 3 if len(small) in (3, 5, 6) else 4
    height = small[0].height + 6
    sheet = Image.new("RGB", (min(row, len(small)) * (wide + 6) - 6, -(-len(small) // row) * height - 6), "#d0cfca")
    for number, page in enumerate(small):
        sheet.paste(page, (number % row * (wide + 6), number // row * height))
    sheet.quantize(96, Image.Quantize.FASTOCTREE).save(IMAGES / f"word-{name}.png", optimize=True)
    print(f"word-{name}.png: {len(small)} pages, {(IMAGES / f'word-{name}.png').stat().st_size // 1024} KB")


def main() -> None:
    report = drafted()
    picture("report", office.to_pdf(export_report(report, "x", final=True).data))
    paper = Paper(options=read_dress(RED_HEAD, "paper").on(report).options)
    red = export_report(report, "x", final=True, options=paper.options)
    picture("red-head", office.to_pdf(red.data))
    open_ = changed(report, {"入伍人数": None}, conscription=("严把兵员质量", "另有99人备选，严把兵员质量"))
    findings = check_report(open_, Library().get(open_.report_type))
    picture("review", office.to_pdf(review_copy(open_, "x", findings, ReviewOptions()).data, comments=True), 1, 4)
    later = changed(
        report,
        {"入伍人数": {"value": 20, "last_year": 14}},
        conscription=("严把兵员质量", "从严把好兵员质量关"),
        problems=("主要表现在：", "有以下几个方面："),
    )
    picture("redline", office.to_pdf(redline_copy(report, later, "x", "李部长").data), 1, 4)


if __name__ == "__main__":
    main()
