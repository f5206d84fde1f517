"""Pages of a preview as HTML. Every length is a share of the page's width, so a page fits whatever it is put in."""

from __future__ import annotations

import html
from collections.abc import Iterable
from dataclasses import replace

from assistant.document.layout import LayoutProfile
from assistant.document.preview import UNGAPPED, Line, Page, Row, Span

_TWIPS = 20.0
_CLASSES = {"小标宋": "song", "仿宋": "fang", "楷体": "kai", "黑体": "hei", "宋体": "sun"}
_ALIGN = {"both": "justify", "left": "left", "center": "center", "right": "right"}


class _Scale:
    """Points on the paper as CSS lengths."""

    def __init__(self, profile: LayoutProfile) -> None:
        self.profile = profile
        self._wide = profile.page.width.twips / _TWIPS

    def __call__(self, points: float) -> str:
        return f"{points / self._wide * 100:.3f}cqw"


def pages_html(pages: Iterable[Page], profile: LayoutProfile) -> str:
    """The pages under one another."""
    scale = _Scale(profile)
    return "".join(_page(page, scale) for page in pages)


def _page(page: Page, scale: _Scale) -> str:
    paper = scale.profile.page
    top, left = paper.top.twips / _TWIPS, (paper.left.twips + paper.gutter.twips) / _TWIPS
    out: list[str] = []
    y = top
    for line in page.lines:
        out.append(_row(line, left, y, scale) if isinstance(line, Row) else _line(line, left, y, scale))
        y += line.height
    y = top + paper.text_height / _TWIPS - sum(row.height for row in page.bottom)
    for row in page.bottom:
        out.append(_row(row, left, y, scale))
        y += row.height
    shape = f"aspect-ratio:{paper.width.value}/{paper.height.value}"
    return (
        f'<div class="ng-sheet" style="{shape}" role="img" aria-label="第{page.number}页">'
        f"<div>{''.join(out)}{_number(page.number, scale)}</div></div>"
    )


def _number(number: int, scale: _Scale) -> str:
    profile = scale.profile
    rules, paper, style = profile.page_number, profile.page, profile.styles["page_number"]
    size = style.size.twips / _TWIPS
    side = rules.side.value * size
    left, right = paper.left.twips / _TWIPS + side, paper.right.twips / _TWIPS + side
    align = ("right" if number % 2 else "left") if rules.odd_even.value else style.align.value
    bottom = paper.footer.twips / _TWIPS
    dash = html.escape(rules.dash.value)
    place = f"left:{scale(left)};right:{scale(right)};bottom:{scale(bottom)};text-align:{align}"
    return f'<p class="sun" style="{place};font-size:{scale(size)}">{dash} {number} {dash}</p>'


def _row(row: Row, left: float, y: float, scale: _Scale) -> str:
    out = []
    for start, wide, lines in row.cells:
        below = y + (row.height - sum(line.height for line in lines)) / 2
        for line in lines:
            out.append(_line(line, left + start, below, scale))
            below += line.height
        place = f"left:{scale(left + start)};top:{scale(y)};width:{scale(wide)};height:{scale(row.height)}"
        out.append(f'<i class="{row.rule}" style="{place}"></i>')
    return "".join(out)


def _line(line: Line, left: float, y: float, scale: _Scale) -> str:
    if not line.spans and not line.rule:
        return ""
    height = line.height - line.above - line.below
    size = line.spans[0].look.size if line.spans else 16.0
    spacing = scale.profile.grid.spacing.twips / _TWIPS
    rule = scale.profile.styles[line.key]
    tight = rule.size.half_points == scale.profile.styles["body"].size.half_points
    style = (
        f"left:{scale(left + line.left)};top:{scale(y + line.above)};width:{scale(line.room)};"
        f"height:{scale(height + line.below)};line-height:{scale(height)};font-size:{scale(size)};"
        f"text-align:{_ALIGN[line.align]};text-align-last:{_ALIGN[line.align]}"
        + (f";letter-spacing:{scale(spacing)}" if tight else "")
    )
    kinds = [*([line.rule] if line.rule else []), *([] if line.key in UNGAPPED else ["apart"])]
    return f'<p class="{" ".join(kinds)}" style="{style}">{_between_tabs(line, scale)}</p>'


def _between_tabs(line: Line, scale: _Scale) -> str:
    """The line's spans; what stands behind a tab at its stop."""
    parts: list[list[Span]] = [[]]
    for span in line.spans:
        first, *rest = span.text.split("\t")
        parts[-1].append(replace(span, text=first))
        parts += [[replace(span, text=text)] for text in rest]
    shown = ["".join(_span(span) for span in part if span.text) for part in parts]
    out = [shown[0]]
    for number, text in enumerate(shown[1:]):
        if number >= len(line.stops):
            out.append(f" {text}")
            continue
        side, at = line.stops[number]
        place = at - line.left if side == "left" else line.left + line.room - at
        out.append(f'<b style="{side}:{scale(place)}">{text}</b>')
    return "".join(out)


def _span(span: Span) -> str:
    look = span.look
    classes = [_CLASSES.get(look.face, "fang")]
    classes += ["red"] if look.red else []
    classes += ["open"] if look.marked else []
    classes += ["noted"] if look.note else []
    tag = {"insert": "ins", "delete": "del"}.get(look.kind, "span")
    title = f' title="{html.escape(look.note, quote=True)}"' if look.note else ""
    return f'<{tag} class="{" ".join(classes)}"{title}>{html.escape(span.text)}</{tag}>'
