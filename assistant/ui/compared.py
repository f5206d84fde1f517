"""Two texts as one: what goes struck through, what comes marked, facts as the values that they print."""

from __future__ import annotations

from assistant.facts.sheet import FactSheet
from assistant.reports.manuscript import Block
from assistant.revising import changes_between
from assistant.slots.render import render
from assistant.ui.paper import pieces_html

_TAGS = {"same": "", "delete": "del", "insert": "ins"}


def compared_html(old: str, new: str, sheet: FactSheet, lead: Block | None = None, *, numbered: bool = False) -> str:
    """The way from one slot text to the other, as paragraphs of the paper.

    Args:
        lead: the paragraph that begins with the section's heading, where heading and text share one.
        numbered: each place carries its number, as ``hunks`` counts.
    """
    paragraphs = [""]
    number, inside = 0, False
    for change in changes_between(old, new):
        if change.kind == "same":
            inside = False
        elif not inside:
            number, inside = number + 1, True
            if numbered:
                paragraphs[-1] += f'<sup class="ng-place">{number}</sup>'
        tag = _TAGS[change.kind]
        for line, text in enumerate(change.text.split("\n")):
            if line and change.kind != "same":
                paragraphs[-1] += f"<{tag}>¶</{tag}>"
            if line and change.kind != "delete":
                paragraphs.append("")
            if text:
                shown = pieces_html(render(text, sheet))
                paragraphs[-1] += f"<{tag}>{shown}</{tag}>" if tag else shown
    if lead is not None:
        paragraphs[0] = f'<span class="lead{min(lead.depth, 2)}">{pieces_html(lead.heading)}</span>{paragraphs[0]}'
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs if paragraph)
    return f'<div class="ng-paper ng-compared">{body}</div>'
