"""Title, addressee and body paragraphs as ``w:p`` elements (7.3.1, 7.3.2, 7.3.3)."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.document.content import Block, DocumentContent, Paragraph, Role, Run, Table
from assistant.document.layout import LayoutProfile
from assistant.document.ooxml import Element, paragraph, runs_of
from assistant.document.styles import RUNIN_IDS, STYLE_IDS
from assistant.document.table import table_blocks
from assistant.document.text import split_placeholders
from assistant.document.title import break_title

_OPENING = "《“‘（〔【("
_CLOSING = "》”’）〕】)"
_SPACE = " \t\u00a0\u3000"


def blank(count: int, *, keep_next: bool = False) -> list[Element]:
    """``count`` empty lines of body height."""
    return [paragraph(STYLE_IDS["body"], keep_next=keep_next) for _ in range(count)]


def heading_lines(content: DocumentContent, profile: LayoutProfile) -> list[Element]:
    """Title, byline, the blank line under them, and the addressee. ``content`` is clean."""
    lines = [
        line
        for given in content.title.split("\n")
        if given.strip(_SPACE)
        for line in break_title(
            given.strip(_SPACE),
            profile.title.max_chars.value,
            profile.title.narrow_char.value,
            content.protected_terms,
        )
    ]
    blocks = [_line("title", "\n".join(lines))]
    if content.byline:
        blocks += [_line("byline", line) for line in content.byline.split("\n")]
    blocks += blank(profile.title.blank_after.value)
    if content.addressee:
        blocks.append(_line("addressee", content.addressee.rstrip("：: ") + "："))
    return blocks


def blocks_of(blocks: tuple[Block, ...], profile: LayoutProfile) -> list[Element]:
    """The paragraphs that have text, a line feed in one starting a new body paragraph; and the tables."""
    elements: list[Element] = []
    for item in blocks:
        if isinstance(item, Table):
            elements += table_blocks(item, profile)
        else:
            elements += [_paragraph(line) for line in split_lines(item)]
    return elements


def split_lines(item: Paragraph) -> Iterator[Paragraph]:
    """``item`` cut at line feeds, without blank paragraphs and without spaces used as layout."""
    lines: list[list[Run]] = [[]]
    for run in split_placeholders(item.runs):
        first, *rest = run.text.split("\n")
        lines[-1].append(Run(first, run.kind))
        lines += [[Run(text, run.kind)] for text in rest]
    role = item.role
    for line in lines:
        if runs := _stripped(line):
            yield Paragraph(runs, role)
            role = Role.BODY


def _stripped(runs: list[Run]) -> tuple[Run, ...]:
    kept = [run for run in runs if run.text]
    while kept and not kept[0].text.strip(_SPACE):
        kept.pop(0)
    while kept and not kept[-1].text.strip(_SPACE):
        kept.pop()
    if kept:
        kept[0] = Run(kept[0].text.lstrip(_SPACE), kept[0].kind)
        kept[-1] = Run(kept[-1].text.rstrip(_SPACE), kept[-1].kind)
    return tuple(kept)


def _line(key: str, text: str) -> Element:
    return paragraph(STYLE_IDS[key], *runs_of(split_placeholders((Run(text),))))


def _paragraph(item: Paragraph) -> Element:
    if item.role in (Role.RUNIN1, Role.RUNIN2):
        opening, rest = split_runin(item.runs)
        heading = "heading1" if item.role is Role.RUNIN1 else "heading2"
        return paragraph(STYLE_IDS["body"], *runs_of(opening, RUNIN_IDS[heading]), *runs_of(rest))
    return paragraph(STYLE_IDS[item.role.value], *runs_of(item.runs))


def split_runin(runs: tuple[Run, ...]) -> tuple[tuple[Run, ...], tuple[Run, ...]]:
    """The 段首句 with its 。, and the rest. Without a 。 outside quotes and brackets all is heading."""
    depth = 0
    for number, run in enumerate(runs):
        for index, char in enumerate(run.text):
            depth += (char in _OPENING) - (char in _CLOSING)
            if char == "。" and depth <= 0:
                head, tail = run.text[: index + 1], run.text[index + 1 :]
                opening = (*runs[:number], Run(head, run.kind))
                rest = ((Run(tail, run.kind),) if tail else ()) + runs[number + 1 :]
                return opening, rest
    return runs, ()
