"""Looks in the browser whether every text on the paper has its editor and these what they share; what never came is
drawn again.

A browser keeps it in mind when the code of a module could not be fetched (a network that changes, a server that is
started anew), and Streamlit never asks again: until the page is loaded anew there would be an error in place of a text.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from assistant.ui import session
from assistant.ui.editor import key_of

#: How often the editor's code is fetched under another address before a session goes on without it.
_MOST = 3

# Looked at by an interval of the page's own, for the component is called only when its data change. A person who has a
# slow line is waited for; what has failed for certain is not.
_SCRIPT = """
const FAULT = ".stBidiComponent [role=alert], .stBidiComponent .stException";
const QUICK = [1000, 4000, 8000], SLOW = [8000, 16000, 30000];
export default function ({ data, parentElement, setTriggerValue }) {
  const watch = (window.__nigaoWatch ??= { tries: 0, since: 0, timer: 0 });
  Object.assign(watch, { texts: data.texts, place: parentElement, tell: setTriggerValue });
  const look = () => {
    if (!watch.place.isConnected) {
      clearInterval(watch.timer);
      window.__nigaoWatch = undefined;
      return;
    }
    const boxes = watch.texts.map((key) => document.querySelector(".st-key-text-" + CSS.escape(key)));
    const lost = boxes.filter((box) => !box?.querySelector(".cm-content"));
    // What the editors share may have failed although they came: it asks first, and they may have asked again.
    const broken = document.querySelector(".st-key-editors")?.querySelector(FAULT);
    if (!lost.length && !broken) {
      watch.tries = watch.since = 0;
      return;
    }
    const now = performance.now();
    watch.since ||= now;
    const failed = Boolean(broken) || lost.some((box) => box?.querySelector(FAULT));
    const wait = (failed ? QUICK : SLOW)[watch.tries];
    const { testScriptState, testConnectionState } = document.querySelector("[data-testid=stApp]")?.dataset ?? {};
    const rest = testScriptState === "notRunning" && testConnectionState === "CONNECTED";
    if (wait === undefined || now - watch.since < wait || !rest) return;
    watch.since = 0;
    watch.tell("lost", { tries: ++watch.tries, failed });
  };
  if (!watch.timer) watch.timer = setInterval(look, 500);
}
"""


def turn() -> int:
    """How often this session had to fetch the editor's code under another address."""
    return int(st.session_state.get("editor-turn", 0))


def widget_of(kind: str, *names: str) -> str:
    """The key of what is mounted for these: another one after each turn, for Streamlit keeps an error with its key."""
    return key_of(kind, *names, *([f"{turn()}"] if turn() else []))


def watch(report_id: str, keys: Sequence[str]) -> None:
    """Minds the editors of these sections, which are drawn on this run.

    What is only missing is drawn again; where the code failed, or it is missing still, all editors are made anew; what
    does not come then is edited in a plain box until the page is loaded anew.
    """
    widget = key_of("watch", report_id)
    mounted = st.components.v2.component("nigao_watch", js=_SCRIPT)
    mounted(key=widget, data={"texts": list(keys)}, on_lost_change=partial(_lost, widget), height=0)


def _lost(widget: str) -> None:
    told = st.session_state[widget]["lost"]
    if told["tries"] > 2 or turn() >= _MOST:
        st.session_state["plain-editor"] = True
        session.tell("编辑框没能打开，已换成普通文本框：选中章节，按“编辑”改文字。刷新页面可以再试。", "warning")
    elif told["failed"] or told["tries"] == 2:
        st.session_state["editor-turn"] = turn() + 1
