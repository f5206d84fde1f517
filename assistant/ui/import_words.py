"""Where the words of the leftover check can be added to: a file of the user's own."""

from __future__ import annotations

import html

import streamlit as st

from assistant.checks.leftovers_words import begin_user_file, user_file
from assistant.ui.session import action


@action
def _begin() -> None:
    begin_user_file()


def own_words(key: str) -> None:
    """A press that shows where the file is, and makes it where there is none."""
    # No help: its tip would lie over the open box and the press in it.
    with st.popover("本地用语", key=f"{key}-words"):
        file = user_file()
        there = file.is_file()
        st.html(
            '<div class="ng-details">本地的村名、人名被列了出来，或者还想提醒别的用语，写进这个文件，存盘后立即生效：'
            f"<p><code>{html.escape(str(file))}</code></p></div>"
        )
        if there:
            st.html('<div class="ng-details">用记事本等文本编辑器打开，里面有写法示例。</div>')
        else:
            st.button("建这个文件（内有写法示例）", key=f"{key}-begin", on_click=_begin)
