"""Faults planted in good files: what is changed in the XML, and the rule that must tell."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from format_samples import BYLINE, FULL, PLAIN, TEXT, made, part, repacked

from assistant.document.content import DocumentContent


@dataclass(frozen=True)
class Fault:
    """``change`` turns the text of ``file`` into a faulty one; ``rule`` is the beginning of the finding's rule."""

    name: str
    rule: str
    change: Callable[[str], str]
    file: str = "word/document.xml"
    content: DocumentContent = PLAIN

    def planted(self) -> bytes:
        good = made(self.content)
        old = part(good, self.file)
        new = self.change(old)
        assert new != old, f"{self.name}: nothing changed"
        return repacked(good, {self.file: new})


def swap(old: str, new: str, count: int = 1) -> Callable[[str], str]:
    return lambda xml: xml.replace(old, new, count)


def style(style_id: str, old: str, new: str) -> Callable[[str], str]:
    """A change inside one style, by pattern."""

    def change(xml: str) -> str:
        begin = xml.index(f'w:styleId="{style_id}"')
        end = xml.index("</w:style>", begin)
        return xml[:begin] + re.sub(old, new, xml[begin:end]) + xml[end:]

    return change


def at(text: str, change: Callable[[str], str]) -> Callable[[str], str]:
    """A change of the paragraph that holds ``text``."""

    def changed(xml: str) -> str:
        place = xml.index(text)
        begin, end = xml.rindex("<w:p>", 0, place), xml.index("</w:p>", place) + len("</w:p>")
        return xml[:begin] + change(xml[begin:end]) + xml[end:]

    return changed


def layout(added: str) -> Callable[[str], str]:
    """More paragraph properties."""
    return lambda paragraph: paragraph.replace("</w:pPr>", added + "</w:pPr>", 1)


def letters(added: str) -> Callable[[str], str]:
    """More run properties for every run."""
    return lambda paragraph: paragraph.replace("</w:rPr>", added + "</w:rPr>")


EMPTY = '<w:p><w:pPr><w:pStyle w:val="GwBody" /></w:pPr></w:p>'
STYLES, FOOTER, EVEN, SETTINGS = "word/styles.xml", "word/footer1.xml", "word/footer2.xml", "word/settings.xml"
SONG = '<w:rFonts w:ascii="宋体" w:hAnsi="宋体" w:eastAsia="宋体" />'
INDENT = '<w:ind w:firstLineChars="0" w:firstLine="0" />'


def _drop_blank_before(text: str) -> Callable[[str], str]:
    def change(xml: str) -> str:
        begin = xml.rindex("<w:p>", 0, xml.index(text))
        above = xml.rindex("<w:p>", 0, begin)
        return xml[:above] + xml[begin:]

    return change


def _blank_before(text: str) -> Callable[[str], str]:
    return at(text, lambda paragraph: EMPTY + paragraph)


FAULTS = (
    # paper and margins
    Fault("Letter paper", "page.size", swap('w:w="11906" w:h="16838"', 'w:w="12240" w:h="15840"')),
    Fault("top margin 30 mm", "page.margin", swap('w:top="2098"', 'w:top="1701"')),
    Fault("bottom margin 25.4 mm", "page.margin", swap('w:bottom="1984"', 'w:bottom="1440"')),
    Fault("left margin 31.8 mm", "page.margin", swap('w:left="1587"', 'w:left="1803"')),
    Fault("right margin 28 mm", "page.margin", swap('w:right="1474"', 'w:right="1587"')),
    Fault("gutter 5 mm", "page.margin", swap('w:gutter="0"', 'w:gutter="283"')),
    Fault("footer at 15 mm", "page_number.height", swap('w:footer="1427"', 'w:footer="851"')),
    # lines and characters
    Fault("line 30 pt", "grid.rows", style("GwBody", 'w:line="579"', 'w:line="600"'), STYLES),
    Fault("line 1.5 times", "grid.rows", style("GwBody", 'w:line="579" w:lineRule="exact"', 'w:line="360"'), STYLES),
    Fault("line 26 pt", "grid.rows", style("GwBody", 'w:line="579"', 'w:line="520"'), STYLES),
    Fault("characters not tightened", "grid.columns", swap('<w:spacing w:val="-5" />', "", 99), STYLES),
    Fault("space after a paragraph", "grid.spacing", at("特此报告", layout('<w:spacing w:after="200" />'))),
    # title
    Fault("title in 黑体", "title.font", style("GwTitle", 'eastAsia="[^"]*"', 'eastAsia="黑体"'), STYLES),
    Fault("title in 3号", "title.size", style("GwTitle", 'w:sz w:val="44"', 'w:sz w:val="32"'), STYLES),
    Fault("title from the left", "title.align", style("GwTitle", 'jc w:val="center"', 'jc w:val="left"'), STYLES),
    Fault("title bold", "title.emphasis", at("委员会关于", letters("<w:b />"))),
    Fault("title with a full stop", "title.end", swap("情况的报告</w:t>", "情况的报告。</w:t>")),
    Fault("title moved by an indent", "title.indent", at("委员会关于", layout('<w:ind w:firstLine="640" />'))),
    Fault("title broken in a year", "title.sense", swap("关于</w:t><w:br /><w:t>2025", "关于20</w:t><w:br /><w:t>25")),
    Fault(
        "title broken before 的",
        "title.sense",
        swap("关于</w:t><w:br /><w:t>2025年度党管武装工作情况的", "关于2025年度党管武装工作情况</w:t><w:br /><w:t>的"),
    ),
    Fault("empty line before the title", "title.place", swap("<w:body>", f"<w:body>{EMPTY}")),
    # 主送机关
    Fault("no colon", "addressee.colon", swap("区人武部：", "区人武部")),
    Fault("half-width colon", "addressee.colon", swap("区人武部：", "区人武部:")),
    Fault("addressee indented", "addressee.indent", at("区人武部：", layout('<w:ind w:firstLineChars="200" />'))),
    Fault("no line under the title", "addressee.place", _drop_blank_before("区人武部：")),
    Fault("two lines under the title", "addressee.place", _blank_before("区人武部：")),
    Fault("addressee in 宋体", "addressee.font", at("区人武部：", letters(SONG))),
    # body and headings
    Fault("一、 in 仿宋", "heading1.font", style("GwHeading1", "黑体", "仿宋_GB2312"), STYLES),
    Fault("（一） in 黑体", "heading2.font", style("GwHeading2", "楷体_GB2312", "黑体"), STYLES),
    Fault("run-in in 仿宋", "heading2.font", style("GwRunin2", "楷体_GB2312", "仿宋_GB2312"), STYLES),
    Fault("1. in 黑体", "heading3.font", style("GwHeading3", "仿宋_GB2312", "黑体"), STYLES),
    Fault("body in 宋体", "body.font", style("GwBody", "仿宋_GB2312", "宋体"), STYLES),
    Fault("one run of the body in 等线", "body.font", at("一是抓教育", letters(SONG.replace("宋体", "等线")))),
    Fault("body in 小3号", "body.size", style("GwBody", 'w:sz w:val="32"', 'w:sz w:val="30"'), STYLES),
    Fault("heading in 2号", "heading1.size", style("GwHeading1", 'w:sz w:val="32"', 'w:sz w:val="44"'), STYLES),
    Fault("body bold", "body.emphasis", at("一是抓教育", letters("<w:b />"))),
    Fault("body underlined", "body.emphasis", at("一是抓教育", letters('<w:u w:val="single" />'))),
    Fault("body red", "body.color", at("一是抓教育", letters('<w:color w:val="FF0000" />'))),
    Fault("digits in Arial", "body.latin", at("一是抓教育", letters('<w:rFonts w:ascii="Arial" w:hAnsi="Arial" />'))),
    Fault("body not indented", "body.indent", at("一是抓教育", layout(INDENT))),
    Fault("heading not indented", "heading1.indent", at("一、主要工作", layout(INDENT))),
    Fault(
        "body indented by blanks",
        "body.spaces",
        at("一是抓教育", lambda p: layout(INDENT)(p).replace("一是", "　　一是")),
    ),
    Fault(
        "whole paragraph indented",
        "body.turnover",
        at("一是抓教育", layout('<w:ind w:left="640" w:firstLineChars="0" w:firstLine="0" />')),
    ),
    Fault("body centred", "body.indent", at("一是抓教育", layout('<w:jc w:val="center" />'))),
    Fault("heading number twice", "heading.sequence", swap("二、存在问题", "一、存在问题")),
    Fault("heading number left out", "heading.sequence", swap("三、下一步", "四、下一步")),
    Fault("（一） in half-width brackets", "heading.form", swap("（一）库室建设", "(一)库室建设")),
    Fault("（一）、", "heading.form", swap("（一）库室建设", "（一）、库室建设")),
    Fault("1、 for 1.", "heading.form", swap("1. 压实责任", "1、压实责任")),
    Fault("一. for 一、", "heading.form", swap("一、主要工作", "一．主要工作")),
    Fault("full stop behind a heading", "heading1.end", swap("一、主要工作", "一、主要工作。")),
    # punctuation and figures
    Fault("half-width comma", "text.halfwidth", swap("重要议事日程，", "重要议事日程,")),
    Fault("half-width brackets", "text.halfwidth", swap("特此报告。", "特此(专题)报告。")),
    Fault("straight quotes", "text.halfwidth", swap("“武装工作”", '"武装工作"')),
    Fault("half-width full stop", "text.halfwidth", swap("特此报告。", "特此报告.")),
    Fault("quote not closed", "text.quotes", swap("“武装工作”", "“武装工作")),
    Fault("full-width digits", "text.digits", swap("召开3次", "召开３次")),
    Fault("percent left out", "text.percent", swap("特此报告。", "增长5～10%。")),
    Fault("leading zero", "text.empty_place", swap("特此报告。", "截至2025年07月，特此报告。")),
    Fault("、 between quotes", "text.commas", swap("“武装工作”", "“武装工作”、“双拥工作”")),
    Fault("two blanks in the text", "text.spaces", swap("特此报告。", "特此  报告。")),
    Fault("empty line between paragraphs", "text.blank_lines", _blank_before("三、下一步打算")),
    Fault("placeholder left", "text.leftover", swap("特此报告。", "特此报告【待补：入伍人数】。")),
    # 落款
    Fault("date in hanzi", "date.form", swap("2025年12月25日", "二〇二五年十二月二十五日")),
    Fault("date with a leading zero", "date.form", swap("2025年12月25日", "2025年02月05日")),
    Fault("date with dots", "date.form", swap("2025年12月25日", "2025.12.25")),
    Fault("date from the left", "date.place", at("2025年12月25日", layout('<w:jc w:val="left" />'))),
    Fault(
        "signature at the margin",
        "closing.right",
        at('会</w:t></w:r></w:p><w:p><w:pPr><w:pStyle w:val="GwDate"', lambda p: re.sub("<w:ind [^>]*/>", "", p)),
    ),
    Fault(
        "date under the signature's begin",
        "date.place",
        at("2025年12月25日", lambda p: re.sub("<w:ind [^>]*/>", '<w:ind w:rightChars="300" w:right="945" />', p)),
    ),
    Fault(
        "no line above the signature",
        "closing.place",
        lambda xml: _drop_blank_before('<w:pStyle w:val="GwSignature" />')(xml),
    ),
    Fault("signature in 楷体", "signature.font", style("GwSignature", "仿宋_GB2312", "楷体_GB2312"), STYLES),
    # page numbers
    Fault("no page numbers", "page_number.missing", lambda xml: re.sub("<w:footerReference [^>]*/>", "", xml)),
    Fault("same footer on all pages", "page_number.odd_even", swap("<w:evenAndOddHeaders />", ""), SETTINGS),
    Fault("page number in the middle", "page_number.side", swap('jc w:val="left"', 'jc w:val="center"'), EVEN),
    Fault(
        "odd page number left",
        "page_number.side",
        lambda xml: xml.replace("</w:pPr>", '<w:jc w:val="left" /></w:pPr>', 1),
        FOOTER,
    ),
    Fault("hyphens beside the number", "page_number.dash", swap("—", "-", 2), FOOTER),
    Fault("no dashes", "page_number.dash", swap("—", "", 2), FOOTER),
    Fault(
        "page number in 小5号", "page_number.size", style("GwPageNumber", 'w:sz w:val="28"', 'w:sz w:val="18"'), STYLES
    ),
    Fault(
        "page number in Times",
        "page_number.font",
        style("GwPageNumber", 'ascii="宋体"', 'ascii="Times New Roman"'),
        STYLES,
    ),
    Fault("page number at the very edge", "page_number.indent", lambda xml: re.sub("<w:ind [^>]*/>", "", xml), FOOTER),
    Fault("none on the first page", "page_number.first", swap("<w:docGrid", "<w:titlePg /><w:docGrid")),
    # fonts by theme, language
    Fault(
        "theme font without a theme",
        "body.font",
        style("GwBody", 'w:eastAsia="[^"]*"', 'w:eastAsiaTheme="minorEastAsia"'),
        STYLES,
    ),
    Fault("language Japanese", "page.language", swap('w:eastAsia="zh-CN"', 'w:eastAsia="ja-JP"'), STYLES),
    # 版头, 附件, 版记
    Fault("square brackets in the 发文字号", "head.number", swap("〔2026〕", "[2026]"), content=FULL),
    Fault("第 and leading zeros in the 发文字号", "head.number", swap("〔2026〕5号", "〔2026〕第005号"), content=FULL),
    Fault("no red line", "head.rule", lambda xml: re.sub("<w:pBdr>.*?</w:pBdr>", "", xml), content=FULL),
    Fault("black line", "head.rule", swap('w:color="FF0000"', 'w:color="000000"'), content=FULL),
    Fault("mark black", "head.mark.color", style("GwHeadMark", "FF0000", "000000"), STYLES, FULL),
    Fault("signer in 仿宋", "head.signer.font", style("GwSigner", "楷体_GB2312", "仿宋_GB2312"), STYLES, FULL),
    Fault("附件 numbered 1、", "attachment_note.number", swap("附件：1.民兵", "附件：1、民兵"), content=FULL),
    Fault(
        "mark behind an 附件's name",
        "attachment_note.end",
        swap("1.民兵组织编组情况统计表", "1.民兵组织编组情况统计表；"),
        content=FULL,
    ),
    Fault("附件 on the same page", "attachment.page", swap("<w:pageBreakBefore />", ""), content=FULL),
    Fault("附件1 in 仿宋", "attachment.font", style("GwAttachmentLabel", "黑体", "仿宋_GB2312"), STYLES, FULL),
    Fault("抄送 without a full stop", "imprint.copies", swap("区政协办公室。", "区政协办公室"), content=FULL),
    Fault("版记 in 3号", "imprint.size", style("GwImprint", 'w:sz w:val="28"', 'w:sz w:val="32"'), STYLES, FULL),
    Fault(
        "版记 without lines",
        "imprint.rule",
        lambda xml: xml[: xml.rindex("<w:tblBorders>")] + xml[xml.rindex("</w:tblBorders>") + 15 :],
        content=FULL,
    ),
    Fault(
        "sealed signature beside its date",
        "signature.place",
        lambda xml: re.sub(
            '(GwSignature" />(?:<w:keepNext />)?)<w:ind [^>]*/>', r'\1<w:ind w:rightChars="700" w:right="2205" />', xml
        ),
        content=FULL,
    ),
    Fault(
        "byline from the left",
        "byline.align",
        style("GwByline", 'jc w:val="center"', 'jc w:val="left"'),
        STYLES,
        BYLINE,
    ),
    Fault(
        "body of the byline's paper in 黑体",
        "body.font",
        at(f"一是抓教育。{TEXT}", letters(SONG.replace("宋体", "黑体"))),
        content=BYLINE,
    ),
)
