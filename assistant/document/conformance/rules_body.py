"""The text and its headings (5.2.2, 5.2.3, 7.3.3)."""

from __future__ import annotations

import re

from assistant.document.conformance.finding import Reporter
from assistant.document.conformance.fonts import accepted, check_emphasis, check_latin, check_text
from assistant.document.conformance.model import Document, Para, is_hanzi, width
from assistant.document.conformance.rules_front import spans_from
from assistant.document.conformance.rules_page import check_grid
from assistant.document.conformance.structure import Numbered, Part, Structure

_FORMS = {1: "一、", 2: "（一）", 3: "1.", 4: "（1）"}
_OPENING, _CLOSING = "《“‘（〔【", "》”’）〕】"
#: A numbered paragraph without a full stop and longer than this is a sentence, not a heading.
_LONGEST_HEADING = 44
_LONGEST_BARE = 24


def check_body(report: Reporter, document: Document, found: Structure) -> None:
    """Every paragraph between 主送机关 and 落款."""
    for para, number in found.body.items:
        _paragraph(report, document, para, number)
    _sequence(report, found.body)


def check_sequence(report: Reporter, part: Part) -> None:
    """Headings of an attachment."""
    _sequence(report, part)


def _paragraph(report: Reporter, document: Document, para: Para, number: Numbered | None) -> None:
    if para.drawing and not para.text:
        return
    check_emphasis(report, para, "body")
    check_latin(report, para, "body")
    check_grid(report, document, para)
    _indent(report, para, number)
    opening = heading_end(para, number)
    if number is None and (key := _bare_heading(report, para)):
        end = _sentence_end(para.raw) or len(para.raw)
        check_text(report, para, key, key, spans_from(para, 0, end))
        check_text(report, para, "body", "body", spans_from(para, end, len(para.raw)))
        return
    if number is None or not opening:
        check_text(report, para, "body", "body")
        return
    key, rule = f"heading{number.level}", f"heading{number.level}"
    check_text(report, para, key, rule, spans_from(para, 0, opening))
    check_text(report, para, "body", "body", spans_from(para, opening, len(para.raw)))
    alone = opening == len(para.raw)
    mark = para.text[-1:]
    if alone and number.level <= 2 and mark in "。，；：、,.;:":
        report.check("heading_end", f"{rule}.end", "单独成行的标题末尾不加标点", f"“{mark}”", para)


def heading_end(para: Para, number: Numbered | None) -> int:
    """How far the heading of a numbered paragraph goes in ``raw``: to its first full stop or its end; 0 for none."""
    if number is None:
        return 0
    if end := _sentence_end(para.raw):
        return end
    # A long one without any full stop is text that happens to be numbered.
    return len(para.raw) if width(para.text) <= _LONGEST_HEADING or number.level <= 2 else 0


def _sentence_end(raw: str) -> int:
    """Behind the first full stop outside quotes and brackets, or before a line break; 0 without one."""
    depth = 0
    for index, char in enumerate(raw):
        depth += (char in _OPENING) - (char in _CLOSING)
        if char == "。" and depth <= 0:
            return index + 1
        if char == "\n":
            return index
    return 0


def _bare_heading(report: Reporter, para: Para) -> str:
    """The heading whose face an unnumbered 段首句, or a short line without any mark, has; "" for plain text."""
    end = _sentence_end(para.raw)
    alone = not end and width(para.text) <= _LONGEST_BARE and not re.search("[；：！？;:]", para.text)
    if not alone and (not 0 < end < len(para.raw) or width(para.raw[:end]) > _LONGEST_BARE):
        return ""
    spans = spans_from(para, 0, end or len(para.raw))
    for key in ("heading1", "heading2"):
        good = accepted(report.profile, key)
        if all(good(span.format.east_asia) for span in spans if any(map(is_hanzi, span.text))):
            return key
    return ""


def _indent(report: Reporter, para: Para, number: Numbered | None) -> None:
    style = report.profile.styles["body"]
    layout = para.layout
    rule = f"heading{number.level}" if number else "body"
    if layout.align in ("center", "right"):
        said = {"center": "居中", "right": "居右"}[layout.align]
        report.tell(f"{rule}.indent", style.first_line, "左空二字、回行顶格", said, para)
        return
    left, first = para.chars(layout.left), para.chars(layout.first)
    begin = left + first + para.leading
    # A label that numbering prints stands in its own indent.
    if abs(begin - style.first_line.value) > 0.25:
        expected = f"左空{style.first_line.value:g}字"
        report.tell(f"{rule}.indent", style.first_line, expected, f"左空{begin:.1f}字", para)
    elif para.leading:
        report.check("spaces", f"{rule}.spaces", "用首行缩进", "用空格缩进", para)
    if abs(left) > 0.25 and layout.align != "center":
        report.tell(f"{rule}.turnover", style.first_line, "回行顶格", f"回行左空{left:.1f}字", para)
    if para.chars(layout.right) > 0.25:
        report.tell(f"{rule}.right", style.first_line, "右边到版心", f"右边缩进{para.chars(layout.right):.1f}字", para)
    if layout.align != style.align.value and layout.align not in ("both", "distribute"):
        report.tell(f"{rule}.align", style.align, "两端对齐", "左对齐", para)


def _sequence(report: Reporter, part: Part) -> None:
    """Numbers follow one another under each higher heading; forms are those of 7.3.3."""
    last = {1: 0, 2: 0, 3: 0, 4: 0}
    seen: set[int] = set()
    for para, number in part.items:
        if number is None:
            continue
        level = number.level
        if not number.well:
            report.check("heading_form", "heading.form", _FORMS[level], number.written, para)
        if number.value != last[level] + 1:
            expected = f"第{last[level] + 1}个“{_FORMS[level]}”"
            found = "重复" if number.value <= last[level] else "跳号"
            report.check("heading_sequence", "heading.sequence", expected, f"{number.written}（{found}）", para)
        last[level] = number.value
        for deeper in range(level + 1, 5):
            last[deeper] = 0
        # With two levels only, 1. may stand under 一、.
        above = [one for one in seen if one < level]
        if above and level - max(above) > 2:
            report.check(
                "heading_level", "heading.level", "层次不跳级", f"{_FORMS[max(above)]} 之下用 {_FORMS[level]}", para
            )
        seen = {one for one in seen if one < level} | {level}


def spaces_inside(text: str) -> str:
    """The first run of blanks that does the work of layout."""
    match = re.search(r"[ \u00a0]{2,}|\u3000{2,}|(?<=[一-鿿，。；：、])[ \u00a0\u3000]+(?=[一-鿿])", text.strip())
    return match.group() if match else ""
