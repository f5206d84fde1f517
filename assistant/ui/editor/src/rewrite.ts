// 改写所选: a small tool over a selection that has the sentences it touches written anew; the rest stays.

import { type Extension, Prec, StateEffect, StateField } from "@codemirror/state";
import { Decoration, EditorView, type Tooltip, ViewPlugin, type ViewUpdate, keymap, showTooltip } from "@codemirror/view";
import { ways } from "./page";

/** Milliseconds that a selection is still before the tool comes. */
const STILL = 350;

export interface Wanted {
  /** The range, in characters of the text (not in UTF-16 units). */
  from: number;
  to: number;
  text: string;
  /** How the sentences are to become. */
  words: string;
}

const show = StateEffect.define<boolean>();

function tool(open: (view: EditorView) => HTMLElement): StateField<Tooltip | null> {
  return StateField.define<Tooltip | null>({
    create: () => null,
    update(value, change) {
      let shown = change.docChanged || change.selection ? null : value;
      for (const effect of change.effects) {
        if (!effect.is(show)) continue;
        const { from, to } = change.newSelection.main;
        shown = effect.value ? { pos: from, end: to, above: true, create: (view) => ({ dom: open(view) }) } : null;
      }
      return shown;
    },
    provide: (self) => [
      showTooltip.from(self),
      // The browser shows a selection only where the caret is: while a wish is being written this does.
      EditorView.decorations.compute([self], (state) => {
        const shown = state.field(self);
        if (!shown?.end || shown.end <= shown.pos) return Decoration.none;
        return Decoration.set(Decoration.mark({ class: "ng-picked" }).range(shown.pos, shown.end));
      }),
    ],
  });
}

/** Shows the tool once a selection is still and no button of the mouse is down. */
const waiting = (allowed: () => boolean) =>
  ViewPlugin.fromClass(
    class {
      private timer = 0;
      private down = false;

      constructor(private readonly view: EditorView) {}

      update(update: ViewUpdate): void {
        // Not for a selection that stands on what was written since.
        if (update.docChanged) clearTimeout(this.timer);
        else if (update.selectionSet) this.look();
      }

      press(down: boolean): void {
        this.down = down;
        if (!down) this.look();
      }

      private look(): void {
        clearTimeout(this.timer);
        if (this.down || this.view.state.selection.main.empty || !allowed()) return;
        this.timer = window.setTimeout(() => {
          const { main } = this.view.state.selection;
          const words = this.view.state.sliceDoc(main.from, main.to).trim();
          if (words && this.view.hasFocus && !this.down && allowed()) this.view.dispatch({ effects: show.of(true) });
        }, STILL);
      }

      destroy(): void {
        clearTimeout(this.timer);
      }
    },
    {
      eventHandlers: {
        mousedown() {
          this.press(true);
          const up = () => this.press(false);
          window.addEventListener("mouseup", up, { once: true });
        },
        blur: (_, view) => left(view),
      },
    },
  );

/** Puts the tool away when neither it nor the text has the caret any more; told later, for an update may be under way. */
function left(view: EditorView): void {
  setTimeout(() => {
    if (view.dom.isConnected && !view.hasFocus && !document.activeElement?.closest(".ng-rewrite")) {
      view.dispatch({ effects: show.of(false) });
    }
  }, 0);
}

function drawn(view: EditorView, tell: (wanted: Wanted) => void): HTMLElement {
  const dom = document.createElement("div");
  dom.className = "ng-rewrite";
  dom.setAttribute("role", "toolbar");
  dom.setAttribute("aria-label", "改写所选");
  dom.title = "所选文字所在的整句重新写，其余一字不动（Alt+R）";
  const close = () => {
    view.dispatch({ effects: show.of(false) });
    view.focus();
  };
  const want = (words: string) => {
    const { from, to } = view.state.selection.main;
    const text = view.state.doc.toString();
    close();
    tell({ from: [...text.slice(0, from)].length, to: [...text.slice(0, to)].length, text, words });
  };
  dom.appendChild(document.createElement("span")).textContent = "改写所选";
  const { presets, free } = ways();
  for (const words of presets) {
    const button = dom.appendChild(document.createElement("button"));
    button.type = "button";
    button.textContent = words;
    // The selection stays where it is.
    button.addEventListener("mousedown", (event) => event.preventDefault());
    button.addEventListener("click", () => want(words));
  }
  if (free) {
    const input = dom.appendChild(document.createElement("input"));
    input.placeholder = "按要求改，回车";
    input.setAttribute("aria-label", "改写的要求");
    input.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.isComposing) return;
      // Or the key would end in the text, which has the caret by then.
      event.preventDefault();
      if (input.value.trim()) want(input.value.trim());
    });
  }
  dom.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.key === "Escape") close();
    if (event.key === "Enter" && event.target instanceof HTMLButtonElement) {
      event.preventDefault();
      event.target.click();
    }
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!step || event.target instanceof HTMLInputElement) return;
    const all = [...dom.querySelectorAll<HTMLElement>("button, input")];
    all.at((all.indexOf(event.target as HTMLElement) + step) % all.length)?.focus();
    event.preventDefault();
  });
  dom.addEventListener("focusout", () => left(view));
  return dom;
}

/** ``allowed``: whether the section may be written anew just now. */
export function rewriting(allowed: () => boolean, tell: (wanted: Wanted) => void): Extension {
  const can = () => allowed() && (ways().free || ways().presets.length > 0);
  const opened = tool((view) => drawn(view, tell));
  // Without a selection the sentence that holds the caret is meant.
  const withKeys = (view: EditorView): boolean => {
    if (!can()) return false;
    if (!view.state.field(opened)) view.dispatch({ effects: show.of(true) });
    // The tooltip is put in its place with the next frame.
    setTimeout(() => document.querySelector<HTMLElement>(".ng-rewrite button, .ng-rewrite input")?.focus(), 60);
    return true;
  };
  const closed = (view: EditorView): boolean => {
    if (!view.state.field(opened)) return false;
    view.dispatch({ effects: show.of(false) });
    return true;
  };
  return [
    opened,
    waiting(can),
    Prec.high(keymap.of([{ key: "Alt-r", run: withKeys, preventDefault: true }, { key: "Escape", run: closed }])),
  ];
}
