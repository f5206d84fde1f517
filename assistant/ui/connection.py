"""A connection that is gone is told in a line at the foot of the page, and the page is drawn anew when it is back.

Streamlit opens a box in English over the whole page, which asks whether one is connected to the internet and takes the
caret out of the text: what was typed without looking went nowhere. The line itself is the style sheet's.

Of a program that was started anew Streamlit asks a page only where one was being drawn when the connection went, or
where a part of it was drawn last. Else the new program knows nothing of what the browser shows: it throws away what the
parts of a page tell it, a text that was typed for one, and takes an entry for what has always stood there. Until the
page was drawn again, ``<html data-nigao-cut>`` says so: editors keep what they have (``editor/src/line.ts``), and the
style sheet lets nothing else be pressed. Where somebody was, the section and the group of facts, the browser brings
along: an input that is not drawn again takes away what was being typed into it.
"""

from __future__ import annotations

import streamlit as st

# Streamlit's box is shut by its own button: so it is not opened again before the page was connected once more. The
# caret goes back to where it was by Streamlit's own doing.
_SCRIPT = """
const SELF = 400, AGAIN = 5000, MOST = 20000;
const root = document.documentElement;
const app = () => document.querySelector("[data-testid=stApp]")?.dataset ?? {};

function begin() {
  const line = { keep: null, tell: null, place: null };
  let held = null, back = 0, asked = 0, drawn = false, timer = 0;

  const shut = () => {
    if (app().testConnectionState === "CONNECTED") return;
    for (const box of document.querySelectorAll("[role=dialog]"))
      if (box.textContent.startsWith("Connection error")) box.querySelector("button")?.click();
  };

  const done = () => {
    clearInterval(timer);
    timer = 0;
    delete root.dataset.nigaoCut;
    if (document.activeElement === document.body && held?.isConnected) held.focus({ preventScroll: true });
  };

  const look = () => {
    const { testConnectionState: connection, testScriptState: script } = app();
    if (connection === undefined || connection === "INITIAL") return;
    if (connection !== "CONNECTED") {
      if (!("nigaoCut" in root.dataset) && line.known) {
        root.dataset.nigaoCut = "";
        // Reaches nobody now, and goes along with whatever is told first.
        line.keep("place", line.place);
      }
      back = asked = 0;
      drawn = false;
      return;
    }
    line.known = true;
    if (!("nigaoCut" in root.dataset)) return;
    const now = performance.now();
    back ||= now;
    timer ||= setInterval(look, 100);
    if (script !== "notRunning") drawn = true;
    else if (drawn || now - back > MOST) done();
    // Streamlit asks by itself at times; if it has not by now, it does not.
    else if (now - (asked || back) > (asked ? AGAIN : SELF)) {
      asked = now;
      line.tell("back", true);
    }
  };

  // An input is disabled while the connection is gone, which takes the caret out of it.
  document.addEventListener("focusout", ({ target }) => (held = target.disabled ? target : null), true);
  document.addEventListener("focusin", () => (held = null), true);
  const attributeFilter = ["data-test-connection-state", "data-test-script-state"];
  new MutationObserver(shut).observe(document.body, { childList: true });
  new MutationObserver(look).observe(document.body, { subtree: true, attributes: true, attributeFilter });
  look();
  return line;
}

export default function ({ data, setStateValue, setTriggerValue }) {
  const line = (window.__nigaoLine ??= begin());
  Object.assign(line, { keep: setStateValue, tell: setTriggerValue, place: data.place ?? line.place });
}
"""


#: Where somebody is, as the pages keep it.
_PLACE = ("section", "here", "group")
_MET = "connection-met"


def mind_connection() -> None:
    """Drawn on every page, before what minds where somebody is."""
    mounted = st.components.v2.component("nigao_connection", js=_SCRIPT)
    met = _MET in st.session_state
    st.session_state[_MET] = True
    place = {key: st.session_state.get(key) for key in _PLACE} if met else None
    told = mounted(
        key="connection",
        data={"place": place},
        height=0,
        on_place_change=lambda: None,
        on_back_change=lambda: None,
    )
    if not met:
        for key, value in (told.place or {}).items():
            if key in _PLACE and isinstance(value, str):
                st.session_state.setdefault(key, value)
