"""What the eyes rest on: the chosen section, a fact's input, the end of a conversation."""

from __future__ import annotations

import streamlit as st

# The container may reach the page after this component does: look again for two seconds.
_SCRIPT = """
export default function ({ data }) {
  if (!data || !data.target || window.__nigaoShown === data.target + data.turn) return;
  window.__nigaoShown = data.target + data.turn;
  let tries = 20;
  const look = () => {
    const place = document.querySelector(".st-key-" + CSS.escape(data.target));
    if (place) place.scrollIntoView({ block: "start", behavior: "smooth" });
    else if (tries-- > 0) setTimeout(look, 100);
  };
  look();
}
"""


def scroll_to(container_key: str, turn: int) -> None:
    """Scrolls to the container once for every ``turn``; drawing the page again for other reasons moves nothing."""
    st.components.v2.component("nigao_scroll", js=_SCRIPT)(
        key="scroll", data={"target": container_key, "turn": turn}, height=0
    )


# The form may reach the page after this component does.
_FOCUS = """
export default function ({ data }) {
  if (!data || !data.label || window.__nigaoFocused === data.turn) return;
  window.__nigaoFocused = data.turn;
  let tries = 30;
  const look = () => {
    const form = document.querySelector(".st-key-form");
    const input = form?.querySelector(`[aria-label="${CSS.escape(data.label)}"]`);
    const names = [...(form?.querySelectorAll(".ng-field") ?? [])];
    const name = names.find((one) => one.dataset.label === data.label);
    // A label is on the page before its input; a table has none.
    const place = input ?? (tries < 15 ? name : null);
    if (place) {
      place.scrollIntoView({ block: "center" });
      input?.focus();
    } else if (tries-- > 0) setTimeout(look, 100);
  };
  look();
}
"""


def focus_field(label: str | None) -> None:
    """Brings a fact's input on 事实 into view and puts the caret there, once; None: nothing new to go to.

    A table's grid is only brought into view.
    """
    last, turn = st.session_state.get("facts-focus", ("", 0))
    if label:
        last, turn = label, turn + 1
        st.session_state["facts-focus"] = last, turn
    # Drawn on every run: the one that knows of a new place may be overtaken by the next before the browser sees it.
    st.components.v2.component("nigao_focus", js=_FOCUS)(key="focus", data={"label": last, "turn": turn}, height=0)


# Streamlit's own autoscroll takes a scroll event that its own growing caused for a person's, and stays where it is.
_END = """
export default function ({ data }) {
  const log = data && document.querySelector(".st-key-" + CSS.escape(data.target));
  if (!log) return;
  // By the way it went, not by a hand's last event: on a busy machine the two lie seconds apart. A box whose content
  // shrank goes up by itself.
  const judge = () => {
    const end = log.scrollHeight - log.scrollTop - log.clientHeight < 8;
    if (log.scrollTop > log.__top && end) log.__atEnd = true;
    else if (log.scrollTop < log.__top && !end && log.scrollHeight >= log.__height) log.__atEnd = false;
    log.__top = log.scrollTop;
    log.__height = log.scrollHeight;
  };
  const toEnd = () => {
    judge();
    if (!log.__atEnd) return;
    log.scrollTop = log.scrollHeight;
    log.__top = log.scrollTop;
  };
  if (log.__turn !== data.turn) {
    judge();
    log.__turn = data.turn;
    log.__atEnd = true;
  }
  toEnd();
  if (log.__watched) return;
  log.__watched = true;
  log.addEventListener("scroll", judge, { passive: true });
  new MutationObserver(toEnd).observe(log, { childList: true, subtree: true, characterData: true });
  new ResizeObserver(toEnd).observe(log);
}
"""


def keep_at_end(container_key: str, turn: int) -> None:
    """Shows the end of a box that scrolls, also while it grows, until a person scrolls up; a new ``turn`` goes back.

    Drawn beside the box, so that the two come and go together.
    """
    st.components.v2.component("nigao_end", js=_END)(
        key=f"end-{container_key}", data={"target": container_key, "turn": turn}, height=0
    )
