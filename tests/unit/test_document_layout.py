"""The file against GB/T 9704: effective values, as a reader of the XML (or Word) would resolve them.

Numbers in the comments are those of the checklist that the project works from.
"""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from dataclasses import replace

import docx
import pytest
from docx.oxml.ns import qn

from assistant.document.closing import closing_indents
from assistant.document.content import DocumentContent, Paragraph, Role, Run
from assistant.document.profile import load_profile
from assistant.document.text import width
from assistant.document.writer import write_docx

BODY = "全年完成兵役登记326人，其中大学生9人，占比75%。研究“武装工作”——投入7.5万元。"
SAMPLE = DocumentContent(
    title="中共清河镇委员会关于2025年度党管武装工作情况的报告",
    addressee="江口区委、区人武部",
    paragraphs=(
        Paragraph.of("现将有关情况报告如下。"),
        Paragraph.of("一、主要工作", Role.HEADING1),
        Paragraph.of("（一）强化引领", Role.HEADING2),
        Paragraph.of("1. 压实责任", Role.HEADING3),
        Paragraph.of("（1）议军会议", Role.HEADING4),
        Paragraph.of(BODY),
        Paragraph((Run("（二）抓组织领导。"), Run(BODY)), Role.RUNIN2),
        Paragraph.of("二、抓基础建设。" + BODY, Role.RUNIN1),
    ),
    signature="中共清河镇委员会",
    date=datetime.date(2026, 7, 1),
    author="李文书",
    subject="党管武装",
    protected_terms=("中共清河镇委员会",),
)
FONTS = {"小标宋": "方正小标宋简体", "仿宋": "仿宋_GB2312", "楷体": "楷体_GB2312", "黑体": "黑体", "宋体": "宋体"}


class File:
    """An exported file with effective-value lookups."""

    def __init__(self, content: DocumentContent, profile: str = "gbt9704-2012", final: bool = True) -> None:
        self.data = write_docx(content, load_profile(profile), final=final)
        self.docx = docx.Document(io.BytesIO(self.data))
        self.section = self.docx.sections[0]._sectPr
        self.paragraphs = self.docx.paragraphs

    def part(self, name: str) -> str:
        return zipfile.ZipFile(io.BytesIO(self.data)).read(name).decode()

    def find(self, start: str):
        return next(paragraph for paragraph in self.paragraphs if paragraph.text.startswith(start))

    def _default(self, kind: str):
        return self.docx.styles.element.find(f"{qn('w:docDefaults')}/{qn(f'w:{kind}Default')}/{qn(f'w:{kind}')}")

    def layout(self, paragraph, tag: str, attribute: str = "val") -> str | None:
        """Effective paragraph property."""
        chain = [paragraph._p.pPr]
        style = paragraph.style
        while style is not None:
            chain.append(style.element.find(qn("w:pPr")))
            style = style.base_style
        return _first([*chain, self._default("pPr")], tag, attribute)

    def text(self, paragraph, run, tag: str, attribute: str = "val") -> str | None:
        """Effective run property."""
        chain = [run._r.rPr]
        for style in (run.style, paragraph.style):
            while style is not None:
                chain.append(style.element.find(qn("w:rPr")))
                style = style.base_style
        return _first([*chain, self._default("rPr")], tag, attribute)


def _first(chain, tag: str, attribute: str) -> str | None:
    for properties in chain:
        element = properties.find(qn(f"w:{tag}")) if properties is not None else None
        if element is not None and element.get(qn(f"w:{attribute}")) is not None:
            return element.get(qn(f"w:{attribute}"))
    return None


@pytest.fixture(scope="module")
def file() -> File:
    return File(SAMPLE)


def _sect(file: File, tag: str, attribute: str) -> int:
    return int(file.section.find(qn(f"w:{tag}")).get(qn(f"w:{attribute}")))


@pytest.mark.parametrize(
    ("profile", "top", "height"), [("gbt9704-2012", 2098, 12756), ("gbt9704-2012-compensated", 1961, 13030)]
)
def test_page(profile: str, top: int, height: int) -> None:
    file = File(SAMPLE, profile)
    assert abs(_sect(file, "pgSz", "w") - 11906) <= 2  # 1
    assert abs(_sect(file, "pgSz", "h") - 16838) <= 2
    assert file.section.find(qn("w:pgSz")).get(qn("w:orient")) is None
    assert abs(_sect(file, "pgMar", "top") - top) <= 3  # 2
    assert abs(_sect(file, "pgMar", "left") - 1587) <= 57  # 3
    wide = _sect(file, "pgSz", "w") - _sect(file, "pgMar", "left") - _sect(file, "pgMar", "right")
    high = _sect(file, "pgSz", "h") - _sect(file, "pgMar", "top") - _sect(file, "pgMar", "bottom")
    assert abs(wide - 8845) <= 28  # 4
    assert abs(high - height) <= 28  # 5
    assert _sect(file, "pgMar", "gutter") == 0  # 6
    assert file.section.find(qn("w:docGrid")).get(qn("w:type")) == "lines"  # 7
    pitch = _sect(file, "docGrid", "linePitch")
    assert 22 * pitch <= high < 23 * pitch
    body = file.find("全年")
    line = int(file.layout(body, "spacing", "line"))
    assert file.layout(body, "spacing", "lineRule") == "exact"  # 19
    assert 22 * line <= high < 23 * line
    cell = 320 + int(file.text(body, body.runs[0], "spacing"))
    assert 28 * cell <= wide < 29 * cell  # 22


def test_title(file: File) -> None:
    title = file.paragraphs[0]
    lines = title.text.split("\n")
    assert file.text(title, title.runs[0], "sz") == "44"  # 8
    assert file.text(title, title.runs[0], "rFonts", "eastAsia") == FONTS["小标宋"]
    assert file.layout(title, "jc") == "center"
    assert file.layout(title, "ind", "firstLineChars") == "0"
    assert lines == ["中共清河镇委员会关于", "2025年度党管武装工作情况的报告"]  # 9
    assert all(width(line, 0.64) <= 20 for line in lines)
    assert file.layout(title, "outlineLvl") == "0"


def test_addressee_follows_one_blank_line(file: File) -> None:
    blank, addressee = file.paragraphs[1:3]
    assert blank.text == ""  # 11
    assert file.layout(blank, "spacing", "line") == "579"
    assert addressee.text == "江口区委、区人武部："  # 10
    assert file.layout(addressee, "ind", "firstLineChars") == "0"
    assert file.layout(addressee, "jc") == "left"


def test_colon_of_the_addressee_is_not_doubled() -> None:
    assert File(replace(SAMPLE, addressee="区委：")).paragraphs[2].text == "区委："
    assert File(replace(SAMPLE, addressee="区委:")).paragraphs[2].text == "区委："


def test_byline_stands_under_the_title() -> None:
    file = File(replace(SAMPLE, byline="清河镇党委书记　张建国"))
    byline = file.paragraphs[1]
    assert byline.text == "清河镇党委书记　张建国"
    assert file.text(byline, byline.runs[0], "rFonts", "eastAsia") == FONTS["楷体"]
    assert file.text(byline, byline.runs[0], "sz") == "32"
    assert file.layout(byline, "jc") == "center"
    assert file.paragraphs[2].text == ""


@pytest.mark.parametrize(
    ("start", "font", "level"),
    [("一、", "黑体", "1"), ("（一）", "楷体", "2"), ("1.", "仿宋", "3"), ("（1）", "仿宋", "4")],
)
def test_headings(file: File, start: str, font: str, level: str) -> None:  # 12–15
    heading = file.find(start)
    assert file.text(heading, heading.runs[0], "rFonts", "eastAsia") == FONTS[font]
    assert file.text(heading, heading.runs[0], "sz") == "32"
    assert file.layout(heading, "outlineLvl") == level
    assert file.layout(heading, "keepNext") is None  # present without val: on
    assert heading.style.element.find(f"{qn('w:pPr')}/{qn('w:keepNext')}") is not None
    assert re.search("[\u4e00-\u9fff]", heading.style.name)


@pytest.mark.parametrize(("start", "font"), [("（二）", "楷体"), ("二、", "黑体")])
def test_runin_heading_ends_with_its_full_stop(file: File, start: str, font: str) -> None:
    paragraph = file.find(start)
    opening, rest = paragraph.runs
    assert opening.text.endswith("。")
    assert rest.text == BODY
    assert file.text(paragraph, opening, "rFonts", "eastAsia") == FONTS[font]
    assert file.text(paragraph, rest, "rFonts", "eastAsia") == FONTS["仿宋"]
    assert file.text(paragraph, opening, "sz") == file.text(paragraph, rest, "sz") == "32"


def test_every_body_run_and_indent(file: File) -> None:
    inside = [p for p in file.paragraphs[3:] if p.style.style_id.startswith(("GwBody", "GwHeading")) and p.text]
    assert len(inside) == len(SAMPLE.paragraphs)
    for paragraph in inside:
        assert file.layout(paragraph, "ind", "firstLineChars") == "200"  # 17, 18
        assert file.layout(paragraph, "ind", "firstLine") == "640"
        assert file.layout(paragraph, "spacing", "before") == "0"  # 20
        assert file.layout(paragraph, "spacing", "after") == "0"
        assert file.layout(paragraph, "spacing", "beforeAutospacing") is None
        assert file.layout(paragraph, "jc") == "both"  # 21
        assert file.layout(paragraph, "widowControl") == "0"
        for run in paragraph.runs:
            assert file.text(paragraph, run, "color") == "000000"  # 31
            assert file.text(paragraph, run, "sz") == "32"  # 16
            assert file.text(paragraph, run, "rFonts", "hint") == "eastAsia"
            if not paragraph.style.style_id.startswith("GwHeading") and not run.style.style_id.startswith("GwRunin"):
                assert file.text(paragraph, run, "rFonts", "eastAsia") == FONTS["仿宋"]


def test_no_emphasis_no_theme_no_template(file: File) -> None:
    for part in ("word/document.xml", "word/styles.xml", "word/footer1.xml", "word/footer2.xml"):
        xml = file.part(part)
        assert "Theme=" not in xml  # 23
        assert not re.search(r"<w:(b|i|u)[ />]", xml)
        # Red is for the 发文机关标志 alone, and this paper has none.
        assert "FF0000" not in re.sub(r'<w:style [^>]*w:styleId="GwHeadMark".*?</w:style>', "", xml)
    names = zipfile.ZipFile(io.BytesIO(file.data)).namelist()
    assert not [name for name in names if "theme" in name or "thumbnail" in name]


def _right(file: File, paragraph) -> float:
    return int(file.layout(paragraph, "ind", "rightChars")) / 100


@pytest.mark.parametrize(
    ("signature", "sealed", "expected"),
    [
        ("中共清河镇委员会", False, (2.0, 2.0)),  # 8 字 against 6: the date ends 2 字 from the margin
        ("张建国", False, (7.0, 2.0)),
        ("中共江口区清河街道工作委员会", False, (2.0, 8.0)),
        ("中共清河镇委员会", True, (3.0, 4.0)),
        ("张建国", True, (5.5, 4.0)),
        ("中国共产党江口区清河街道工作委员会党建办公室", True, (0.0, 8.0)),
    ],
)
def test_closing(signature: str, sealed: bool, expected: tuple[float, float]) -> None:
    file = File(replace(SAMPLE, signature=signature, sealed=sealed))
    name, date = file.paragraphs[-2:]
    assert name.text == signature
    assert re.fullmatch(r"\d{4}年[1-9]\d?月[1-9]\d?日", date.text)  # 24
    assert file.layout(name, "jc") == file.layout(date, "jc") == "right"
    assert (_right(file, name), _right(file, date)) == expected  # 25
    assert [p.text for p in file.paragraphs[-4 if sealed else -3 : -2]] == [""] * (2 if sealed else 1)


@pytest.mark.parametrize("name", ["张三", "清河镇政府", "中共清河镇委员会", "中共江口区清河街道工作委员会"])
@pytest.mark.parametrize("date", ["2026年7月1日", "2025年12月25日"])
def test_date_starts_two_characters_right_of_the_signature(name: str, date: str) -> None:
    rules = load_profile().closing
    indents = closing_indents((name,), date, sealed=False, columns=28, rules=rules)
    name_start = 28 - indents.signature[0] - width(name)
    date_start = 28 - indents.date - width(date)
    assert date_start - name_start == pytest.approx(2)
    assert min(indents.signature[0], indents.date) >= 0
    if width(date) > width(name):
        assert indents.date == 2
    else:
        assert indents.signature[0] == 2


def test_long_signature_stays_inside_the_type_area() -> None:
    rules = load_profile().closing
    for sealed in (False, True):
        indents = closing_indents(("委" * 40, "会"), "2026年7月1日", sealed=sealed, columns=28, rules=rules)
        assert min(*indents.signature, indents.date) >= 0
        assert max(*indents.signature, indents.date) < 28


def test_closing_is_never_alone_on_a_page(file: File) -> None:
    body, blank, name, date = file.paragraphs[-4:]
    assert body.text
    assert blank.text == ""
    for paragraph in (body, blank, name):
        assert paragraph._p.pPr.find(qn("w:keepNext")) is not None
    assert date._p.pPr.find(qn("w:keepNext")) is None


def test_page_numbers(file: File) -> None:
    settings = file.docx.settings.element
    assert settings.find(qn("w:evenAndOddHeaders")) is not None  # 26
    assert file.section.find(qn("w:titlePg")) is None
    section = file.docx.sections[0]
    for footer, side, chars in (
        (section.footer, "right", "rightChars"),
        (section.even_page_footer, "left", "leftChars"),
    ):  # 27, 28
        (paragraph,) = footer.paragraphs
        codes = [code.text.strip() for code in paragraph._p.iter(qn("w:instrText"))]
        assert codes == ["PAGE"]
        assert re.fullmatch("\u2014 \\d \u2014", paragraph.text)
        assert file.layout(paragraph, "jc") == side
        assert file.layout(paragraph, "ind", chars) == "100"
        assert file.layout(paragraph, "ind", side) == "280"
        run = paragraph.runs[0]
        assert file.text(paragraph, run, "sz") == "28"
        assert file.text(paragraph, run, "rFonts", "ascii") == FONTS["宋体"]
        assert file.text(paragraph, run, "rFonts", "eastAsia") == FONTS["宋体"]
        # A footer taller than its place would push the body up.
        line = int(file.layout(paragraph, "spacing", "line"))
        assert _sect(file, "pgMar", "footer") + line <= _sect(file, "pgMar", "bottom")
    assert 1250 <= _sect(file, "pgMar", "footer") <= 1500  # 29


def test_language_and_core_properties(file: File) -> None:
    lang = file.docx.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
    assert lang.get(qn("w:eastAsia")) == "zh-CN"  # 32
    assert file.docx.settings.element.find(qn("w:themeFontLang")).get(qn("w:eastAsia")) == "zh-CN"
    assert 'w:name="compatibilityMode"' in file.part("word/settings.xml")
    core = file.docx.core_properties
    assert (core.author, core.last_modified_by, core.subject) == ("李文书", "李文书", "党管武装")
    assert core.title == SAMPLE.title
    assert core.comments == ""
    assert core.created is not None
    everything = "".join(file.part(name) for name in zipfile.ZipFile(io.BytesIO(file.data)).namelist())
    assert "python" not in everything.lower()
    assert "拟稿" not in everything


PPR = (
    *("pStyle", "keepNext", "keepLines", "widowControl", "autoSpaceDE", "autoSpaceDN"),
    *("snapToGrid", "spacing", "ind", "jc", "outlineLvl"),
)
RPR = ("rStyle", "rFonts", "color", "spacing", "sz", "szCs", "highlight", "lang")


def test_children_stand_in_the_order_of_the_schema() -> None:
    content = replace(SAMPLE, paragraphs=(*SAMPLE.paragraphs, Paragraph((Run("【待补：人数】", "placeholder"),))))
    file = File(content, final=False)
    roots = [file.docx.element, file.docx.styles.element]
    roots += [file.docx.sections[0].footer._element, file.docx.sections[0].even_page_footer._element]
    for root in roots:
        for tag, order in (("pPr", PPR), ("rPr", RPR)):
            for properties in root.iter(qn(f"w:{tag}")):
                names = [child.tag.split("}")[1] for child in properties]
                assert names == sorted(names, key=order.index)
                assert len(names) == len(set(names))


def test_one_file_is_the_same_twice() -> None:
    now = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
    first, second = (write_docx(SAMPLE, load_profile(), final=True, now=now) for _ in range(2))
    assert first == second
