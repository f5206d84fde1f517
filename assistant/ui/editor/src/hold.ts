// Whoever types keeps their line before their eyes: what grows or shrinks above it scrolls away, not the line.

import { type Extension } from "@codemirror/state";
import { EditorView, ViewPlugin } from "@codemirror/view";

/**
 * The browser's own anchoring does not do it: it holds on to the first thing on the screen, often the very text that is
 * written anew twice a second, and to nothing at all while the page is at its top.
 */
class Hold {
  private scroller: HTMLElement | null = null;
  private readonly watch = new ResizeObserver(() => this.look());
  /** Where the text begins, counted from the beginning of what is scrolled, and how far that is scrolled: as last seen. */
  private last = { place: 0, scrolled: 0 };
  /** Where on the screen it is to begin. Kept when the page is too short for a moment, so that it comes back there. */
  private wanted = 0;
  private readonly look = () => this.settle();

  constructor(private readonly view: EditorView) {}

  begin(): void {
    this.end();
    this.scroller = scrollerOf(this.view.dom);
    if (!this.scroller) return;
    this.wanted = this.remember(this.scroller);
    this.scroller.addEventListener("scroll", this.look, { passive: true });
    const paper = this.view.dom.closest(".st-key-paper");
    for (const box of paper ? [paper, ...paper.querySelectorAll("[class*=st-key-part-]")] : []) this.watch.observe(box);
    this.scroller.style.overflowAnchor = "none";
  }

  end(): void {
    this.watch.disconnect();
    if (this.scroller) this.scroller.style.overflowAnchor = "";
    this.scroller?.removeEventListener("scroll", this.look);
    this.scroller = null;
  }

  /** Returns where on the screen the text begins now. */
  private remember(scroller: HTMLElement): number {
    const { top } = this.view.dom.getBoundingClientRect();
    this.last = { place: top + scroller.scrollTop, scrolled: scroller.scrollTop };
    return top;
  }

  /** Laid out and not painted yet: nobody sees the line move. */
  private settle(): void {
    const { scroller, last } = this;
    if (!scroller) return;
    const top = this.remember(scroller);
    const moved = Math.abs(this.last.place - last.place) >= 1;
    const scrolled = Math.abs(this.last.scrolled - last.scrolled) >= 1;
    const seen = this.wanted < window.innerHeight && this.wanted + this.view.dom.offsetHeight > 0;
    // Scrolled by somebody, or not before anybody's eyes: it is where it is.
    if (!seen || (scrolled && !moved)) this.wanted = top;
    else if (Math.abs(top - this.wanted) >= 1) {
      scroller.scrollTop += top - this.wanted;
      this.remember(scroller);
    }
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
