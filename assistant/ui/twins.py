"""Two passages that are nearly the same, side by side on 核校, what both have marked."""

from __future__ import annotations

import html

import streamlit as st

from assistant.checks.finding import Finding
from assistant.checks.leftovers_passages import PassageFinding
from assistant.checks.similarity import Marked


def side_by_side(finding: Finding) -> None:
    """The passage and its twin behind a line to open; nothing for other findings."""
    if not isinstance(finding, PassageFinding):
        return
    told = f"并排对照：{finding.share:.0f}%的字相同，占本节{finding.of_section:.0f}%"
    with st.expander(told):
        theirs = f"《{finding.other}》{finding.other_section}"
        st.html(
            f'<div class="ng-twins">{_side("本报告", finding.mine)}{_side(theirs, finding.theirs)}</div>'
            '<div class="ng-note">带底色的字两处都有。</div>'
        )


def _side(head: str, stretches: Marked) -> str:
    text = "".join(
        f"<mark>{html.escape(words)}</mark>" if same else html.escape(words) for words, same in stretches
    ).replace("\n", "<br>")
    return f"<div><b>{html.escape(head)}</b><p>{text}</p></div>"
