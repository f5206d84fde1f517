// The list of facts that opens on { or ／.

import {
  type Completion, CompletionContext, type CompletionResult, autocompletion, closeCompletion, completionKeymap,
  completionStatus, startCompletion,
} from "@codemirror/autocomplete";
import { type Extension, Prec } from "@codemirror/state";
import { EditorView, ViewPlugin, type ViewUpdate, keymap } from "@codemirror/view";
import { type Choice, arrived, choices, onFacts } from "./facts";

/** What opens the list, and what may be typed to narrow it. */
const OPENED = /[{｛／]{1,2}([^{}｛｝／\s，。；、：]{0,16})$/;

function matches(choice: Choice, query: string): number {
  if (!query) return 1;
  if (choice.label.startsWith(query)) return 4;
  if (choice.label.includes(query)) return 3;
  if (/^[a-z']+$/i.test(query)) {
    const wanted = query.toLowerCase().replaceAll("'", "");
    const start = choice.sounds.findIndex((_, place) => spells(choice.sounds, place, wanted));
    if (start >= 0) return start === 0 ? 3 : 2;
  }
  return choice.group === query || choice.meaning.includes(query) ? 1 : 0;
}

/** Whether letters spell the characters from a place on, each by initial or in full, the last one begun. */
function spells(sounds: string[][], place: number, rest: string): boolean {
  if (!rest) return true;
  return (sounds[place] ?? []).some((sound) => {
    if (sound.startsWith(rest)) return true;
    const parts = new Set([sound, sound.slice(0, 1), /^[zcs]h/.test(sound) ? sound.slice(0, 2) : sound]);
    return [...parts].some((part) => part && rest.startsWith(part) && spells(sounds, place + 1, rest.slice(part.length)));
  });
}

function option(source: string, shown: string, name: string, info: string): Completion {
  return { label: source, displayLabel: name, detail: shown || "未填", info: info || undefined, apply };
}

/** Puts the slot in the place of what was typed; a closing brace that stands behind it goes too. */
function apply(view: EditorView, completion: Completion, from: number, to: number): void {
  const behind = /^[}｝]{1,2}/.exec(view.state.sliceDoc(to, to + 2))?.[0].length ?? 0;
  // Whoever typed on stays there.
  const here = view.state.selection.main.head <= to + behind;
  view.dispatch({
    changes: { from, to: to + behind, insert: completion.label },
    selection: here ? { anchor: from + completion.label.length } : undefined,
    userEvent: "input.complete",
    scrollIntoView: here,
  });
}

function nameOf(source: string): string {
  return source.slice(2, -2).replace(/\\(.)/g, "$1");
}

/** What the list offers at a place; null where it is not to open. */
function offered(context: CompletionContext, own: readonly string[]): CompletionResult | null {
  const match = context.matchBefore(OPENED);
  if (!match) return null;
  const query = OPENED.exec(match.text)?.[1] ?? "";
  const [head] = query.split(/[|.｜]/);
  const first = new Set(own);
  const ranked = choices()
    .map((choice, place) => ({ choice, place, rank: matches(choice, head) * 2 + (first.has(choice.label) ? 1 : 0) }))
    .filter(({ choice }) => matches(choice, head))
    .sort((a, b) => b.rank - a.rank || a.place - b.place);
  const options: Completion[] = [];
  for (const { choice } of ranked) {
    if (head === query) options.push(option(`{{${choice.label}}}`, choice.shown, choice.label, choice.meaning));
    // Rows, columns and other measure words only where one fact is meant.
    if (query && (head !== query || ranked.length <= 3)) {
      for (const [slot, shown] of choice.more) {
        if (head === query || nameOf(slot).startsWith(query.replace("｜", "|"))) {
          options.push(option(slot, shown, nameOf(slot).replace("|", " · "), choice.meaning));
        }
      }
    }
  }
  // Narrowed with the letter itself: a key that follows at once meets a list that is ready.
  const update = (_: CompletionResult, __: number, ___: number, next: CompletionContext) => offered(next, own);
  return options.length ? { from: match.from, options, filter: false, update } : null;
}

/**
 * Whoever knows a fact's name types it and presses Enter without waiting for the list, on a slow machine before it is
 * there, or before the page has told the facts.
 */
class Quick {
  /** The list was asked for when nothing was known yet. */
  asked = false;
  /** Enter was pressed behind this when nothing was known yet. */
  private wanted: { from: number; to: number; text: string } | null = null;
  private readonly unlisten: () => void;

  constructor(private readonly view: EditorView, private readonly own: () => readonly string[]) {
    this.unlisten = onFacts(() => this.facts());
  }

  offer(context: CompletionContext): CompletionResult | null {
    if (!arrived()) this.asked = context.matchBefore(OPENED) !== null;
    return offered(context, this.own());
  }

  update(change: ViewUpdate): void {
    if (!this.wanted || !change.docChanged) return;
    const { from, to, text } = this.wanted;
    const moved = { from: change.changes.mapPos(from, 1), to: change.changes.mapPos(to, -1), text };
    this.wanted = moved.from < moved.to && change.state.sliceDoc(moved.from, moved.to) === text ? moved : null;
  }

  /** Enter in front of the list; false leaves it to what Enter means elsewhere. */
  take(): boolean {
    const { state } = this.view;
    const { main } = state.selection;
    if (state.readOnly || !main.empty) return false;
    const context = new CompletionContext(state, main.head, false, this.view);
    const match = context.matchBefore(OPENED);
    if (!match || (arrived() ? completionStatus(state) !== "pending" : !this.asked && !completionStatus(state))) return false;
    if (!arrived()) {
      this.wanted = match;
      return true;
    }
    return this.put(match.from, main.head);
  }

  private put(from: number, to: number): boolean {
    const context = new CompletionContext(this.view.state, to, false, this.view);
    const best = offered(context, this.own())?.options[0];
    if (!best || this.view.state.readOnly) return false;
    apply(this.view, best, from, to);
    closeCompletion(this.view);
    return true;
  }

  private facts(): void {
    const { asked, wanted, view } = this;
    this.asked = false;
    this.wanted = null;
    if (wanted) {
      if (!this.put(wanted.from, wanted.to) && !view.state.readOnly) {
        // There is no such fact: it was a new line.
        view.dispatch({ changes: { from: wanted.to, insert: "\n" }, userEvent: "input" });
      }
    } else if (asked && view.hasFocus) startCompletion(view);
  }

  destroy(): void {
    this.unlisten();
  }
}

export function factList(own: () => readonly string[]): Extension {
  const quick = ViewPlugin.define((view) => new Quick(view, own));
  const source = (context: CompletionContext) => context.view?.plugin(quick)?.offer(context) ?? null;
  const enter = completionKeymap.find((one) => one.key === "Enter")?.run;
  const take = (view: EditorView) => enter?.(view) || (view.plugin(quick)?.take() ?? false);
  const shut = (view: EditorView) => {
    const plugin = view.plugin(quick);
    if (plugin) plugin.asked = false;
    return closeCompletion(view);
  };
  return [
    quick,
    autocompletion({ override: [source], icons: false, activateOnTyping: true, maxRenderedOptions: 80, defaultKeymap: false, interactionDelay: 0 }),
    Prec.highest(keymap.of([{ key: "Enter", run: take }, { key: "Tab", run: take }, { key: "Escape", run: shut }, ...completionKeymap])),
    // What an input method writes in one piece does not count as typing for the list.
    EditorView.updateListener.of((update) => {
      if (!update.docChanged || !update.transactions.some((one) => one.isUserEvent("input"))) return;
      const { head } = update.state.selection.main;
      if (/[{｛／]/.test(update.state.sliceDoc(Math.max(0, head - 1), head))) {
        setTimeout(() => startCompletion(update.view), 0);
      }
    }),
  ];
}
