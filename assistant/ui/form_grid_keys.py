"""The keyboard in a table's grid, where Streamlit's own loses what is typed.

Measured: a cell is closed in a timer that any key starts. Where the page is busy (it draws after every entry), the
timer of the letter before runs behind the Enter, takes the Enter's way to the next cell, and drops what was typed; what
is typed behind the Enter goes into the cell that closes. So Enter and Tab are told to the grid behind its timers, and
what is typed meanwhile is kept and handed on in order. Tab in the last column goes to the next row: the grid stays
where it is, and the next figure would be typed over the last one. What is typed on the line with the + makes a row.

Pasted cells beyond the last column are dropped by the grid without a word, and a header becomes a row: such cells go to
粘贴到表格 instead, where a person sees and decides.
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
// Cells with anything in them, and the columns from the one that they are pasted into.
function gridPaste(event) {
  const label = grid?.closest('[class*="st-key-fact-row-"]')?.querySelector(".ng-field")?.dataset.label;
  const columns = window.__nigaoTables?.[label];
  const at = /^glide-cell-(\\d+)-(\\d+)$/.exec(document.activeElement.id);
  if (!event.isTrusted || !onCells() || !columns || !at) return;
  const text = event.clipboardData?.getData("text/plain") ?? "";
  const cells = text.split(/\\r?\\n/).map((line) => line.split("\\t").map((cell) => cell.trim()));
  const width = Math.max(...cells.map((line) => line.findLastIndex(Boolean) + 1));
  const column = Number(document.activeElement.getAttribute("aria-colindex")) - 1;
  const heads = cells[0].filter((cell) => columns.includes(cell.replace(/[(（].*/, "").trim())).length;
  if (width <= columns.length - column && heads < 2) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  window.__nigaoTell("pasted", { label, text, column, row: Number(at[2]), heads: heads > 1 });
  const box = () => document.querySelector(`textarea[aria-label="粘贴到${CSS.escape(label)}"]`);
  const shown = () => {
    box().scrollIntoView({ block: "center" });
    box().focus({ preventScroll: true });
  };
  when(() => box()?.value.includes(text.replaceAll("\\r\\n", "\\n").trim()), shown, 2500, () => {});
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
