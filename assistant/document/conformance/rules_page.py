"""Paper, margins, lines and characters (5.1, 5.2), page numbers (7.5)."""

from __future__ import annotations

import re

from assistant.document.conformance.finding import Reporter, listed
from assistant.document.conformance.fonts import points
from assistant.document.conformance.model import Document, Footer, Para, Section, width
from assistant.document.rules import Length

_MM = 1440 / 25.4
_SLACK = 6
#: How far from its place a dash may seem to be, in mm, before fonts are known: a line's height differs by so much.
_UNKNOWN_FONT = 2.2


def _mm(twips: float) -> str:
    return f"{twips / _MM:.1f}mm"


def check_page(report: Reporter, document: Document) -> None:
    """Every section's paper, margins and page numbers."""
    for number, section in enumerate(document.sections, 1):
        where = "页面设置" if len(document.sections) == 1 else f"第{number}节页面设置"
        _paper(report, section, where)
        _page_numbers(report, document, section, where.replace("页面设置", "页脚"))
    if document.language and document.language.lower() not in ("zh-cn", "zh-hans", "zh-sg"):
        report.check("language", "page.language", "中文（zh-CN）", document.language, "默认语言")


def _paper(report: Reporter, section: Section, where: str) -> None:
    page = report.profile.page
    tolerance = report.profile.checks.margin_tolerance.twips + _SLACK
    sizes = ((page.width, section.width, "宽"), (page.height, section.height, "高"))
    if section.landscape:
        sizes = ((page.width, section.height, "宽"), (page.height, section.width, "高"))
    for rule, found, name in sizes:
        if abs(found - rule.twips) > tolerance:
            report.tell("page.size", rule, f"{name}{rule.value:g}mm", "未设定" if found < 0 else _mm(found), where)
    if section.landscape:
        # A page for a wide table (第8章) is turned with its margins, by whoever made it.
        return
    margins: tuple[tuple[Length, int, str], ...] = (
        (page.top, section.top, "天头（上边距）"),
        (page.bottom, section.bottom, "下边距"),
        (page.left, section.left, "订口（左边距）"),
        (page.right, section.right, "右边距"),
    )
    for rule, found, name in margins:
        if abs(found - rule.twips) > tolerance:
            expected = f"{name}{_mm(rule.twips)}"
            report.tell("page.margin", rule, expected, "未设定" if found < 0 else _mm(found), where)


def pitch(document: Document, para: Para) -> float:
    """Distance of the lines of a paragraph in twips; 0 where only the font knows."""
    layout = para.layout
    section = document.sections[min(para.section, len(document.sections) - 1)]
    grid = section.pitch if section.grid in ("lines", "linesAndChars", "snapToChars") and layout.snap else 0
    if layout.line_rule == "exact":
        return layout.line
    natural = para.size * 20 * 1.3
    if layout.line_rule == "atLeast":
        natural = max(natural, layout.line)
        return natural if layout.line >= para.size * 20 * 1.15 else 0 if not grid else grid * -(-natural // grid)
    if not grid:
        return 0
    # On the grid a line takes whole rows, as many as its font is high, times the multiple.
    rows = max(1, -(-para.size * 20 // grid))
    return grid * rows * layout.line / 240


def columns(document: Document, para: Para) -> int:
    """How many 字 of this paragraph stand on a line."""
    section = document.sections[min(para.section, len(document.sections) - 1)]
    spaced = [span.format.spacing for span in para.spans if span.text.strip()] or [0]
    cell = para.size * 20 + max(set(spaced), key=spaced.count)
    if section.grid in ("linesAndChars", "snapToChars"):
        cell += section.char_space / 4096 * 20
    wide = section.width - section.left - section.right
    return int((wide + 1) // cell) if cell > 0 and wide > 0 else 0


def check_grid(report: Reporter, document: Document, para: Para) -> None:
    """22 lines, 28 characters."""
    grid = report.profile.grid
    section = document.sections[min(para.section, len(document.sections) - 1)]
    if section.landscape:
        return
    high = section.height - section.top - section.bottom
    distance = pitch(document, para)
    if not distance:
        report.tell("grid.rows", grid.rows, f"每页{grid.rows.value}行（固定行距）", "行距随字体而定", para)
    elif (rows := int((high + 1) // distance)) != grid.rows.value:
        found = f"每页{rows}行（行距{distance / 20:g}磅）"
        report.tell("grid.rows", grid.rows, f"每页{grid.rows.value}行", found, para)
    if (chars := columns(document, para)) != grid.columns.value:
        report.tell("grid.columns", grid.columns, f"每行{grid.columns.value}字", f"每行{chars}字", para)
    if para.layout.before > 20 or para.layout.after > 20:
        found = f"段前{para.layout.before / 20:g}磅、段后{para.layout.after / 20:g}磅"
        report.tell("grid.spacing", grid.rows, "段前段后为零", found, para)


def _page_numbers(report: Reporter, document: Document, section: Section, where: str) -> None:
    rules = report.profile.page_number
    odd = section.footers.get("default")
    even = section.footers.get("even") if document.odd_even else odd
    if (odd is None or odd.number is None) and (even is None or even.number is None):
        report.tell("page_number.missing", rules.dash, "每页有页码", "没有页码", where)
        return
    first = section.footers.get("first")
    if section.title_page and (first is None or first.number is None):
        report.tell("page_number.first", rules.dash, "首页有页码", "首页没有页码", where)
    sided = rules.odd_even.value
    if sided and not document.odd_even and not _outside(odd):
        report.tell("page_number.odd_even", rules.odd_even, "单页码居右、双页码居左", "奇偶页相同", where)
    expected = ("right", "left") if sided else (report.profile.styles["page_number"].align.value,) * 2
    seen: list[Para] = []
    for footer, side, name in ((odd, expected[0], "单页"), (even, expected[1], "双页")):
        if footer is None or footer.number is None:
            report.tell("page_number.missing", rules.dash, f"{name}有页码", f"{name}没有页码", where)
            continue
        if not any(footer.number is para for para in seen):
            seen.append(footer.number)
            _look(report, section, footer.number, f"{where}（{name}）")
        if document.odd_even or not sided:
            _side(report, footer.number, side, f"{where}（{name}）")


def _outside(footer: Footer | None) -> bool:
    return (
        footer is not None
        and footer.number is not None
        and "outside"
        in (
            footer.number.layout.frame,
            footer.number.box_align,
        )
    )


def _look(report: Reporter, section: Section, para: Para, where: str) -> None:
    rules, style = report.profile.page_number, report.profile.styles["page_number"]
    text = para.raw
    cut = para.page_field
    before = re.sub(r"[\s\u3000]", "", text[:cut])
    after = re.sub(r"[\s\u3000]", "", re.sub(r"^\s*\d*", "", text[cut:]))
    if section.number_format == "numberInDash":
        before, after = "-" + before, after + "-"
    if (before, after) != (rules.dash.value, rules.dash.value):
        report.tell(
            "page_number.dash", rules.dash, f"{rules.dash.value} 1 {rules.dash.value}", f"{before}1{after}", where
        )
    shown = para.page_format
    formats = [span.format for span in para.spans if span.text.strip()] + ([shown] if shown else [])
    want = style.size.half_points / 2
    if wrong := [one.size for one in formats if abs(one.size - want) > 0.25]:
        report.tell("page_number.size", style.size, points(want), "、".join(dict.fromkeys(map(points, wrong))), where)
    face = report.profile.typefaces[style.font.value]
    names = {name.casefold() for name in (face.name, *face.same)}
    if shown and shown.ascii.casefold() not in names:
        report.tell("page_number.font", style.font, f"{style.font.value}（{face.name}）", listed([shown.ascii]), where)
    if section.footer >= 0 and not para.layout.frame and not para.box_align:
        _height(report, section, para, where)


def _height(report: Reporter, section: Section, para: Para, where: str) -> None:
    page = report.profile.page
    line = para.layout.line if para.layout.line_rule == "exact" else para.size * 20 * 1.3
    # The middle of the line against where the dash belongs: the bottom margin less 7 mm.
    gap = (section.bottom - section.footer - line / 2) / _MM
    want = (page.bottom.twips - page.footer.twips - report.profile.styles["page_number"].line.twips / 2) / _MM
    if abs(gap - want) > report.profile.page_number.tolerance.value + _UNKNOWN_FONT:
        report.tell("page_number.height", page.footer, f"一字线上距版心下边缘{want:.0f}mm", f"约{gap:.0f}mm", where)


def _side(report: Reporter, para: Para, side: str, where: str) -> None:
    style, rules = report.profile.styles["page_number"], report.profile.page_number
    layout = para.layout
    names = {"left": "居左", "right": "居右", "center": "居中", "both": "居左", "outside": "外侧", "inside": "内侧"}
    placed = para.box_align or (layout.frame if layout.frame not in ("", "set") else layout.align)
    if placed == "outside":
        return
    placed = "left" if placed == "both" else placed
    if placed != side:
        found = names.get(placed, placed)
        report.tell("page_number.side", style.align, names[side], found, where)
    elif side != "center" and not layout.frame and not para.box_align:
        indent = para.chars(layout.right if side == "right" else layout.left)
        raw = para.raw
        blank = raw[len(raw.rstrip()) :] if side == "right" else raw[: len(raw) - len(raw.lstrip())]
        if abs(indent + width(blank) - rules.side.value) > 0.3:
            expected = f"{names[side]}空{rules.side.value:g}字"
            report.tell("page_number.indent", rules.side, expected, f"空{indent + width(blank):.1f}字", where)
