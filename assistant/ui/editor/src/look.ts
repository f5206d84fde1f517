// The reading view's font, line and width, so that nothing jumps when text becomes editable.

import { EditorView } from "@codemirror/view";

export const look = EditorView.theme({
  "&": { background: "none", color: "var(--ng-ink)" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { font: "18px/33px var(--ng-fang)", overflow: "visible" },
  ".cm-content": { padding: "0", caretColor: "var(--ng-red)", whiteSpace: "pre-wrap", overflowWrap: "anywhere", wordBreak: "normal" },
  ".cm-line": { padding: "0", textIndent: "2em", textAlign: "justify" },
  ".cm-line span": { textIndent: "0" },
  // In the flow they would let a line begin with the comma behind a chip.
  ".cm-widgetBuffer": { position: "absolute" },
  ".cm-placeholder": { color: "#a49d90" },
  ".ng-chip[data-fact]": { cursor: "pointer" },
  ".ng-chip[data-fact]:hover": { boxShadow: "0 0 0 1px #9db8a6" },
  ".ng-chip.missing[data-fact]:hover, .ng-chip.fault[data-fact]:hover": { boxShadow: "0 0 0 1px #d9b25f" },
  "&.ng-shut .cm-content": { color: "var(--ng-muted)", cursor: "not-allowed" },
});
