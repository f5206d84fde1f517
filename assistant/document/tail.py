"""What follows the text: 附件说明 (7.3.4), 附注 (7.3.6), 附件 (7.3.7) and 版记 (7.4)."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.document.body import blank, blocks_of
from assistant.document.closing import chinese_date
from assistant.document.content import Attachment, Imprint, Run
from assistant.document.layout import LayoutProfile
from assistant.document.ooxml import Element, indents, paragraph, run, runs_of, w
from assistant.document.styles import STYLE_IDS
from assistant.document.text import split_placeholders, width
from assistant.document.title import break_title

_LABEL = "附件："
_COPIES = "抄送："
_END = "。；，、.;, "


def bare_title(title: str) -> str:
    """As 附件说明 names it: without an end mark."""
    return title.strip().rstrip(_END)


def bare_note(note: str) -> str:
    """附注 without brackets that were typed."""
    return note.strip().strip("（）()")


def joined_copies(names: Iterable[str]) -> str:
    """``抄送：甲，乙。``; "" where there is none."""
    copies = "，".join(name.strip() for name in names if name.strip()).rstrip(_END)
    return f"{_COPIES}{copies}。" if copies else ""


def attachment_note(attachments: tuple[Attachment, ...], profile: LayoutProfile) -> list[Element]:
    """``附件：1.××``: each name from the second line on under its own first character."""
    if not attachments:
        return []
    rules = profile.attachments
    style = profile.styles["attachment_note"]
    cell = style.size.twips + profile.grid.spacing.twips
    label = width(_LABEL)
    blocks = blank(rules.note_blank.value, keep_next=True)
    for index, item in enumerate(attachments):
        number = f"{index + 1}." if len(attachments) > 1 else ""
        hanging = width(number) + (label if index == 0 else 0)
        left = rules.note_left.value + label + width(number)
        text = f"{_LABEL if index == 0 else ''}{number}{bare_title(item.title)}"
        element = paragraph(STYLE_IDS["attachment_note"], keep_next=True)
        element[0].append(indents(cell, left=left, hanging=hanging))
        element.extend(runs_of(split_placeholders((Run(text),))))
        blocks.append(element)
    return blocks


def note_blocks(note: str) -> list[Element]:
    """附注 in round brackets, on the line below the date."""
    text = bare_note(note)
    return [paragraph(STYLE_IDS["note"], *runs_of(split_placeholders((Run(f"（{text}）"),))))] if text else []


def attachment_blocks(attachments: tuple[Attachment, ...], profile: LayoutProfile) -> list[Element]:
    """Each 附件 on a new page: 附件N, a blank line, its title, its text."""
    blocks: list[Element] = []
    for index, item in enumerate(attachments):
        if not item.blocks:
            continue
        label = paragraph(STYLE_IDS["attachment_label"])
        label[0].append(w("pageBreakBefore"))
        label.append(run(f"附件{index + 1}" if len(attachments) > 1 else "附件"))
        lines = break_title(item.title.strip(), profile.title.max_chars.value, profile.title.narrow_char.value)
        title = runs_of(split_placeholders((Run("\n".join(lines)),)))
        blocks += [label, *blank(profile.attachments.title_blank.value, keep_next=True)]
        blocks += [paragraph(STYLE_IDS["attachment_title"], *title), *blank(1), *blocks_of(item.blocks, profile)]
    return blocks


def imprint_blocks(imprint: Imprint, profile: LayoutProfile) -> list[Element]:
    """版记: a table of one or two rows at the bottom of the last page's 版心, its lines as wide as the 版心."""
    rows = []
    if copies := joined_copies(imprint.copies):
        rows.append(_copies(copies, profile))
    if imprint.printer or imprint.printed:
        rows.append(_printed(imprint, profile))
    if not rows:
        return []
    wide = profile.page.text_width
    element = w("tbl", _properties(profile), w("tblGrid", w("gridCol", w=wide)))
    for row in rows:
        element.append(w("tr", w("trPr", w("cantSplit")), w("tc", w("tcPr", w("tcW", w=wide, type="dxa")), row)))
    return [element]


def _copies(text: str, profile: LayoutProfile) -> Element:
    cell, side = profile.styles["imprint"].size.twips, profile.imprint.side.value
    element = paragraph(STYLE_IDS["imprint"])
    element[0].append(indents(cell, left=side + width(_COPIES), hanging=width(_COPIES), right=side))
    element.extend(runs_of(split_placeholders((Run(text),))))
    return element


def _printed(imprint: Imprint, profile: LayoutProfile) -> Element:
    cell, side = profile.styles["imprint"].size.twips, profile.imprint.side.value
    element = paragraph(STYLE_IDS["imprint"])
    element[0].append(w("tabs", w("tab", val="right", pos=profile.page.text_width - round(side * cell))))
    element[0].append(indents(cell, left=side, right=side))
    element.extend(runs_of(split_placeholders((Run(imprint.printer.strip()),))))
    if imprint.printed:
        element.append(w("r", w("tab")))
        element.append(run(f"{chinese_date(imprint.printed)}印发"))
    return element


def _properties(profile: LayoutProfile) -> Element:
    edge, inner = (round(line.twips / 20 * 8) for line in (profile.imprint.edge, profile.imprint.inner))
    lines = [w(side, val="single", sz=edge, space=0, color="000000") for side in ("top", "bottom")]
    lines.append(w("insideH", val="single", sz=inner, space=0, color="000000"))
    # Word sets a floating table to the bottom of the 版心; LibreOffice 7.4 leaves it in the flow.
    place = w("tblpPr", leftFromText=0, rightFromText=0, vertAnchor="margin", horzAnchor="margin", tblpYSpec="bottom")
    return w(
        "tblPr",
        place,
        w("tblW", w=profile.page.text_width, type="dxa"),
        w("tblBorders", *lines),
        w("tblLayout", type="fixed"),
        w("tblCellMar", w("left", w=0, type="dxa"), w("right", w=0, type="dxa")),
    )
