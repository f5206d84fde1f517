"""A table that a model drew with strokes, told as sentences: the paper has no such tables."""

from __future__ import annotations

import re

_SLOT = re.compile(r"\{\{[^{}\n]*\}\}")
#: Stands for a stroke within a slot while rows are cut.
_SHIELD = "\ue000"
_RULE_CELL = re.compile(r":?-{2,}:?")
_END = "。；，、：. "


def tables_told(text: str) -> tuple[str, bool]:
    """The text with each table as a paragraph, a clause a row; and whether there was any."""
    out: list[str] = []
    rows: list[list[str]] = []
    found = False
    for line in [*text.split("\n"), None]:
        cells = _cells(line) if line is not None else []
        if cells:
            rows.append(cells)
            continue
        if rows:
            told = _told(rows)
            out += [told] if told else []
            found, rows = True, []
        if line is not None:
            out.append(line)
    return "\n".join(out), found


def _cells(line: str) -> list[str]:
    """What stands between the strokes of a row; nothing where a line is none."""
    shielded = _SLOT.sub(lambda slot: slot[0].replace("|", _SHIELD), line.strip())
    edged = shielded.startswith("|") and shielded.endswith("|") and len(shielded) > 1
    cells = [cell.strip().replace(_SHIELD, "|") for cell in shielded.strip("|").split("|")]
    return cells if edged or (len(cells) > 1 and _is_rule(cells)) else []


def _is_rule(cells: list[str]) -> bool:
    return all(_RULE_CELL.fullmatch(cell) for cell in cells)


def _told(rows: list[list[str]]) -> str:
    """Rows below a rule with the words of their head, other rows cell after cell."""
    ruled = len(rows) > 1 and _is_rule(rows[1])
    head = rows[0] if ruled else []
    clauses = [_clause(row, head) for row in rows[2 if ruled else 0 :] if not _is_rule(row)]
    told = "；".join(clause for clause in clauses if clause)
    return f"{told}。" if told else ""


def _clause(row: list[str], head: list[str]) -> str:
    named = [cell.strip(_END) for cell in row]
    if not head:
        return "，".join(cell for cell in named if cell)
    rest = [
        f"{head[at] if at < len(head) else ''}{cell}"
        for at, cell in enumerate(named)
        if at and cell not in ("", "-", "/")
    ]
    return "，".join(part for part in (named[0], *rest) if part)
