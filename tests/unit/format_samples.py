"""Good files for the conformance checker: ours with everything in them, and ones made without our writer."""

from __future__ import annotations

import datetime
import io
import re
import zipfile

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from assistant.document.content import Attachment, Cover, DocumentContent, Imprint, Paragraph, Role, Table
from assistant.document.profile import load_profile
from assistant.document.writer import write_docx

TEXT = "坚持把党管武装工作纳入重要议事日程，先后召开3次会议研究“武装工作”，投入7.5万元，完成12个村规范化建设。"
DUTY = (
    Paragraph.of("现将有关情况报告如下。"),
    Paragraph.of("一、主要工作", Role.HEADING1),
    Paragraph.of("（一）强化组织领导。" + TEXT, Role.RUNIN2),
    Paragraph.of("（二）建强民兵队伍。" + TEXT, Role.RUNIN2),
    Paragraph.of("1. 压实责任", Role.HEADING3),
    Paragraph.of("（1）议军会议", Role.HEADING4),
    Paragraph.of("一是抓教育。" + TEXT + "二是抓训练。" + TEXT),
    Paragraph.of("2. 落实保障", Role.HEADING3),
    Paragraph.of(TEXT),
    Paragraph.of("二、存在问题", Role.HEADING1),
    Paragraph.of("（一）库室建设", Role.HEADING2),
    Paragraph.of(TEXT + TEXT),
    Paragraph.of("三、下一步打算", Role.HEADING1),
    Paragraph.of(TEXT),
    Paragraph.of("特此报告。"),
)
PLAIN = DocumentContent(
    title="中共清河镇委员会关于2025年度党管武装工作情况的报告",
    addressee="江口区委、区人武部",
    paragraphs=DUTY,
    signature="中共清河镇委员会",
    date=datetime.date(2025, 12, 25),
    protected_terms=("中共清河镇委员会",),
)
ROWS = (("应急排", "1", "30", "28"), ("侦察情报班", "1", "10", "10"), ("交通保障分队", "2", "24", "22"))
FULL = DocumentContent(
    title="中共清河镇委员会关于2025年度党管武装工作情况的报告",
    addressee="江口区委、区人武部",
    paragraphs=(
        *DUTY[:4],
        Table(("分队", "数量（个）", "编制（人）", "实有（人）"), ROWS, "民兵分队编组情况"),
        *DUTY[4:],
    ),
    signature="中共清河镇委员会",
    date=datetime.date(2026, 1, 5),
    sealed=True,
    protected_terms=("中共清河镇委员会",),
    cover=Cover("中共清河镇委员会文件", "清党〔2026〕5号", ("张三", "李建国"), "加急", "000012"),
    note="联系人：李文书，电话：12345678",
    attachments=(
        Attachment("民兵组织编组情况统计表", (Paragraph.of(TEXT),)),
        Attachment("武装工作经费明细", (Paragraph.of("一、支出", Role.HEADING1), Paragraph.of(TEXT))),
    ),
    imprint=Imprint(("区人大常委会办公室", "区政协办公室"), "清河镇党政办公室", datetime.date(2026, 1, 6)),
)
BYLINE = DocumentContent(
    title="2025年度履行党管武装工作第一责任人职责情况述职报告",
    byline="柳林街道党工委书记　张建国",
    paragraphs=DUTY,
)


def made(content: DocumentContent, profile: str = "gbt9704-2012") -> bytes:
    """A file of our writer."""
    return write_docx(content, load_profile(profile), final=True)


def part(data: bytes, name: str) -> str:
    """The text of a part of a file."""
    return zipfile.ZipFile(io.BytesIO(data)).read(name).decode("utf-8")


def with_parts(data: bytes, **changed: str | bytes) -> bytes:
    """The file with parts replaced or added; names with ``/`` written as ``__`` and without ``.xml``."""
    names = {f"{key.replace('__', '/')}.xml": value for key, value in changed.items()}
    return repacked(data, names)


def repacked(data: bytes, names: dict[str, str | bytes]) -> bytes:
    """The file with parts replaced or added."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.namelist():
            if item not in names:
                new.writestr(item, old.read(item))
        for name, value in names.items():
            new.writestr(name, value)
    return buffer.getvalue()


# ---- made without our writer


def _fonts(run, face: str, size: float) -> None:
    run.font.name = face
    run.font.size = Pt(size)
    run._r.get_or_add_rPr().rFonts.set(qn("w:eastAsia"), face)


def _direct(document, text: str, face: str, size: float, *, indent: float = 0, align=None, line: float = 28.9, rest=""):
    """A paragraph with all of its format written on itself."""
    paragraph = document.add_paragraph()
    form = paragraph.paragraph_format
    form.first_line_indent = Pt(indent)
    form.space_before = form.space_after = Pt(0)
    form.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    form.line_spacing = Pt(line)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY if align is None else align
    for piece, name in ((text, face), (rest, "仿宋")):
        if piece:
            run = paragraph.add_run(piece)
            _fonts(run, name, size)
            if size == 16:
                spacing = OxmlElement("w:spacing")
                spacing.set(qn("w:val"), "-6")
                run._r.rPr.append(spacing)
    return paragraph


def _page(document) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = Mm(25)
    document.settings.odd_and_even_pages_header_footer = True
    for footer, align in (
        (section.footer, WD_ALIGN_PARAGRAPH.RIGHT),
        (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT),
    ):
        footer.is_linked_to_previous = False
        paragraph = footer.paragraphs[0]
        paragraph.alignment = align
        if align == WD_ALIGN_PARAGRAPH.RIGHT:
            paragraph.paragraph_format.right_indent = Pt(14)
        else:
            paragraph.paragraph_format.left_indent = Pt(14)
        for text in ("— ", None, " —"):
            if text is None:
                field = OxmlElement("w:fldSimple")
                field.set(qn("w:instr"), "PAGE \\* MERGEFORMAT")
                run = paragraph.add_run("1")
                _fonts(run, "宋体", 14)
                field.append(run._r)
                paragraph._p.append(field)
            else:
                _fonts(paragraph.add_run(text), "宋体", 14)


def direct_formatting(*, blanks: bool = True) -> bytes:
    """python-docx's own template, every format on the paragraphs and runs; ``blanks``: empty lines or spacing."""
    document = docx.Document()
    _page(document)
    centre, right = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT
    # Each line of the title is a paragraph of its own.
    for line in ("清河镇关于2025年度", "党管武装工作情况的报告"):
        title = _direct(document, line, "方正小标宋_GBK", 22, align=centre, line=35)
    if blanks:
        _direct(document, "", "仿宋", 16)
    else:
        title.paragraph_format.space_after = Pt(28.9)
    _direct(document, "江口区委、区人武部：", "仿宋", 16)
    _direct(document, "现将有关情况报告如下。", "仿宋", 16, indent=32)
    _direct(document, "一、主要工作", "SimHei", 16, indent=32)
    _direct(document, "（一）强化组织领导。", "楷体", 16, indent=32, rest=TEXT)
    _direct(document, "1.压实责任。", "仿宋", 16, indent=32, rest=TEXT)
    _direct(document, "二、下一步打算", "黑体", 16, indent=32)
    _direct(document, TEXT, "仿宋", 16, indent=32)
    if blanks:
        _direct(document, "", "仿宋", 16)
    name = _direct(document, "清河镇人民政府", "仿宋", 16, align=right)
    name.paragraph_format.right_indent = Pt(16 * 2.5)
    if not blanks:
        name.paragraph_format.space_before = Pt(28.9)
    date = _direct(document, "2026年7月1日", "仿宋", 16, align=right)
    date.paragraph_format.right_indent = Pt(16 * 2)
    # 7 against 6: the name ends two from the margin, the date one.
    name.paragraph_format.right_indent = Pt(16 * 2)
    date.paragraph_format.right_indent = Pt(16 * 1)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


THEME_FONTS = (
    '<a:majorFont><a:latin typeface="Times New Roman"/><a:ea typeface="黑体"/><a:cs typeface=""/></a:majorFont>'
    '<a:minorFont><a:latin typeface="Times New Roman"/><a:ea typeface=""/><a:cs typeface=""/>'
    '<a:font script="Jpan" typeface="ＭＳ 明朝"/><a:font script="Hans" typeface="仿宋"/></a:minorFont>'
)


def styled_by_theme() -> bytes:
    """Formats from styles, fonts from the theme, headings numbered by Word, size and spacing from defaults."""
    document = docx.Document()
    _page(document)
    styles = document.styles
    normal = styles["Normal"]
    normal.font.size = Pt(16)
    fonts = normal.element.get_or_add_rPr().get_or_add_rFonts()
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    fonts.set(qn("w:asciiTheme"), "minorAscii")
    fonts.set(qn("w:eastAsiaTheme"), "minorEastAsia")
    form = normal.paragraph_format
    form.space_before = form.space_after = Pt(0)
    form.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    form.line_spacing = Pt(28.8)
    form.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    spacing = OxmlElement("w:spacing")
    spacing.set(qn("w:val"), "-5")
    normal.element.rPr.append(spacing)
    title, heading = styles["Title"], styles["Heading 1"]
    for style, size in ((title, 22), (heading, 16)):
        style.font.bold, style.font.size, style.font.color.rgb = False, Pt(size), RGBColor(0, 0, 0)
        fonts = style.element.rPr.rFonts
        for name in list(fonts.attrib):
            del fonts.attrib[name]
        style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(0)
    title.element.rPr.rFonts.set(qn("w:eastAsia"), "方正小标宋简体")
    zero = OxmlElement("w:spacing")
    zero.set(qn("w:val"), "0")
    for old in title.element.rPr.findall(qn("w:spacing")):
        title.element.rPr.remove(old)
    title.element.rPr.append(zero)
    title.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.paragraph_format.line_spacing = Pt(36)
    heading.element.rPr.rFonts.set(qn("w:eastAsiaTheme"), "majorEastAsia")
    heading.element.rPr.rFonts.set(qn("w:asciiTheme"), "majorAscii")
    heading.paragraph_format.first_line_indent = Pt(32)
    body = styles.add_style("正文缩进二字", 1)
    body.base_style = normal
    indent = body.element.get_or_add_pPr()
    ind = OxmlElement("w:ind")
    ind.set(qn("w:firstLineChars"), "200")
    indent.append(ind)
    num_pr = OxmlElement("w:numPr")
    for tag, value in (("w:ilvl", "0"), ("w:numId", "77")):
        child = OxmlElement(tag)
        child.set(qn("w:val"), value)
        num_pr.append(child)
    heading.element.get_or_add_pPr().append(num_pr)
    document.add_paragraph("清河镇2025年度党管武装工作情况报告", style="Title")
    document.add_paragraph("")
    document.add_paragraph("江口区委：")
    document.add_paragraph("现将有关情况报告如下。", style=body)
    document.add_paragraph("主要工作", style="Heading 1")
    document.add_paragraph(TEXT, style=body)
    document.add_paragraph("下一步打算", style="Heading 1")
    document.add_paragraph(TEXT, style=body)
    document.add_paragraph("")
    for text, gap in (("张建国", 700), ("2026年7月1日", 200)):
        closing = document.add_paragraph(text)
        closing.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        ind = OxmlElement("w:ind")
        ind.set(qn("w:rightChars"), str(gap))
        closing._p.get_or_add_pPr().append(ind)
    numbering = document.part.numbering_part.element
    for xml in (
        '<w:abstractNum {ns} w:abstractNumId="77"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
        '<w:numFmt w:val="chineseCounting"/><w:suff w:val="nothing"/><w:lvlText w:val="%1、"/>'
        '<w:pPr><w:ind w:left="0" w:firstLine="640"/></w:pPr></w:lvl></w:abstractNum>',
        '<w:num {ns} w:numId="77"><w:abstractNumId w:val="77"/></w:num>',
    ):
        numbering.append(docx.oxml.parse_xml(xml.format(ns=docx.oxml.ns.nsdecls("w"))))
    buffer = io.BytesIO()
    document.save(buffer)
    data = buffer.getvalue()
    theme = re.sub("<a:majorFont>.*</a:minorFont>", THEME_FONTS, part(data, "word/theme/theme1.xml"), flags=re.DOTALL)
    settings = part(data, "word/settings.xml").replace('w:eastAsia="ja-JP"', 'w:eastAsia="zh-CN"')
    return with_parts(data, word__theme__theme1=theme, word__settings=settings)


BOX = (
    '<w:p><w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
    '<mc:Choice Requires="wps" xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
    '<w:drawing><wp:anchor xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
    '<wp:positionH relativeFrom="margin"><wp:align>outside</wp:align></wp:positionH>'
    "<wps:txbx><w:txbxContent>{inside}</w:txbxContent></wps:txbx></wp:anchor></w:drawing></mc:Choice>"
    "<mc:Fallback><w:pict/></mc:Fallback></mc:AlternateContent></w:r></w:p>"
)


def page_number_in_a_box() -> bytes:
    """Ours with one footer for all pages, its number in a text box on the outer side, as WPS makes it."""
    data = made(PLAIN)
    footer = part(data, "word/footer1.xml")
    inside = footer[footer.index("<w:p>") : footer.index("</w:ftr>")]
    inside = re.sub("<w:ind [^>]*/><w:jc [^>]*/>|<w:ind [^>]*/>", "", inside)
    boxed = footer[: footer.index("<w:p>")] + BOX.format(inside=inside) + "</w:ftr>"
    settings = part(data, "word/settings.xml").replace("<w:evenAndOddHeaders />", "")
    document = re.sub('<w:footerReference w:type="even"[^>]*/>', "", part(data, "word/document.xml"))
    return with_parts(data, word__footer1=boxed, word__settings=settings, word__document=document)


def strict() -> bytes:
    """Ours as Word's "Strict Open XML" would name things."""
    data = made(PLAIN)
    usual = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    other = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    return repacked(data, {name: part(data, name).replace(usual, other) for name in names if name.startswith("word/")})


def grid_of_word() -> bytes:
    """Ours as people set it in Word: 28 characters and 22 lines by the document grid, single spacing."""
    data = made(PLAIN)
    styles = part(data, "word/styles.xml").replace('<w:spacing w:val="-5" />', '<w:spacing w:val="0" />')
    styles = re.sub(r'<w:spacing w:before="0" w:after="0" w:line="579" w:lineRule="exact" />', "", styles)
    document = part(data, "word/document.xml")
    document = document.replace(
        '<w:docGrid w:type="lines" w:linePitch="579" />',
        '<w:docGrid w:type="linesAndChars" w:linePitch="579" w:charSpace="-849" />',
    )
    return with_parts(data, word__styles=styles, word__document=document)


GOOD = {
    "ours, plain": lambda: made(PLAIN),
    "ours, everything": lambda: made(FULL),
    "ours, with a byline": lambda: made(BYLINE),
    "python-docx, direct formatting": direct_formatting,
    "python-docx, spacing for empty lines": lambda: direct_formatting(blanks=False),
    "python-docx, styles, theme fonts, automatic numbers": styled_by_theme,
    "page number in a text box": page_number_in_a_box,
    "strict namespaces": strict,
    "grid of 22 by 28": grid_of_word,
}
