// The grammar of slot text, as assistant/slots/grammar.py has it.

export interface PlacedSlot {
  from: number;
  to: number;
  /** What stands in the text: {{入伍人数|名}}. */
  source: string;
  /** The fact's label. */
  label: string;
  /** Label, row and column as people read them. */
  name: string;
}

const NAME = String.raw`(?:[^{}|.\\\r\n]|\\[{}|.\\])+`;
const SLOT = new RegExp(String.raw`(?<!\\)(\\*)\{\{(${NAME}(?:\.${NAME}){0,2})(?:\|(?:${NAME}))?\}\}`, "g");
const PART = /(?:[^.\\]|\\.)+/g;

export function findSlots(text: string): PlacedSlot[] {
  const found: PlacedSlot[] = [];
  for (const match of text.matchAll(SLOT)) {
    const [whole, escapes, path] = match;
    if (escapes.length % 2) continue;
    const parts = (path.match(PART) ?? []).map((part) => part.trim().replace(/\\([{}|.\\])/g, "$1"));
    if (!parts.every(Boolean)) continue;
    const from = match.index + escapes.length;
    const to = match.index + whole.length;
    found.push({ from, to, source: text.slice(from, to), label: parts[0], name: parts.join(".") });
  }
  return found;
}
