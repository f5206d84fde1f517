// The list of facts that opens on { or ／.

import {
  type Completion, type CompletionContext, type CompletionResult, autocompletion, completionKeymap, startCompletion,
} from "@codemirror/autocomplete";
import { type Extension, Prec } from "@codemirror/state";
import { EditorView, keymap } from "@codemirror/view";
import { type Choice, choices } from "./facts";

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
  view.dispatch({
    changes: { from, to: to + behind, insert: completion.label },
    selection: { anchor: from + completion.label.length },
    userEvent: "input.complete",
    scrollIntoView: true,
  });
}

function nameOf(source: string): string {
  return source.slice(2, -2).replace(/\\(.)/g, "$1");
}

export function factList(own: () => readonly string[]): Extension {
  const source = (context: CompletionContext): CompletionResult | null => {
    const match = context.matchBefore(OPENED);
    if (!match) return null;
    const query = OPENED.exec(match.text)?.[1] ?? "";
    const [head] = query.split(/[|.｜]/);
    const first = new Set(own());
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
    return options.length ? { from: match.from, options, filter: false } : null;
  };
  return [
    autocompletion({ override: [source], icons: false, activateOnTyping: true, maxRenderedOptions: 80, defaultKeymap: false, interactionDelay: 0 }),
    Prec.highest(keymap.of([...completionKeymap, { key: "Tab", run: completionKeymap.find((one) => one.key === "Enter")?.run }])),
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
