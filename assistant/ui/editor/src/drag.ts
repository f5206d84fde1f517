// What is dragged is moved, also into another section's text, and the caret stands behind it; with Ctrl it is copied.

import { isolateHistory, redo, undo } from "@codemirror/commands";
import { type Extension, Facet, StateEffect, type Text } from "@codemirror/state";
import { EditorView, ViewPlugin } from "@codemirror/view";
import { chipsOf } from "./chips";
import { SLOTS, incoming } from "./clipboard";

interface Stretch {
  view: EditorView;
  from: number;
  to: number;
}

/** A move from one section to another, by their names: what each text was, and what it became. */
interface Move {
  docs: [source: string, target: string];
  before: [source: Text, target: Text];
  after: [source: Text, target: Text];
}

/** What was done to this text and to another one is one step: its name. Told behind the change. */
export const moved = StateEffect.define<string>();

let dragged: Stretch | null = null;
let last: Move | null = null;

/** The section that an editor is of. The page may make the editor anew between a move and its taking back. */
const section = Facet.define<string, string>({ combine: (given) => given[0] ?? "" });
const standing = new Map<string, EditorView>();
const stands = ViewPlugin.define((view) => {
  const doc = view.state.facet(section);
  standing.set(doc, view);
  return {
    destroy: () => {
      if (standing.get(doc) === view) standing.delete(doc);
    },
  };
});

/** What a person took hold of: the chip under the hand, or the selection around it. */
function begin(event: DragEvent, view: EditorView): void {
  const held = event.target instanceof Element ? event.target.closest(".ng-chip[data-fact]") : null;
  const { from, to } = view.state.selection.main;
  const place = held ? view.posAtDOM(held) : -1;
  const chip = chipsOf(view).find((one) => one.from === place && (one.from >= to || one.to <= from));
  const stretch = chip ?? { from, to };
  if (stretch.from === stretch.to) return;
  dragged = { view, from: stretch.from, to: stretch.to };
  event.dataTransfer?.setData(SLOTS, view.state.sliceDoc(stretch.from, stretch.to));
}

function drop(event: DragEvent, view: EditorView): boolean {
  const data = event.dataTransfer;
  if (!data || data.files.length) return false;
  const text = incoming(data);
  const found = view.posAtCoords({ x: event.clientX, y: event.clientY }, false);
  const place = chipsOf(view).find((chip) => chip.from < found && found < chip.to)?.to ?? found;
  const moved = event.ctrlKey || event.altKey ? null : dragged;
  dragged = null;
  if (view.state.readOnly || !text) return true;
  const whole = moved && moved.view.state.sliceDoc(moved.from, moved.to) === text && !moved.view.state.readOnly;
  view.focus();
  if (whole && moved.view === view) within(moved, place, text);
  else {
    const before = view.state.doc;
    insert(view, place, text);
    if (whole) taken(moved, view, before);
  }
  return true;
}

function within({ view, from, to }: Stretch, place: number, text: string): void {
  if (from <= place && place <= to) return view.dispatch({ selection: { anchor: to } });
  const changes = view.state.changes([{ from, to }, { from: place, insert: text }]);
  view.dispatch({ changes, selection: { anchor: changes.mapPos(place, 1) }, userEvent: "move.drop", scrollIntoView: true });
}

function insert(view: EditorView, place: number, text: string): void {
  const put = view.state.toText(text);
  view.dispatch({
    changes: { from: place, insert: put },
    selection: { anchor: place + put.length },
    annotations: isolateHistory.of("full"),
    userEvent: "input.drop",
    scrollIntoView: true,
  });
}

function taken({ view: source, from, to }: Stretch, target: EditorView, before: Text): void {
  const old = source.state.doc;
  source.dispatch({ changes: { from, to }, annotations: isolateHistory.of("full"), userEvent: "delete.drag" });
  const docs: Move["docs"] = [source.state.facet(section), target.state.facet(section)];
  last = { docs, before: [old, before], after: [source.state.doc, target.state.doc] };
  onestep(target, source);
}

function onestep(...views: EditorView[]): void {
  const name = `move-${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 10)}`;
  for (const view of views) view.dispatch({ effects: moved.of(name) });
}

/** Taking back the half of a move takes back the other half. */
const together = EditorView.updateListener.of(({ view, transactions }) => {
  if (!last || !transactions.some((one) => one.isUserEvent("undo") || one.isUserEvent("redo"))) return;
  const place = last.docs.indexOf(view.state.facet(section));
  const other = place < 0 ? undefined : standing.get(last.docs[1 - place]);
  if (!other) return;
  const is = (texts: [Text, Text], one: number, of: EditorView): boolean => texts[one].eq(of.state.doc);
  const { before, after } = last;
  const back = (half: (view: EditorView) => boolean, wanted: Text): void =>
    void setTimeout(() => {
      // An editor that was made anew knows of nothing to take back.
      const whole = { from: 0, to: other.state.doc.length, insert: wanted };
      if (!half(other) && !other.state.readOnly) other.dispatch({ changes: whole });
      onestep(view, other);
    }, 0);
  if (is(before, place, view) && is(after, 1 - place, other)) back(undo, before[1 - place]);
  else if (is(after, place, view) && is(before, 1 - place, other)) back(redo, after[1 - place]);
});

export const dragging = (doc: string): Extension => [
  section.of(doc),
  stands,
  together,
  EditorView.domEventObservers({ dragstart: begin, dragend: () => void (dragged = null) }),
  EditorView.domEventHandlers({ drop }),
];
