// Slots as chips that show the fact's value; bare numbers with a wavy line; the heading in front of the text.

import { type EditorState, type Extension, type Range, StateEffect, StateField, type Text } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView, WidgetType } from "@codemirror/view";
import { choiceOf, saysCompared } from "./facts";
import { type PlacedSlot, findSlots } from "./slots";

/** What the server says of a slot's source. */
export interface SlotShown {
  fact: string;
  name: string;
  shown: string;
  kind: "value" | "missing" | "fault";
  /** What is missing or wrong. */
  note?: string;
  /** What is printed where the words in front compare already. */
  said?: string;
}

/** Part of a heading: kind and text. */
export type Part = [string, string];

export interface Shown {
  slots: Record<string, SlotShown>;
  lead: Part[];
  depth: number;
}

export interface Chip extends PlacedSlot {
  shown: string;
  kind: "value" | "missing" | "fault" | "new";
  note: string;
}

export const setShown = StateEffect.define<Shown>();
/** [from, to, message] of bare numbers, in the document as it stands. */
export const setBare = StateEffect.define<[number, number, string][]>();
export const factsChanged = StateEffect.define<null>();

/** Characters up to which a chip stands on one line. */
const SHORT = 8;

export function chipClass(kind: string, text: string): string {
  const look = kind === "value" ? (/\p{Nd}/u.test(text) ? "" : " words") : kind === "new" ? " words" : ` ${kind}`;
  return `ng-chip${look}${[...text].length > SHORT ? " long" : ""}`;
}

class ChipWidget extends WidgetType {
  constructor(readonly chip: Chip) {
    super();
  }
  eq(other: ChipWidget): boolean {
    const [a, b] = [this.chip, other.chip];
    return a.source === b.source && a.shown === b.shown && a.kind === b.kind && a.note === b.note;
  }
  toDOM(): HTMLElement {
    const dom = document.createElement("span");
    dom.className = chipClass(this.chip.kind, this.chip.shown);
    dom.dataset.fact = this.chip.label;
    dom.draggable = true;
    dom.textContent = this.chip.shown;
    dom.setAttribute("role", "button");
    dom.setAttribute("aria-label", this.chip.note || `${this.chip.name}：${this.chip.shown}`);
    return dom;
  }
  ignoreEvent(event: Event): boolean {
    // The editor would begin to select where a chip is to be dragged.
    return event.type === "mousedown";
  }
}

class LeadWidget extends WidgetType {
  constructor(readonly parts: Part[], readonly depth: number) {
    super();
  }
  eq(other: LeadWidget): boolean {
    return this.depth === other.depth && JSON.stringify(this.parts) === JSON.stringify(other.parts);
  }
  toDOM(): HTMLElement {
    const dom = document.createElement("span");
    dom.className = `lead${this.depth}`;
    for (const [kind, text] of this.parts) {
      const part = dom.appendChild(document.createElement("span"));
      if (kind !== "text") part.className = chipClass(kind, text);
      part.textContent = text;
    }
    return dom;
  }
  ignoreEvent(): boolean {
    return false;
  }
}

interface Chips {
  shown: Shown;
  chips: Chip[];
  atoms: DecorationSet;
  drawn: DecorationSet;
}

function chipOf(slot: PlacedSlot, shown: Shown, text: string): Chip {
  const told = shown.slots[slot.source];
  if (told) {
    const said = told.said && saysCompared(text.slice(Math.max(0, slot.from - 12), slot.from)) && told.said;
    return { ...slot, label: told.fact, name: told.name, shown: said || told.shown, kind: told.kind, note: told.note ?? "" };
  }
  // Just typed or inserted: the server has not seen it yet.
  const choice = choiceOf(slot.label);
  const printed = slot.source === `{{${slot.label}}}` ? choice?.shown : choice?.more.find(([source]) => source === slot.source)?.[1];
  if (printed) return { ...slot, shown: printed, kind: "value", note: "" };
  return { ...slot, shown: slot.name, kind: "new", note: "" };
}

function draw(doc: Text, shown: Shown): Chips {
  const text = doc.toString();
  const chips = findSlots(text).map((slot) => chipOf(slot, shown, text));
  const atoms = chips.map((chip) => Decoration.replace({ widget: new ChipWidget(chip) }).range(chip.from, chip.to));
  const lead: Range<Decoration>[] = shown.lead.length
    ? [Decoration.widget({ widget: new LeadWidget(shown.lead, shown.depth), side: -1 }).range(0)]
    : [];
  return { shown, chips, atoms: Decoration.set(atoms), drawn: Decoration.set([...lead, ...atoms], true) };
}

const field = StateField.define<Chips>({
  create: (state) => draw(state.doc, { slots: {}, lead: [], depth: 0 }),
  update(value, change) {
    let shown = value.shown;
    let again = change.docChanged;
    for (const effect of change.effects) {
      if (effect.is(setShown)) [shown, again] = [effect.value, true];
      if (effect.is(factsChanged)) again = true;
    }
    return again ? draw(change.newDoc, shown) : value;
  },
  provide: (self) => [
    EditorView.decorations.from(self, (value) => value.drawn),
    EditorView.atomicRanges.of((view) => view.state.field(self).atoms),
  ],
});

const bare = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(value, change) {
    let marks = value.map(change.changes);
    for (const effect of change.effects) {
      if (!effect.is(setBare)) continue;
      const length = change.newDoc.length;
      marks = Decoration.set(
        effect.value
          .filter(([from, to]) => from < to && to <= length)
          .map(([from, to, message]) => Decoration.mark({ class: "ng-bare", message }).range(from, to)),
        true,
      );
    }
    return marks;
  },
  provide: (self) => EditorView.decorations.from(self),
});

/** A piece of the document's text as it is read. */
export function printedSlots(text: string, state: EditorState): string {
  const known = new Map(state.field(field).chips.map((chip) => [chip.source, chip.shown]));
  return findSlots(text).reduceRight((whole, { from, to, source }) => whole.slice(0, from) + (known.get(source) ?? source) + whole.slice(to), text);
}

export const chipsOf = (view: EditorView): Chip[] => view.state.field(field).chips;

/** The chip that a place touches: the one that holds it, or else the one that ends or begins there. */
export function chipAt(view: EditorView, place: number): Chip | undefined {
  const near = chipsOf(view).filter((chip) => chip.from <= place && place <= chip.to);
  return near.find((chip) => chip.from < place && place < chip.to) ?? near[0];
}

/** What is to be said about a bare number at a place. */
export function bareAt(view: EditorView, place: number): { from: number; to: number; message: string } | null {
  let found: { from: number; to: number; message: string } | null = null;
  view.state.field(bare).between(place, place, (from, to, mark) => {
    found = { from, to, message: String(mark.spec.message) };
    return false;
  });
  return found;
}

/** A backslash in front of a slot would make it plain text: it is written in its wide form there. */
const guard = EditorView.inputHandler.of((view, from, to, text) => {
  if (!text.endsWith("\\") || !chipsOf(view).some((chip) => chip.from === to)) return false;
  view.dispatch({
    changes: { from, to, insert: text.replaceAll("\\", "＼") },
    selection: { anchor: from + text.length },
    userEvent: "input.type",
  });
  return true;
});

export const chips: Extension = [field, bare, guard];
