"""A connection that is gone is told in a line at the foot of the page, not in a box over it.

Streamlit opens a box in English over the whole page, which asks whether one is connected to the internet and takes the
caret out of the text: what was typed without looking went nowhere. The line itself is the style sheet's.
"""

from __future__ import annotations

import streamlit as st

# Shut by its own button: so Streamlit does not open it again before it was connected once more. The caret goes back to
# where it was by Streamlit's own doing.
_SCRIPT = """
export default function () {
  if (window.__nigaoLine) return;
  const look = () => {
    const app = document.querySelector("[data-testid=stApp]");
    if (app?.dataset.testConnectionState === "CONNECTED") return;
    for (const box of document.querySelectorAll("[role=dialog]"))
      if (box.textContent.startsWith("Connection error")) box.querySelector("button")?.click();
  };
  window.__nigaoLine = new MutationObserver(look);
  window.__nigaoLine.observe(document.body, { childList: true });
}
"""


def mind_connection() -> None:
    """Drawn on every page."""
    st.components.v2.component("nigao_connection", js=_SCRIPT)(key="connection", data=None, height=0)
