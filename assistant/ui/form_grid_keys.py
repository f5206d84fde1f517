"""The keyboard in a table's grid, where Streamlit's own loses what is typed.

Measured: a cell is closed in a timer that any key starts. Where the page is busy (it draws after every entry), the
timer of the letter before runs behind the Enter, takes the Enter's way to the next cell, and drops what was typed; what
is typed behind the Enter goes into the cell that closes. So Enter and Tab are told to the grid behind its timers, and
what is typed meanwhile is kept and handed on in order. Tab in the last column goes to the next row: the grid stays
where it is, and the next figure would be typed over the last one. What is typed on the line with the + makes a row.

Of pasted cells the grid drops those beyond the last column without a word, and makes rows of a header and of a total:
they are read on the server (``form_paste``), and go into the table, or to 粘贴到表格, where a person sees and decides.
"""

from __future__ import annotations

#: Put behind the script of ``form_keys``; it listens for the life of the page.
GRID_SCRIPT = """
const OVERLAY = "#portal .gdg-input";
const CODES = { Enter: 13, Tab: 9, Home: 36 };
let grid = null;
let waiting = null;
let opened = false;

const overlay = () => document.querySelector(OVERLAY);
const editing = () => overlay() !== null && document.activeElement === overlay() && (opened = true);
const onCells = () => overlay() === null && grid !== null && grid.contains(document.activeElement);
function tell(key, shiftKey = false) {
  return !document.activeElement.dispatchEvent(new KeyboardEvent("keydown",
    { key, shiftKey, keyCode: CODES[key] ?? key.charCodeAt(0), bubbles: true, cancelable: true, composed: true }));
}
// Looks, 4 ms apart.
function when(ready, act, tries = 500, otherwise = () => { waiting = null; }) {
  if (ready()) act();
  else if (tries > 0) setTimeout(() => when(ready, act, tries - 1, otherwise), 4);
  else otherwise();
}
function inLastColumn() {
  const cell = overlay().closest('[id^="gdg-overlay"]')?.getBoundingClientRect();
  const cells = grid?.querySelector("canvas")?.getBoundingClientRect();
  return Boolean(cell && cells && cell.right >= cells.right - 6);
}
// A letter opens its cell at once; but for the first of a page, the code of which is loaded by then. The line with the
// + opens none: it takes Enter for a new row, and drops letters.
function opens(letter) {
  when(editing, next, opened ? 20 : 500, () => {
    if (!opened || !onCells()) {
      waiting = null;
      return;
    }
    waiting.unshift({ key: letter, shiftKey: false });
    tell("Enter");
    when(editing, next, 200);
  });
}
function next() {
  if (!waiting.length) {
    waiting = null;
    return;
  }
  const { key, shiftKey } = waiting.shift();
  if (key.length === 1) {
    if (editing()) document.execCommand("insertText", false, key);
    else {
      tell(key);
      opens(key);
      return;
    }
    setTimeout(next, 0);
  } else if (!editing()) {
    tell(key, shiftKey);
    setTimeout(next, 0);
  } else {
    const wraps = key === "Tab" && !shiftKey && inLastColumn();
    tell(wraps ? "Enter" : key, shiftKey);
    when(onCells, () => {
      if (wraps) tell("Home");
      setTimeout(next, 0);
    });
  }
}
function gridKeys(event) {
  if (!event.isTrusted || event.isComposing || event.keyCode === 229) return;
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const closes = event.key === "Enter" || event.key === "Tab";
  if (!closes && event.key.length !== 1) return;
  if (waiting === null && !closes && event.key !== " " && onCells()) {
    waiting = [];
    opens(event.key);
    return;
  }
  if (waiting === null && !(closes && event.target.matches(OVERLAY))) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const { key, shiftKey } = event;
  if (waiting !== null) {
    waiting.push({ key, shiftKey });
    return;
  }
  waiting = [{ key, shiftKey }];
  // Behind the timers of the letters before.
  setTimeout(next, 0);
}
// One cell is the grid's; what more there is, and what of it is a head, a total or too much, is found out in Python.
function gridPaste(event) {
  const label = grid?.closest('[class*="st-key-fact-row-"]')?.querySelector(".ng-field")?.dataset.label;
  const at = /^glide-cell-(\\d+)-(\\d+)$/.exec(document.activeElement.id);
  if (!event.isTrusted || !onCells() || !label || !at) return;
  const text = (event.clipboardData?.getData("text/plain") ?? "").replaceAll("\\r\\n", "\\n");
  if (!/[\\t\\n]/.test(text.trimEnd())) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const column = Number(document.activeElement.getAttribute("aria-colindex")) - 1;
  window.__nigaoTell("pasted", { label, text, column, row: Number(at[2]) });
  const box = () => document.querySelector(`textarea[aria-label="粘贴到${CSS.escape(label)}"]`);
  const shown = () => {
    box().scrollIntoView({ block: "center" });
    box().focus({ preventScroll: true });
  };
  when(() => box()?.value.includes(text.trim()), shown, 2500, () => {});
}
if (!window.__nigaoGridKeys) {
  window.__nigaoGridKeys = true;
  window.addEventListener("focusin", (event) => {
    grid = event.target.closest?.('[data-testid="stDataFrame"]') ?? grid;
  });
  window.addEventListener("keydown", gridKeys, true);
  window.addEventListener("paste", gridPaste, true);
}
"""
