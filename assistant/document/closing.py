"""落款: 署名 and 成文日期, with a seal (7.3.5.1) or without one (7.3.5.2)."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from assistant.document.body import blank
from assistant.document.content import DocumentContent, Run
from assistant.document.layout import ClosingRules, LayoutProfile
from assistant.document.ooxml import Element, paragraph, runs_of
from assistant.document.styles import STYLE_IDS
from assistant.document.text import split_placeholders, width


@dataclass(frozen=True)
class ClosingIndents:
    """Right indents in 字: one for each line of the signature, one for the date."""

    signature: tuple[float, ...]
    date: float


def chinese_date(date: datetime.date) -> str:
    """``2026年7月1日``: Arabic numerals, full year, no leading zeros (7.3.5.4)."""
    return f"{date.year}年{date.month}月{date.day}日"


def closing_indents(
    signature: tuple[str, ...], date: str, *, sealed: bool, columns: float, rules: ClosingRules
) -> ClosingIndents:
    """Where the two stand.

    Unsealed: 署名 右空二字, the date's first character two 字 right of the 署名's; a date that
    is longer takes 右空二字 itself and moves the 署名 left. Sealed: the date 右空四字, the 署名
    centred on it; a 署名 too long for that stops at the margin and the date is centred under it.
    """
    names = [min(width(name), columns) for name in signature]
    dated = width(date)
    if sealed:
        if not names:
            return ClosingIndents((), rules.sealed_right.value)
        date_right = max(rules.sealed_right.value, (max(names) - dated) / 2)
        return ClosingIndents(tuple(max(0.0, date_right + (dated - name) / 2) for name in names), date_right)
    right, shift = rules.unsealed_right.value, rules.unsealed_shift.value
    if not names or not date:
        return ClosingIndents(tuple(right for _ in names), right)
    # A name too wide for 右空二字 ends at the margin.
    ends = tuple(min(right, columns - name) for name in names)
    if dated > names[-1]:
        start = right + shift + dated
        return ClosingIndents(tuple(max(end, start - name) for end, name in zip(ends, names, strict=True)), right)
    return ClosingIndents(ends, max(0.0, names[-1] + ends[-1] - shift - dated))


def closing_blocks(content: DocumentContent, profile: LayoutProfile) -> list[Element]:
    """The blank lines, 署名 and 成文日期; empty when there is neither. Every line but the last keeps with the next."""
    names = tuple(name.strip() for name in (content.signature or "").split("\n") if name.strip())
    date = chinese_date(content.date) if content.date else ""
    if not names and not date:
        return []
    rules = profile.closing
    indents = closing_indents(names, date, sealed=content.sealed, columns=profile.grid.columns.value, rules=rules)
    blocks = blank((rules.sealed_blank if content.sealed else rules.unsealed_blank).value, keep_next=True)
    for index, (name, right) in enumerate(zip(names, indents.signature, strict=True)):
        last = not date and index == len(names) - 1
        blocks.append(_line("signature", name, right, profile, keep_next=not last))
    if date:
        blocks.append(_line("date", date, indents.date, profile, keep_next=False))
    return blocks


def _line(key: str, text: str, right: float, profile: LayoutProfile, *, keep_next: bool) -> Element:
    cell = profile.styles[key].size.twips + profile.grid.spacing.twips
    indent = (round(right * 100), round(right * cell))
    runs = runs_of(split_placeholders((Run(text),)))
    return paragraph(STYLE_IDS[key], *runs, keep_next=keep_next, right=indent)
