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
  /** How far it was scrolled when that was looked at last. */
  private at = 0;
  // Told before the boxes are when the page became shorter than it was scrolled.
  private readonly scrolled = () => this.settle();

  constructor(private readonly view: EditorView) {}

  begin(): void {
    this.end();
    this.scroller = scrollerOf(this.view.dom);
    if (!this.scroller) return;
    this.place = this.where();
    this.at = this.scroller.scrollTop;
    this.scroller.addEventListener("scroll", this.scrolled, { passive: true });
    const paper = this.view.dom.closest(".st-key-paper");
    for (const box of paper ? [paper, ...paper.querySelectorAll("[class*=st-key-part-]")] : []) this.watch.observe(box);
    this.scroller.style.overflowAnchor = "none";
  }

  end(): void {
    this.watch.disconnect();
    if (this.scroller) this.scroller.style.overflowAnchor = "";
    this.scroller?.removeEventListener("scroll", this.scrolled);
    this.scroller = null;
  }

  private where(): number {
    return this.view.dom.getBoundingClientRect().top + (this.scroller?.scrollTop ?? 0);
  }

  /** Laid out and not painted yet: nobody sees the line move. */
  private settle(): void {
    const { scroller } = this;
    if (!scroller) return;
    const [was, place] = [this.place, this.where()];
    this.place = place;
    const top = was - this.at;
    const seen = top < window.innerHeight && top + this.view.dom.offsetHeight > 0;
    // Where less is left to scroll than before, the browser has already gone back to the end.
    const ended = scroller.scrollTop >= scroller.scrollHeight - scroller.clientHeight - 1;
    const from = ended ? Math.max(this.at, scroller.scrollTop) : scroller.scrollTop;
    if (seen && Math.abs(place - was) >= 1) scroller.scrollTop = from + place - was;
    this.at = scroller.scrollTop;
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
