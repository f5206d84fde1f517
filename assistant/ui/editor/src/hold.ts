// Whoever types keeps their line before their eyes: what grows or shrinks above it scrolls away, not the line.

import { type Extension } from "@codemirror/state";
import { EditorView, ViewPlugin } from "@codemirror/view";

/**
 * The browser's own anchoring does not do it: it holds on to the first thing on the screen, often the very text that is
 * written anew twice a second, and to nothing at all while the page is at its top.
 */
class Hold {
  private scroller: HTMLElement | null = null;
  private readonly watch = new ResizeObserver(() => this.settle());
  /** Where the text begins, counted from the beginning of what is scrolled. */
  private place = 0;

  constructor(private readonly view: EditorView) {}

  begin(): void {
    this.end();
    this.scroller = scrollerOf(this.view.dom);
    if (!this.scroller) return;
    this.place = this.where();
    const paper = this.view.dom.closest(".st-key-paper");
    for (const box of paper ? [paper, ...paper.querySelectorAll("[class*=st-key-part-]")] : []) this.watch.observe(box);
    this.scroller.style.overflowAnchor = "none";
  }

  end(): void {
    this.watch.disconnect();
    if (this.scroller) this.scroller.style.overflowAnchor = "";
    this.scroller = null;
  }

  private where(): number {
    return this.view.dom.getBoundingClientRect().top + (this.scroller?.scrollTop ?? 0);
  }

  /** Laid out and not painted yet: nobody sees the line move. */
  private settle(): void {
    const { scroller } = this;
    if (!scroller) return;
    const place = this.where();
    const moved = place - this.place;
    this.place = place;
    const { top, bottom } = this.view.dom.getBoundingClientRect();
    const seen = bottom - moved > 0 && top - moved < window.innerHeight;
    if (seen && Math.abs(moved) >= 1) scroller.scrollTop += moved;
  }

  destroy(): void {
    this.end();
  }
}

function scrollerOf(start: HTMLElement): HTMLElement | null {
  for (let box = start.parentElement; box; box = box.parentElement) {
    if (/auto|scroll/.test(getComputedStyle(box).overflowY)) return box;
  }
  return null;
}

export const hold: Extension = ViewPlugin.fromClass(Hold, {
  eventHandlers: {
    focus() {
      this.begin();
    },
    blur() {
      this.end();
    },
  },
});
