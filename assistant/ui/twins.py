"""Two passages that are nearly the same, side by side on 核校 and on import, what both have marked."""

from __future__ import annotations

import html

import streamlit as st

from assistant.checks.finding import Finding
from assistant.checks.leftovers_passages import PassageFinding
from assistant.checks.similarity import Marked


def side_by_side(finding: Finding, mine: str = "本报告") -> None:
    """The passage and its twin behind a line to open; nothing for other findings.

    Args:
        mine: what the text is called in which the passage was found.
    """
    if not isinstance(finding, PassageFinding):
        return
    of = "本节" if mine == "本报告" else "全文"
    told = f"并排对照：{finding.share:.0f}%的字相同，占{of}{finding.of_section:.0f}%"
    with st.expander(told):
        theirs = f"《{finding.other}》{finding.other_section}"
        st.html(
            f'<div class="ng-twins">{_side(mine, finding.mine)}{_side(theirs, finding.theirs)}</div>'
            '<div class="ng-note">带底色的字两处都有。</div>'
        )


def _side(head: str, stretches: Marked) -> str:
    text = "".join(
        f"<mark>{html.escape(words)}</mark>" if same else html.escape(words) for words, same in stretches
    ).replace("\n", "<br>")
    return f"<div><b>{html.escape(head)}</b><p>{text}</p></div>"
