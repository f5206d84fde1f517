// Cut, copy, paste: slots stay slots between editors, elsewhere their values are pasted; what comes in is plain text.

import { type Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { chipsOf, printedSlots } from "./chips";

export const SLOTS = "application/x-nigao-slot-text";

/** A stretch of the document as it is read. */
function printed(view: EditorView, from: number, to: number): string {
  let text = "";
  let at = from;
  for (const chip of chipsOf(view)) {
    if (chip.from < at || chip.to > to) continue;
    text += view.state.sliceDoc(at, chip.from) + chip.shown;
    at = chip.to;
  }
  return text + view.state.sliceDoc(at, to);
}

/** Without what cannot be seen, without indents and empty lines: they are the layout's. */
export function plainText(text: string): string {
  return text
    .replace(/\r\n?|[\u2028\u2029\v\f]/g, "\n")
    .replace(/[\u200b\u200c\u200d\u2060\ufeff\u00ad]/g, "")
    // The first line's indent too; a single blank there may part two words.
    .replace(/^(?! \S)[ \u00a0\t\u3000]+(?=\S)/, "")
    .replace(/[\u00a0\t]/g, " ")
    .replace(/\n[ \u3000]*(?=\n|$)/g, "")
    .replace(/\n[ \u3000]+/g, "\n");
}

const BLOCKS =
  "p,div,li,tr,h1,h2,h3,h4,h5,h6,table,ul,ol,dl,dt,dd,section,article,header,footer,blockquote,pre,center,figure";

/** The text of a page that nobody lays out: its innerText runs paragraphs and cells together. */
function laidOut(body: HTMLElement): string {
  for (const unseen of body.querySelectorAll("style,script,title,template")) unseen.remove();
  const texts = document.createTreeWalker(body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const node = texts.currentNode;
    // How the source is broken into lines means nothing, and between hanzi not even a blank.
    node.nodeValue = (node.nodeValue ?? "")
      .replace(/(?<=[\u3000-\u9fff\uff00-\uffef])[ \t]*[\r\n]\s*(?=[\u3000-\u9fff\uff00-\uffef])/g, "")
      .replace(/[ \t\r\n]+/g, " ");
  }
  for (const end of body.querySelectorAll("br")) end.replaceWith("\n");
  for (const cell of body.querySelectorAll("td,th")) if (cell.nextElementSibling) cell.append("\t");
  for (const block of body.querySelectorAll(BLOCKS)) {
    // A cell's paragraphs stay in its row.
    const inCell = block.closest("td,th") !== null;
    block.before(inCell ? "" : "\n");
    block.append(inCell ? " " : "\n");
  }
  return (body.textContent ?? "").replace(/[ \t]*\n[ \t]*/g, "\n").replace(/ *\t */g, "\t").replace(/^[ \n]+|[ \n]+$/g, "");
}

/** What comes in from a clipboard or a hand: slots as they stand, or else plain text. */
export function incoming(data: DataTransfer): string {
  const text = data.getData(SLOTS) || plainText(data.getData("text/plain"));
  if (text || !data.getData("text/html")) return text;
  return plainText(laidOut(new DOMParser().parseFromString(data.getData("text/html"), "text/html").body));
}

function copy(event: ClipboardEvent, view: EditorView): boolean {
  const ranges = view.state.selection.ranges.filter((range) => !range.empty);
  if (!ranges.length || !event.clipboardData) return false;
  event.preventDefault();
  const join = (read: (from: number, to: number) => string) => ranges.map(({ from, to }) => read(from, to)).join("\n");
  event.clipboardData.setData("text/plain", join((from, to) => printed(view, from, to)));
  event.clipboardData.setData(SLOTS, join((from, to) => view.state.sliceDoc(from, to)));
  if (event.type === "cut" && !view.state.readOnly) {
    view.dispatch(view.state.replaceSelection(""), { userEvent: "delete.cut", scrollIntoView: true });
  }
  return true;
}

const events = EditorView.domEventHandlers({
  copy,
  cut: copy,
  paste(event, view) {
    const data = event.clipboardData;
    if (!data) return false;
    event.preventDefault();
    if (view.state.readOnly) return true;
    const text = incoming(data);
    if (text) {
      view.dispatch(view.state.replaceSelection(view.state.toText(text)), { userEvent: "input.paste", scrollIntoView: true });
    }
    return true;
  },
});

// For what is dragged out of the page; copying has its own hand.
export const clipboard: Extension = [events, EditorView.clipboardOutputFilter.of(printedSlots)];
