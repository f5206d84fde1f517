"""A file into the browser's hands: made at the press, so that it holds what was typed a moment before.

Streamlit's own download button either offers what stood there when the page was drawn, or asks for a file by a name
that any run of any page may have thrown away by then; nothing comes, and it says so in English.
"""

from __future__ import annotations

import base64
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import streamlit as st

from assistant.ui.session import action

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: Where the file waits.
HANDED = "handed"
#: Seconds for which a file is sent with every drawing of the page: the run that brings it may be cut short by the next.
_OFFERED = 5.0
# Taken once, however often it comes. The address of the bytes goes when the browser has surely read them.
_SCRIPT = """
export default function ({ data }) {
  if (!data || !data.turn || window.__nigaoHanded === data.turn) return;
  window.__nigaoHanded = data.turn;
  const bytes = Uint8Array.from(atob(data.bytes), (one) => one.charCodeAt(0));
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([bytes], { type: data.mime }));
  link.download = data.name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}
"""


@dataclass(frozen=True)
class Handed:
    """A file that was asked for. ``turn`` names the press; ``since``: seconds of the monotonic clock."""

    turn: str
    name: str
    mime: str
    data: bytes
    since: float


def download(
    label: str,
    key: str,
    made: Callable[[], tuple[str, bytes]],
    mime: str,
    *,
    primary: bool = False,
    icon: str | None = None,
    width: Literal["content", "stretch"] = "content",
) -> None:
    """A button that hands over a file.

    Args:
        made: the file's name and bytes. What it raises of ours is told on the page, and no file comes.
    """
    st.button(
        label,
        key=key,
        type="primary" if primary else "secondary",
        icon=icon,
        width=width,
        on_click=_press,
        args=(made, mime),
    )


@action
def _press(made: Callable[[], tuple[str, bytes]], mime: str) -> None:
    st.session_state.pop(HANDED, None)
    name, data = made()
    now = time.monotonic()
    st.session_state[HANDED] = Handed(f"{time.time_ns()}", name, mime, data, now)


def handed() -> Handed | None:
    """The file that was asked for last, while it is offered."""
    given = st.session_state.get(HANDED)
    if not isinstance(given, Handed):
        return None
    if time.monotonic() - given.since > _OFFERED:
        del st.session_state[HANDED]
        return None
    return given


def hand_over() -> None:
    """Drawn with every page: sends the browser what was asked for."""
    # A box of its own, drawn also when it is empty: what comes or goes would have the browser make the page anew.
    with st.container(key="handing"):
        given = handed()
        if given is None:
            return
        data = {
            "turn": given.turn,
            "name": given.name,
            "mime": given.mime,
            "bytes": base64.b64encode(given.data).decode("ascii"),
        }
        st.components.v2.component("nigao_handed", js=_SCRIPT)(key="handed", data=data, height=0)
