// An editor that the page takes away under somebody's hands and brings back at once: the caret, what can be undone and
// what was typed meanwhile come back with it. Streamlit does so when the ends of two runs reach it together.

import { historyField } from "@codemirror/commands";
import { EditorState, type EditorStateConfig } from "@codemirror/state";
import { type EditorView } from "@codemirror/view";

/** Milliseconds that somebody's place is kept. */
const KEPT = 3000;
const FIELDS = { history: historyField };

let left: { doc: string; text: string; state: unknown; keys: string; until: number } | null = null;

/** Keys that reach nobody while the editor is away. */
function caught(event: KeyboardEvent): void {
  const nobody = event.target === document.body || event.target === document.documentElement;
  if (!left || performance.now() > left.until || !nobody) return forget();
  if (event.key.length > 1 || event.ctrlKey || event.metaKey || event.altKey) return;
  left.keys += event.key;
  event.preventDefault();
  event.stopPropagation();
}

function forget(): void {
  left = null;
  document.removeEventListener("keydown", caught, true);
}

/** The editor of ``doc`` goes; ``typing``: somebody had the caret in it until now. */
export function leave(doc: string, view: EditorView, typing: boolean): void {
  if (!typing || view.composing) return;
  const { state } = view;
  left = { doc, text: state.doc.toString(), state: state.toJSON(FIELDS), keys: "", until: performance.now() + KEPT };
  document.addEventListener("keydown", caught, true);
}

/** The state to begin with: the one that was left where it has the text that is known to be the last one. */
export function begun(doc: string, last: string, config: EditorStateConfig): EditorState {
  if (left?.doc === doc && left.text === last && performance.now() < left.until) {
    return EditorState.fromJSON(left.state, config, FIELDS);
  }
  return EditorState.create({ ...config, doc: last });
}

/** The editor of ``doc`` is there again: who was in it is in it again. */
export function back(doc: string, view: EditorView): void {
  if (left?.doc !== doc) return;
  const { keys, text, until } = left;
  forget();
  if (performance.now() > until || document.activeElement !== document.body || view.state.doc.toString() !== text) return;
  view.focus();
  if (keys) view.dispatch(view.state.replaceSelection(keys), { userEvent: "input.type" });
}
