"""The 32 assertions of the project's checklist on the files that the four samples give, by lookups in the XML.

Independent of the conformance checker: effective values come from ``test_document_layout.File``'s own lookups.
Numbers in the comments are those of the checklist.
"""

from __future__ import annotations

import asyncio
import io
import re
import zipfile
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from test_document_layout import File

from assistant.document.text import width
from assistant.drafting.embedded import EmbeddedEngine
from assistant.exporting import export_report
from assistant.facts.yaml_form import load_sheet
from assistant.headless import blank_report, chosen_keys, draft_report
from assistant.reports.loader import Library
from assistant.reports.types import Length

EXAMPLES = sorted((Path(__file__).resolve().parents[2] / "examples").glob("*-*-?.yaml"))
HEADINGS = (
    ("^[一二三四五六七八九十]+、", "黑体"),
    ("^（[一二三四五六七八九十]+）", "楷体_GB2312"),
    (r"^\d+\.", "仿宋_GB2312"),
)
HALF_WIDTH = re.compile("[\u4e00-\u9fff][,;:?!()\"']|[,;:?!()\"'][\u4e00-\u9fff]")


class Sample(File):
    """The file of an example sheet, drafted without a model."""

    def __init__(self, sheet: Path) -> None:
        library = Library()
        read = load_sheet(sheet.read_text(encoding="utf-8"), library.schema_of, sheet.name)
        report = blank_report(library, read.report_type, read.shape, read.sheet, Length.NORMAL, 0)
        keys = chosen_keys(report, [])
        drafted, failed = asyncio.run(draft_report(library, report, EmbeddedEngine(), keys, lambda *_: None))
        assert not failed
        self.data = export_report(drafted, sheet.stem, final=True).data
        self.docx = docx.Document(io.BytesIO(self.data))
        self.section = self.docx.sections[0]._sectPr
        self.paragraphs = self.docx.paragraphs
        self.shape = drafted.shape
        texts = [paragraph.text for paragraph in self.paragraphs]
        self.has_addressee = any(text.endswith("：") for text in texts[:5])
        begin = next(number for number, text in enumerate(texts) if "。" in text)
        self.begin = begin - 1 if re.match(HEADINGS[0][0], texts[begin - 1]) else begin
        self.dated = re.fullmatch(r"\d{4}年.*日", texts[-1]) is not None
        end = len(texts)
        while not texts[end - 1].endswith("。"):
            end -= 1
        self.body = self.paragraphs[self.begin : end]


@pytest.fixture(scope="module", params=EXAMPLES, ids=lambda path: path.stem)
def sample(request) -> Sample:
    return Sample(request.param)


def number(sample: Sample, tag: str, name: str) -> int:
    return int(sample.section.find(qn(f"w:{tag}")).get(qn(f"w:{name}")))


def test_there_are_four() -> None:
    assert len(EXAMPLES) == 4


def test_page_and_grid(sample: Sample) -> None:  # 1–7, 19, 22, 29
    assert abs(number(sample, "pgSz", "w") - 11906) <= 2
    assert abs(number(sample, "pgSz", "h") - 16838) <= 2
    assert abs(number(sample, "pgMar", "top") - 2098) <= 57
    assert abs(number(sample, "pgMar", "left") - 1587) <= 57
    wide = number(sample, "pgSz", "w") - number(sample, "pgMar", "left") - number(sample, "pgMar", "right")
    high = number(sample, "pgSz", "h") - number(sample, "pgMar", "top") - number(sample, "pgMar", "bottom")
    assert abs(wide - 8845) <= 28
    assert abs(high - 12756) <= 28
    assert number(sample, "pgMar", "gutter") == 0
    assert sample.section.find(qn("w:docGrid")).get(qn("w:type")) == "lines"
    assert 22 * number(sample, "docGrid", "linePitch") <= high < 23 * number(sample, "docGrid", "linePitch")
    for paragraph in sample.body:
        assert sample.layout(paragraph, "spacing", "lineRule") == "exact"
        assert (
            22 * int(sample.layout(paragraph, "spacing", "line"))
            <= high
            < 23 * int(sample.layout(paragraph, "spacing", "line"))
        )
        for run in paragraph.runs:
            cell = 320 + int(sample.text(paragraph, run, "spacing"))
            assert 28 * cell <= wide < 29 * cell
    assert 1250 <= number(sample, "pgMar", "footer") <= 1500


def test_title(sample: Sample) -> None:  # 8, 9
    title = sample.paragraphs[0]
    for run in title.runs:
        assert sample.text(title, run, "sz") == "44"
        assert sample.text(title, run, "rFonts", "eastAsia") in ("方正小标宋简体", "方正小标宋_GBK")
    assert sample.layout(title, "jc") == "center"
    assert sample.layout(title, "ind", "firstLineChars") == "0"
    lines = title.text.split("\n")
    assert not re.search("[。，、；：！？,.]$", lines[-1])
    assert all(width(line, 0.64) <= 20 for line in lines)
    assert len(lines) != 2 or width(lines[0]) < width(lines[1])


def test_addressee(sample: Sample) -> None:  # 10, 11
    if not sample.has_addressee:
        assert "述职" in sample.paragraphs[0].text
        return
    blank, addressee = sample.paragraphs[1:3]
    assert blank.text == ""
    assert int(sample.layout(blank, "spacing", "line")) == 579
    assert addressee.text.endswith("：")
    assert sample.layout(addressee, "ind", "firstLineChars") == "0"
    assert sample.layout(addressee, "jc") in ("left", "both")


def test_headings_and_body(sample: Sample) -> None:  # 12–18, 20, 21, 31
    numbered = 0
    for paragraph in sample.body:
        face = next((face for pattern, face in HEADINGS if re.match(pattern, paragraph.text)), "")
        numbered += bool(face)
        opening = paragraph.text.find("。") + 1 or len(paragraph.text)
        begin = 0
        for run in paragraph.runs:
            font = sample.text(paragraph, run, "rFonts", "eastAsia")
            if begin >= opening:
                assert font == "仿宋_GB2312"
            elif face:
                assert font == face
            else:
                # Without a number: text, or the 段首句 of a paragraph.
                assert font == "仿宋_GB2312" or opening < len(paragraph.text)
            begin += len(run.text)
            assert sample.text(paragraph, run, "sz") == "32"
            assert sample.text(paragraph, run, "color") in ("000000", "auto")
            for tag in ("b", "i", "u"):
                assert run._r.rPr.find(qn(f"w:{tag}")) is None
        assert sample.layout(paragraph, "ind", "firstLineChars") == "200"
        assert sample.layout(paragraph, "ind", "firstLine") == "640"
        assert sample.layout(paragraph, "spacing", "before") == sample.layout(paragraph, "spacing", "after") == "0"
        assert sample.layout(paragraph, "spacing", "beforeAutospacing") is None
        assert sample.layout(paragraph, "jc") == "both"
    assert numbered >= 3


def test_no_theme_no_red_no_template(sample: Sample) -> None:  # 23, 31, 32
    for name in zipfile.ZipFile(io.BytesIO(sample.data)).namelist():
        assert "Theme=" not in sample.part(name)
    assert "FF0000" not in sample.part("word/document.xml")
    lang = sample.docx.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
    assert lang.get(qn("w:eastAsia")) == "zh-CN"
    assert sample.docx.core_properties.comments == ""
    assert "python" not in sample.docx.core_properties.author.lower()
    assert not re.search(r"【待|\{\{|××", "".join(paragraph.text for paragraph in sample.paragraphs))


def test_closing(sample: Sample) -> None:  # 24, 25
    assert sample.dated
    name, date = sample.paragraphs[-2:]
    if sample.shape.byline:
        # Who reports stands under the title, so the date stands alone.
        assert sample.layout(date, "jc") == "right"
        assert not name.text
        return
    assert re.fullmatch(r"\d{4}年[1-9]\d?月[1-9]\d?日", date.text)
    assert sample.layout(name, "jc") == sample.layout(date, "jc") == "right"
    ends = [int(sample.layout(line, "ind", "rightChars")) / 100 for line in (name, date)]
    begins = [28 - end - width(line.text) for end, line in zip(ends, (name, date), strict=True)]
    assert begins[1] - begins[0] == pytest.approx(2)
    assert min(ends) == 2 or ends[0] == 2
    for paragraph in sample.paragraphs[-4:-1]:
        assert paragraph._p.pPr.find(qn("w:keepNext")) is not None


def test_page_numbers(sample: Sample) -> None:  # 26–28
    assert sample.docx.settings.element.find(qn("w:evenAndOddHeaders")) is not None
    assert sample.section.find(qn("w:titlePg")) is None
    section = sample.docx.sections[0]
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        (paragraph,) = footer.paragraphs
        assert [code.text.strip() for code in paragraph._p.iter(qn("w:instrText"))] == ["PAGE"]
        assert re.fullmatch("\u2014 \\d \u2014", paragraph.text)
        assert sample.layout(paragraph, "jc") == side
        assert sample.layout(paragraph, "ind", f"{side}Chars") == "100"
        assert sample.layout(paragraph, "spacing", "before") == sample.layout(paragraph, "spacing", "after") == "0"
        for run in paragraph.runs:
            assert sample.text(paragraph, run, "sz") == "28"
            assert sample.text(paragraph, run, "rFonts", "eastAsia") == "宋体"
            assert sample.text(paragraph, run, "rFonts", "ascii") == "宋体"


def test_text(sample: Sample) -> None:  # 30
    for paragraph in sample.paragraphs:
        text = paragraph.text
        assert not HALF_WIDTH.search(text)
        for opening, closing in ("“”", "（）", "《》"):
            assert text.count(opening) == text.count(closing)
        assert not re.search("、等|[０-９]|年0\\d月|月0\\d日|  ", text)
        assert not re.search(r"\d[～—]\d+%", text)
