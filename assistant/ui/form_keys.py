"""The keyboard of 事实: Enter to the next field, / to the search, Ctrl+Z to 撤销; the ⋯ of a row; the groups.

The page's one script: what ``form_typing`` keeps of typing is a part of it.
"""

from __future__ import annotations

from functools import partial

import streamlit as st

from assistant.ui.form_details import turn_details
from assistant.ui.form_grid_keys import GRID_SCRIPT
from assistant.ui.form_groups import look_at
from assistant.ui.form_paste import paste_into
from assistant.ui.form_typing import TYPING, hand_over

_KEY = "keys"

# Streamlit commits on Enter, and on leaving, by itself; only the focus is moved here, at once: who types on must not
# type into the field before. One listener for the life of the page:
# it looks the rows up at every press. What Enter in the search box opens may still be on its way: look for two seconds.
# Other rows (the next group, the next part) come in the place of these, whose end was in view: their first is shown.
# Ctrl+Z takes back letters as long as there are some that are not saved; then it is the page's 撤销, for the browser
# would show the old value and the sheet keep the new one. Streamlit's own shortcut of a button would take both.
_SCRIPT = """
const FIELDS = 'input:not([type="checkbox"]), textarea';
const rows = () => [...document.querySelectorAll('.st-key-form [class*="st-key-fact-row-"]')];
const DETAILS = ".st-key-fact-details";
const typed = (box) => box.offsetParent && !box.disabled && !box.closest(DETAILS);
const fields = (row) => [...row.querySelectorAll(FIELDS)].filter(typed);

function enter(box) {
  box.focus({ preventScroll: true });
  box.scrollIntoView({ block: "nearest" });
  if (box.select && box.getAttribute("role") !== "combobox") box.select();
}
function step(row, column, way) {
  const all = rows();
  for (let place = all.indexOf(row) + way; all[place]; place += way) {
    const found = fields(all[place]);
    if (found.length) return enter(found[column] || found[0]);
  }
  const on = document.querySelector(".st-key-form .st-key-next-group button, .st-key-form .st-key-next-group a");
  if (way > 0 && on) on.focus();
}
function openFirst(wanted, tries) {
  const found = document.querySelector(".ng-found");
  const first = document.querySelector(".st-key-found-0 button");
  if (found && first && found.dataset.query === wanted) first.click();
  else if (tries > 0) setTimeout(() => openFirst(wanted, tries - 1), 50);
}
// Looks, 50 ms apart: a page that many people draw at once takes its time.
const LONGEST = 200;
const nameOf = (row) => row && [...row.classList].find((name) => name.startsWith("st-key-fact-row-"));
function toFirst(before, tries) {
  const row = rows()[0];
  if (row && nameOf(row) !== before) {
    const above = row.closest(".st-key-form").getBoundingClientRect().top - 90;
    if (above < 0) document.querySelector('[data-testid="stMain"]').scrollBy({ top: above });
    intoFirst(document.activeElement, 20);
  } else if (tries > 0) setTimeout(() => toFirst(before, tries - 1), 50);
}
// Rows that come one after the other may have the browser make the first anew, and what it held is held by nobody.
function intoFirst(held, tries) {
  const found = rows()[0] && fields(rows()[0])[0];
  if ([held, document.body].includes(document.activeElement)) found?.focus({ preventScroll: true });
  if (tries > 0) setTimeout(() => intoFirst(null, tries - 1), 50);
}
const TURNS = ["next-group", "previous-group", "previous-part"].map((key) => `.st-key-form .st-key-${key} button`);
function turned(event) {
  if (event.target.closest([...TURNS, ".st-key-facts-rows button"].join(", "))) toFirst(nameOf(rows()[0]), LONGEST);
}
const before = new WeakMap();
const saved = (box) => before.delete(box);
function types(event) {
  if (!before.has(event.target)) before.set(event.target, event.target.value);
}
function whenAtRest(act, tries) {
  if (document.querySelector('[data-testid="stApp"][data-test-script-state="notRunning"]')) act();
  else if (tries > 0) setTimeout(() => whenAtRest(act, tries - 1), 50);
}
function takesBack(event) {
  const key = event.key.toLowerCase();
  if (!(event.ctrlKey || event.metaKey) || event.altKey || (key !== "z" && key !== "y")) return false;
  const box = event.target;
  const press = () => document.querySelector(
    `.st-key-${key === "y" || event.shiftKey ? "redo" : "undo"}-facts button:not(:disabled)`);
  if (document.querySelector('[role="dialog"]') || !document.querySelector(".st-key-form")) return false;
  const mine = !box.closest(DETAILS) && box.closest('.st-key-form [class*="st-key-fact-row-"]');
  if (box.closest("input, textarea, [contenteditable]") && !mine) return false;
  if (before.has(box) && before.get(box) !== box.value) return false;
  event.preventDefault();
  if (!event.repeat) whenAtRest(() => press()?.click(), 60);
  return true;
}
// The ⋯ of the rows. The box comes from the server, and goes from the screen at once; a page that draws is waited for,
// so that this overtakes no entry. Who goes to another page closes it by that: what is told right behind the press on
// that page's name has Streamlit stay on this one.
let telling = 0;
let leaving = false;
function tellDetails(label, open) {
  const mine = ++telling;
  whenAtRest(() => { if (mine === telling && !leaving) window.__nigaoTell("more", { label, open }); }, 60);
}
const shownDetails = () => [...document.querySelectorAll(DETAILS)].find((box) => box.offsetParent);
function closeDetails() {
  const box = shownDetails();
  const button = box?.closest('[class*="st-key-fact-row-"]')?.querySelector(".ng-more");
  if (!button) return null;
  // What was typed there is saved by leaving it, which a box that is hidden does not tell.
  if (box.contains(document.activeElement)) document.activeElement.blur();
  box.style.display = "none";
  button.setAttribute("aria-expanded", "false");
  tellDetails(button.dataset.more, false);
  return button;
}
function openDetails(button) {
  const row = button.closest('[class*="st-key-fact-row-"]');
  closeDetails();
  button.setAttribute("aria-expanded", "true");
  row.querySelector(DETAILS)?.style.removeProperty("display");
  tellDetails(button.dataset.more, true);
  intoDetails(row, 60);
}
function intoDetails(row, tries) {
  const first = row.querySelector(`${DETAILS} input`);
  if (first) {
    first.focus({ preventScroll: true });
    first.closest(DETAILS).scrollIntoView({ block: "nearest" });
  }
  else if (tries > 0) setTimeout(() => intoDetails(row, tries - 1), 50);
}
function leaves(event) {
  leaving = Boolean(event.target.closest("[data-testid='stTopNavLink']"));
}
function clicked(event) {
  if (event.target.closest(DETAILS)) return;
  const group = event.target.closest(".ng-groups button");
  if (group) {
    window.__nigaoTell("group", group.dataset.group);
    // By a key: its list is drawn anew, and the key would go nowhere.
    if (!event.detail) toFirst(nameOf(rows()[0]), LONGEST);
    return;
  }
  const button = event.target.closest(".ng-more");
  if (closeDetails() === button || !button) return;
  openDetails(button);
}

/* TYPING */
function pressed(event) {
  const box = event.target;
  leaving = false;
  if (event.key === "Escape" && !event.isComposing) {
    const button = closeDetails();
    if (button) button.focus();
    return;
  }
  const chosen = event.isComposing || event.keyCode === 229;
  if (event.key === "Enter" && !chosen && (event.ctrlKey || !box.matches("textarea"))) leftTyped(box);
  if (box.closest(DETAILS)) return;
  if (!chosen && takesBack(event)) return;
  if (event.key === "Enter" && event.ctrlKey) saved(box);
  if (chosen || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "/" && !box.closest("input, textarea, [contenteditable], canvas, [data-testid='stDataFrame']")) {
    const search = document.querySelector(".st-key-fact-search input");
    if (search) { event.preventDefault(); search.focus(); search.select(); window.scrollTo({ top: 0 }); }
    return;
  }
  if (event.key !== "Enter" || !box.matches('input:not([type="checkbox"])')) return;
  if (box.closest(".st-key-fact-search")) {
    if (box.value.trim()) openFirst(box.value.trim(), 40);
    return;
  }
  const row = box.closest('[class*="st-key-fact-row-"]');
  if (!row || box.getAttribute("role") === "combobox") return;
  const column = fields(row).indexOf(box);
  saved(box);
  step(row, column, event.shiftKey ? -1 : 1);
}
export default function ({ data, setTriggerValue }) {
  window.__nigaoTell = setTriggerValue;
  leaving = false;
  window.__nigaoForm = data.report;
  if (!window.__nigaoKeys) {
    window.__nigaoKeys = handOver;
    document.addEventListener("keydown", pressed);
    document.addEventListener("beforeinput", types);
    document.addEventListener("focusin", (event) => { saved(event.target); lostTyped(); });
    document.addEventListener("input", keepTyped);
    document.addEventListener("compositionend", keepTyped);
    document.addEventListener("focusout", (event) => leftTyped(event.target));
    document.addEventListener("click", leaves, true);
    document.addEventListener("click", turned, true);
    document.addEventListener("click", clicked);
  }
  // That of the listeners, which know what is being typed.
  window.__nigaoKeys();
}
""".replace("/* TYPING */", TYPING)


def keyboard(report_id: str) -> None:
    """To be drawn once, after the form."""
    mounted = st.components.v2.component("nigao_keys", js=_SCRIPT + GRID_SCRIPT)
    mounted(
        key=_KEY,
        data={"report": report_id},
        height=0,
        on_more_change=partial(_more, report_id),
        on_group_change=_group,
        on_typed_change=partial(_typed, report_id),
        on_pasted_change=partial(_pasted, report_id),
    )


def _group() -> None:
    look_at(st.session_state[_KEY]["group"])


def _more(report_id: str) -> None:
    told = st.session_state[_KEY]["more"]
    turn_details(report_id, told["label"], told["open"])


def _typed(report_id: str) -> None:
    hand_over(report_id, st.session_state[_KEY]["typed"])


def _pasted(report_id: str) -> None:
    paste_into(report_id, st.session_state[_KEY]["pasted"])
