// The way to the whole page: what has more than the section's own text drawn again.

import { reachable } from "./line";

type Tell = (name: string, value: unknown) => void;

/** How chosen sentences can be written anew: by a word of ours, or as somebody tells it. */
export interface Ways {
  presets: string[];
  free: boolean;
}

let tellPage: Tell | null = null;
let known: Ways = { presets: [], free: false };
/** What waits until the page is at rest: the last of each kind. */
const waiting = new Map<string, unknown>();
let timer = 0;
/** When a way to another page was pressed whose arrival is not seen yet; 0: none is under way. */
let leaving = 0;
const WAYS_OUT = "[data-testid=stTopNavLink], [data-testid=stSidebarNavLink], [data-testid=stPageLink-NavLink]";
/** Milliseconds after which a press that never showed holds nothing up any more. */
const LOST = 30_000;

document.addEventListener(
  "click",
  (event) => {
    const way = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>(WAYS_OUT) : null;
    // Who presses the way to where they are stays, whatever was pressed before.
    if (way) leaving = way.pathname === location.pathname ? 0 : performance.now();
  },
  true,
);

export function setPage(tell: Tell, given: Ways): void {
  tellPage = tell;
  known = given;
}

export const ways = (): Ways => known;

export const now: Tell = (name, value) => tellPage?.(name, value);

/**
 * Tells the page when it is at rest: a run that is under way, to another page perhaps, is not to be cut off.
 * A press elsewhere, which takes the caret out of the text, is to arrive first.
 */
export function atRest(name: string, value: unknown, wait = 0): void {
  waiting.set(name, value);
  clearTimeout(timer);
  timer = window.setTimeout(look, wait);
}

/** Nothing is to be told any more: the editors leave the page. */
export function forgetPage(): void {
  clearTimeout(timer);
  leaving = 0;
  waiting.clear();
}

function look(): void {
  const app = document.querySelector("[data-testid=stApp]");
  const running = app?.getAttribute("data-test-script-state") !== "notRunning";
  // A busy server has not begun with the press yet, or is at the text that was sent before it: a word from this page
  // would take the person back to it.
  const gone = leaving > 0 && performance.now() - leaving < LOST;
  if (!tellPage || running || gone || !reachable()) {
    timer = window.setTimeout(look, 60);
    return;
  }
  const told = [...waiting];
  waiting.clear();
  for (const [name, value] of told) tellPage(name, value);
}
