"""What was typed on 事实 and never left for another field, when the page is reloaded or its tab closed.

Streamlit hears of an input when it is left. Until then the browser keeps what stands in it, and the next page of the
report hands it over: it is saved as an entry where the store still has what it was typed over, else both are told. An
ordinary entry costs no message more. Nothing is saved in the middle of typing: what another tab of this browser keeps
is asked about first, and stays with it as long as that tab has it under somebody's hands.
"""

from __future__ import annotations

from collections.abc import Mapping

from assistant.facts.fields import FactField
from assistant.facts.sheet import EMPTY
from assistant.reports.fact_entry import TYPED, Change, part_shown
from assistant.ui import session
from assistant.ui.form_commit import write
from assistant.ui.session import action, desk

#: The browser's side, a part of ``form_keys``' script: ``before`` is what each input began from, ``whenAtRest`` waits
#: for the server. Letters of an input method are no text before they are chosen. What was left is forgotten only when
#: the server had its time to answer: a reload may overtake it. The server knows what it has already.
TYPING = """
const KEPT = "nigao-typed:";
const TAB = "nigao-tab";
// Milliseconds in which another tab tells what is typed there.
const ANSWERED = 500;
const leftAt = new Map();
let typing = null;
function kept(name, ...value) {
  try {
    if (!value.length) return localStorage.getItem(name);
    if (value[0] === null) localStorage.removeItem(name);
    else localStorage.setItem(name, value[0]);
  } catch {
    // Full or forbidden: the input itself is saved as ever.
  }
  return null;
}
function placeOf(box) {
  const row = box.closest('.st-key-form [class*="st-key-fact-row-"]:not([class*="-table-"])');
  const part = box.closest('[class*="st-key-fact-"]')?.className.match(/-(value|last_year|source|note)-[\\d-]+(?: |$)/);
  if (!row || !part || !box.matches(FIELDS) || box.getAttribute("role") === "combobox") return null;
  return { report: window.__nigaoForm, label: row.querySelector(".ng-field").dataset.label, part: part[1] };
}
const nameFor = (place) => KEPT + JSON.stringify([place.report, place.label, place.part]);
function keepTyped(event) {
  const box = event.target;
  const place = !event.isComposing && placeOf(box);
  if (!place) return;
  const name = nameFor(place), base = before.get(box);
  leftAt.delete(name);
  typing = { box, name };
  const same = base === undefined || base === box.value;
  kept(name, same ? null : JSON.stringify({ ...place, base, text: box.value, tab: tabId() }));
}
function leftTyped(box) {
  if (typing?.box !== box) return;
  const name = typing.name;
  // Chromium tells of an input that is taken from the page as of one that is left.
  setTimeout(() => {
    if (!box.isConnected) return lostTyped();
    if (typing?.box === box) typing = null;
    forgetLater(name);
  }, 0);
}
function forgetLater(name, was = kept(name)) {
  if (!was) return;
  leftAt.set(name, was);
  const forget = () => {
    if (leftAt.get(name) !== was) return;
    leftAt.delete(name);
    if (kept(name) === was) kept(name, null);
  };
  // The server begins to answer a moment after it was told.
  setTimeout(() => whenAtRest(forget, LONGEST), 500);
}
function waits(name) {
  if (!name.startsWith(KEPT) || leftAt.has(name)) return false;
  return JSON.parse(name.slice(KEPT.length))[0] === window.__nigaoForm && !(typing?.name === name);
}
// A tab keeps its name over a reload.
function tabId() {
  try {
    if (!sessionStorage.getItem(TAB)) sessionStorage.setItem(TAB, Math.random().toString(36).slice(2));
    return sessionStorage.getItem(TAB);
  } catch { return ""; }
}
// Who types in another tab goes on there. Tabs that live tell what is theirs; one that is gone tells nothing.
const tabs = new BroadcastChannel("nigao-typed");
const asked = new Set();
tabs.onmessage = ({ data }) => {
  if (data.held) for (const name of data.held) asked.delete(name);
  else tabs.postMessage({ held: data.names.filter((name) => typing?.name === name || leftAt.get(name)) });
};
function handOver() {
  let names = [];
  try { names = Object.keys(localStorage).filter((name) => waits(name) && !asked.has(name)); } catch { return; }
  // At once what this tab had itself: what is pressed first comes behind it.
  const mine = names.filter((name) => JSON.parse(kept(name))?.tab === tabId());
  handOverNow(mine);
  const others = names.filter((name) => !mine.includes(name));
  if (!others.length) return;
  for (const name of others) asked.add(name);
  tabs.postMessage({ names: others });
  setTimeout(() => handOverNow(others.filter((name) => asked.delete(name) && waits(name))), ANSWERED);
}
function handOverNow(names) {
  const found = names.map((name) => [name, kept(name)]).filter(([, was]) => was);
  if (!found.length) return;
  for (const [name] of found) leftAt.set(name, "");
  whenAtRest(() => {
    for (const [name] of found) leftAt.delete(name);
    if (leaving || !document.querySelector(".st-key-form")) return;
    window.__nigaoTell("typed", found.map(([, was]) => JSON.parse(was)));
    for (const [name, was] of found) forgetLater(name, was);
  }, LONGEST);
}
// An input that the page made anew under the hands took its letters with it.
function lostTyped() {
  if (!typing || typing.box.isConnected) return;
  const name = typing.name;
  typing = null;
  if (waits(name)) handOverNow([name]);
}
"""


@action
def hand_over(report_id: str, typed: list[Mapping[str, str]]) -> None:
    """Saves what a page that is gone had in its inputs, or has it chosen beside them, and says which."""
    saved: list[str] = []
    waiting: list[str] = []
    schema = desk().report(report_id).sheet.schema
    for one in typed:
        item = schema.by_label.get(one["label"])
        if item is None or one["part"] not in TYPED:
            waiting.append(f"“{one['label']}”（已不在事实表里，您写的是“{one['text']}”）")
        elif (said := _entered(report_id, item, one["part"], Change(one["base"], one["text"]))) is not None:
            (saved if said else waiting).append(_named(item, one["part"]))
    if saved:
        session.tell(f"上次没来得及保存的已补存：{'、'.join(saved)}。", "success")
    if waiting:
        session.tell(f"上次没来得及保存的，有 {len(waiting)} 处请到旁边看一下再定：{'、'.join(waiting)}。", "warning")


def _entered(report_id: str, item: FactField, part: str, change: Change) -> bool | None:
    """Whether it was saved; None where the store had it already."""
    before = desk().report(report_id).sheet.facts.get(item.label, EMPTY)
    if part_shown(before, part, item) == change.given:
        return None
    entered = write(report_id, item, {part: change})
    if entered is None or entered.waits(part):
        return False
    return True if entered.fact != before else None


def _named(item: FactField, part: str) -> str:
    name = f"{item.label}的{TYPED[part]}" if TYPED[part] else item.label
    return f"{name}（{item.group}）"
