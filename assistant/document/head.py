"""版头: 份号, 紧急程度, 发文机关标志, 发文字号, 签发人 and the red line (7.2)."""

from __future__ import annotations

from assistant.document.content import Cover, Run
from assistant.document.layout import LayoutProfile
from assistant.document.ooxml import Element, paragraph, run, runs_of, w
from assistant.document.styles import SIGNER_ID, STYLE_IDS
from assistant.document.text import split_placeholders, width

_SIGNERS = "签发人："
#: From the line's lower edge to the rule, the 文号's own ink stands this much above it (points, for 3号 in 28.95).
_DESCENT = 4.3
_MAX_SPACE = 31


def head_blocks(cover: Cover, profile: LayoutProfile) -> list[Element]:
    """Everything above the title, with the blank lines that follow the red line."""
    rules = profile.head
    above = [
        _plain(key, text) for key, text in (("copy_number", cover.copy_number), ("urgency", cover.urgency)) if text
    ]
    used = sum(profile.styles[key].line.twips for key, text in _above(cover) if text)
    blocks = [*above, _mark(cover.mark, max(0, rules.mark_top.twips - used), profile)]
    if not cover.number:
        return [*blocks, *_blank(rules.blank_before_title.value)]
    blocks += _blank(rules.blank_before_number.value)
    rows = _rows(cover, profile)
    blocks += rows
    rows[-1][0].insert(1, _red_line(profile))
    return [*blocks, *_blank(rules.blank_before_title.value)]


def _above(cover: Cover) -> tuple[tuple[str, str], ...]:
    return ("copy_number", cover.copy_number), ("urgency", cover.urgency)


def _blank(count: int) -> list[Element]:
    return [paragraph(STYLE_IDS["body"]) for _ in range(count)]


def _plain(key: str, text: str) -> Element:
    return paragraph(STYLE_IDS[key], *runs_of(split_placeholders((Run(text),))))


def _mark(text: str, before: int, profile: LayoutProfile) -> Element:
    """The mark on one line: smaller where it would not fit."""
    style = profile.styles["head_mark"]
    wide = max(1.0, width(text, profile.title.narrow_char.value))
    half_points = min(style.size.half_points, int(profile.page.text_width / 10 / wide))
    line = round(half_points * 10 * 1.02)
    # A font's ink begins a little under the upper edge of its line.
    above = max(0, before - round(half_points * 10 * 0.04))
    element = paragraph(STYLE_IDS["head_mark"])
    element[0].append(w("spacing", before=above, after=0, line=line, lineRule="exact"))
    for piece in runs_of(split_placeholders((Run(text),))):
        if half_points != style.size.half_points:
            # Behind the font, in front of a highlight.
            piece[0].insert(1, w("sz", val=half_points))
            piece[0].insert(2, w("szCs", val=half_points))
        element.append(piece)
    return element


def _rows(cover: Cover, profile: LayoutProfile) -> list[Element]:
    """The line of the 发文字号; with signers two names a row, the 发文字号 on the last row."""
    if not cover.signers:
        return [_plain("head_number", cover.number)]
    rules, style = profile.head, profile.styles["head_number"]
    cell = style.size.twips + profile.grid.spacing.twips
    names = [_spaced(name) for name in cover.signers]
    a_row = max(1, rules.signers_a_row.value)
    rows = ["　".join(names[start : start + a_row]) for start in range(0, len(names), a_row)]
    names_at = profile.page.text_width - round((rules.signer_side.value + max(width(row) for row in rows)) * cell)
    label_at = names_at - round(width(_SIGNERS) * cell)
    number_at = round(rules.number_side.value * cell)
    blocks = []
    for index, row in enumerate(rows):
        stops, content = [], []
        if index == len(rows) - 1:
            stops.append(number_at)
            content += [w("r", w("tab")), run(cover.number)]
        if index == 0:
            stops.append(label_at)
            content += [w("r", w("tab")), run(_SIGNERS)]
        else:
            stops.append(names_at)
            content.append(w("r", w("tab")))
        content.append(run(row, style=SIGNER_ID))
        element = paragraph(STYLE_IDS["head_number"])
        element[0].append(w("tabs", *(w("tab", val="left", pos=pos) for pos in stops)))
        element[0].append(w("jc", val="left"))
        element.extend(content)
        blocks.append(element)
    return blocks


def _spaced(name: str) -> str:
    """张三 → 张　三, so that names of two and three characters stand in columns."""
    return f"{name[0]}　{name[1]}" if len(name) == 2 else name


def _red_line(profile: LayoutProfile) -> Element:
    rules = profile.head
    gap = round(rules.rule_gap.twips / 20 - _DESCENT)
    return w(
        "pBdr",
        w(
            "bottom",
            val="single",
            sz=round(rules.rule_width.twips / 20 * 8),
            space=min(max(gap, 0), _MAX_SPACE),
            color=rules.rule_color.value,
        ),
    )
