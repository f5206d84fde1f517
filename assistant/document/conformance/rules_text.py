"""Punctuation, figures, blanks (9: GB/T 15834, GB/T 15835), what is left over from writing, tables."""

from __future__ import annotations

import re

from assistant.document.conformance.finding import Reporter
from assistant.document.conformance.model import Document, Para
from assistant.document.conformance.rules_body import spaces_inside
from assistant.document.conformance.structure import Structure

_HALF = re.compile(
    "(?<=[一-鿿》”）])[,;:?!]|[,;:?!](?=[一-鿿《“（])|[(](?=[^()]{0,40}[一-鿿])|(?<=[一-鿿])[()]|[)](?=[一-鿿])"
    "|(?<=[一-鿿])[.](?![0-9A-Za-z.])"
    "|(?<=[一-鿿])[\"'](?=.)|[\"'](?=[一-鿿])|(?<=[一-鿿，。])[\"']$"
)
_FULL_DIGIT = re.compile("[０-９]+")
_EMPTY_PLACE = re.compile(r"年0\d月|月0\d日|(?<=\d年)0\d月")
_PERCENT = re.compile(r"\d+(?:\.\d+)?[～~—－-]\d+(?:\.\d+)?[%％]")
_YEAR_MIX = re.compile("[二一][〇○零一二三四五六七八九]{3}年\\d{1,2}月|\\d{4}年[一二三四五六七八九十]{1,2}月")
_COMMA = re.compile("[”》]、[“《]|、等")
_LEFT = re.compile(r"【待[^】]*】|\{\{[^}]*\}\}|[×╳]{2,}|[Xx]{2,}(?=[年月日镇乡区县市人元])|_{3,}")
_PAIRS = {"“": "”", "‘": "’", "（": "）", "《": "》", "〈": "〉", "【": "】", "〔": "〕"}


def check_texts(report: Reporter, document: Document, found: Structure) -> None:
    """Every paragraph's characters."""
    named = {para.number for para in (*found.signature, *found.byline, *found.head, *found.imprint)}
    outside = [para for para in document.paras if para.text]
    inside = [para for table in found.tables for para in table.paras if para.text]
    for para in (*outside, *inside):
        _characters(report, para)
        if not para.in_table and para.number not in named and (blank := spaces_inside(para.text)):
            kind = "全角空格" if "\u3000" in blank else "空格"
            report.check("spaces", "text.spaces", "字间不加空格", f"{len(blank)}个{kind}", para)
    if found.number is None:
        for para in found.head:
            _characters(report, para)
    _blank_lines(report, document, found)
    _tables(report, found)
    if document.revisions:
        report.check("leftovers", "text.revisions", "没有修订", f"{document.revisions}处修订未接受", "修订")
    if document.comments:
        report.check("leftovers", "text.comments", "没有批注", f"{document.comments}条批注", "批注")


def _characters(report: Reporter, para: Para) -> None:
    text = para.text
    for key, rule, pattern, expected in (
        ("halfwidth", "text.halfwidth", _HALF, "全角标点"),
        ("numerals", "text.digits", _FULL_DIGIT, "半角数字"),
        ("numerals", "text.empty_place", _EMPTY_PLACE, "月、日不编虚位"),
        ("numerals", "text.percent", _PERCENT, "前一个百分号不省"),
        ("numerals", "text.year", _YEAR_MIX, "年月日用同一种数字"),
        ("commas", "text.commas", _COMMA, "此处不用顿号"),
        ("leftovers", "text.leftover", _LEFT, "已经补齐"),
    ):
        if match := pattern.search(text):
            around = text[max(0, match.start() - 3) : match.end() + 3]
            report.check(key, rule, expected, f"“{around}”", para)
    if fault := _unpaired(text):
        report.check("quotes", "text.quotes", "引号、括号成对", f"“{fault}”不成对", para)


def _unpaired(text: str) -> str:
    closing = {after: before for before, after in _PAIRS.items()}
    stack: list[str] = []
    for char in text:
        if char in _PAIRS:
            stack.append(char)
        elif char in closing and (not stack or stack.pop() != closing[char]):
            return char
    return stack[-1] if stack else ""


def _blank_lines(report: Reporter, document: Document, found: Structure) -> None:
    inside = [*((found.addressee,) if found.addressee else ()), *(para for para, _ in found.body.items)]
    if not inside:
        return
    first, last = inside[0].number, inside[-1].number
    empty = [
        para
        for para in document.paras
        if first < para.number < last and not para.text and not para.drawing and not para.starts_page
    ]
    if not empty:
        return
    near = max((para for para in inside if para.number < empty[0].number), key=lambda para: para.number)
    said = f"此段之后空行{f'等{len(empty)}处' if len(empty) > 1 else ''}"
    report.check("blank_lines", "text.blank_lines", "段落之间不空行", said, near)


def _tables(report: Reporter, found: Structure) -> None:
    wide = report.profile.page.text_width
    for table in found.tables:
        at = next((para for para in table.paras if para.text), None)
        if at is None:
            continue
        if table.width > wide + 120:
            said = f"宽{table.width / 1440 * 25.4:.0f}mm"
            report.check("table_layout", "table.width", f"不超过版心{wide / 1440 * 25.4:.0f}mm", said, at)
        if len(table.rows) > 15 and not table.repeats_head:
            report.check("table_layout", "table.head", "跨页重复表头", f"{len(table.rows)}行，表头不重复", at)
        colors = {span.format.color for para in table.paras for span in para.spans if span.text.strip()}
        if colors - {"auto", "000000", report.profile.color.value}:
            report.tell("table.color", report.profile.color, "黑色", "、".join(sorted(colors - {"auto", "000000"})), at)
