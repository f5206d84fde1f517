// The text between browser and server: saved while it is typed, never overwritten by its own echo.

import { isolateHistory } from "@codemirror/commands";
import { Annotation, Transaction } from "@codemirror/state";
import { type EditorView } from "@codemirror/view";
import { diff } from "@codemirror/merge";
import { reachable } from "./line";

/** Which save the server has dealt with. */
export interface Ack {
  client: string;
  seq: number;
  /** What the text then stood at; 0 where it was not put in place. */
  revision: number;
}

export interface Served {
  doc: string;
  revision: number;
  text: string;
  locked: boolean;
  ack: Ack | null;
}

export interface Edit {
  client: string;
  seq: number;
  base: number;
  text: string;
  /** Texts of this editor that may be on disk since ``base``: their answers have not come. */
  tried: string[];
  /** The name of what went from one text to another, where this is one of the two; "" for typing. */
  move: string;
  /** The person paused or went elsewhere: the rest of the page may be drawn again. */
  rest: boolean;
}

interface Backup {
  text: string;
  base: number;
  sent: string[];
}

export const fromServer = Annotation.define<boolean>();

/** Milliseconds: after the last key; at most between saves; until an unanswered save is sent again; until the page follows. */
const [PAUSE, AT_MOST, AGAIN, REST] = [600, 900, 8000, 3000];
/** How often it is looked after what has no answer, and after how long that is said: milliseconds. */
const [LOOK, LATE] = [400, 3000];
/** Milliseconds after the last key when a hand has paused. */
const HAND = 1200;

const lines = (text: string): string => text.replace(/\r\n?/g, "\n");

const placeOf = (doc: string): string => `nigao:${doc}`;

/** The text that an editor begins with: the server's, or what this tab has that may not have reached it. */
export function lastText({ doc, text }: Served): string {
  const found = sessionStorage.getItem(placeOf(doc));
  return found ? lines((JSON.parse(found) as Backup).text) : lines(text);
}

export class Sync {
  private readonly client = Math.random().toString(36).slice(2, 10);
  private seq = 0;
  private base: { revision: number; text: string };
  /** Saves without an answer that are on their way. */
  private readonly sent = new Map<number, string>();
  /** Texts that were sent since the last answer: each may be on disk. */
  private readonly tried = new Set<string>();
  private sentAt = 0;
  /** The connection went while something was to be saved: nothing is sent before the page stands again. */
  private cut = false;
  private refused: string | null = null;
  private conflict = false;
  private unrested = false;
  /** What waits until the server has the text. */
  private after: (() => void) | null = null;
  private waiting: Served | null = null;
  private timers = { pause: 0, most: 0, again: 0, rest: 0, ask: 0 };
  private lastKey = -HAND;
  /** What the text was when something went from here to another one, or came. */
  private move = { name: "", text: "" };

  private readonly place: string;

  constructor(
    private readonly view: EditorView,
    first: Served,
    private readonly push: (edit: Edit) => void,
    private readonly rest: () => void,
    private readonly asking: () => void,
  ) {
    this.place = placeOf(first.doc);
    this.base = { revision: first.revision, text: lines(first.text) };
    this.recover();
  }

  private get text(): string {
    return this.view.state.doc.toString();
  }

  get dirty(): boolean {
    return this.text !== this.base.text;
  }

  // ---- from the person

  /** Whether somebody is typing just now. */
  get typing(): boolean {
    return this.view.composing || performance.now() - this.lastKey < HAND;
  }

  /** After every change that a person made. */
  typed(): void {
    this.lastKey = performance.now();
    this.keep();
    this.later("pause", PAUSE, () => this.save());
    if (!this.timers.most) this.later("most", AT_MOST, () => this.save());
    this.rested();
    status(reachable() ? "正在保存…" : "连上以后保存");
  }

  /** Part of the text went elsewhere, or came: saved at once, under the name that the other text has too. */
  moved(name: string): void {
    this.move = { name, text: this.text };
    this.save(true);
  }

  /** Saves what is not saved; with ``now`` even while an earlier save has no answer yet. */
  save(now = false, rest = false): boolean {
    this.stop("pause");
    this.stop("most");
    const text = this.text;
    const last = [...this.sent.values()].at(-1) ?? this.base.text;
    if (text === last || text === this.refused) return false;
    if (this.view.composing) {
      if (!now) this.later("pause", PAUSE, () => this.save());
      return false;
    }
    if (this.cut || !reachable()) {
      this.cut = true;
      this.keep();
      this.mind();
      return false;
    }
    if (this.sent.size && !now) return false;
    this.refused = null;
    if (text !== this.move.text) this.move.name = "";
    const tried = [...this.tried];
    this.sent.set(++this.seq, text);
    this.tried.add(text);
    this.sentAt = performance.now();
    this.keep();
    const base = this.base.revision;
    this.push({ client: this.client, seq: this.seq, base, text, tried, move: this.move.name, rest });
    this.mind();
    return true;
  }

  /**
   * Sees to it that what has no answer is sent again: when the page stands again after the connection was gone, or after
   * a while. A program that was started anew throws away what is told it before it has drawn the page.
   */
  private mind(): void {
    this.later("again", LOOK, () => {
      if (!reachable()) {
        this.cut = true;
        status("连上以后保存");
      }
      const waits = this.cut ? !reachable() : performance.now() - this.sentAt < AGAIN;
      // The page may have been drawn meanwhile, with the time of the last save that went well.
      if (!this.cut && performance.now() - this.sentAt > LATE) status("还没有保存，正在再试");
      if (waits) return this.mind();
      if (this.cut) this.rested();
      this.cut = false;
      this.sent.clear();
      this.save();
    });
  }

  /** The rest of the page follows a while after the last key. */
  private rested(): void {
    this.unrested = true;
    this.later("rest", REST, () => this.leave());
  }

  /** The person paused or left the text: everything is saved, and the rest of the page follows. */
  leave(): void {
    if (this.view.composing) return this.later("rest", REST, () => this.leave());
    this.stop("rest");
    if (!this.unrested) return;
    this.unrested = false;
    this.save(true, true);
    this.rest();
  }

  /** Has done what needs the text as it stands on the server's side too. */
  settled(then: () => void): void {
    this.after = then;
    this.save(true);
    this.proceed();
  }

  /** Two texts wait to be put together. Not before the hand has paused: what it typed into the question went nowhere. */
  private ask(): void {
    if (this.typing) return this.later("ask", 200, () => this.ask());
    this.save(true);
    this.asking();
    this.rest();
  }

  private proceed(): void {
    if (!this.after || this.dirty || this.sent.size) return;
    const { after } = this;
    this.after = null;
    after();
  }

  composed(): void {
    // The input method's last change reaches the document after its end is told.
    setTimeout(() => {
      const { waiting } = this;
      this.waiting = null;
      if (waiting) this.receive(waiting);
    }, 60);
  }

  // ---- from the server

  /** Returns whether the document now is the server's text. */
  receive(served: Served): boolean {
    if (this.view.composing) {
      this.waiting = served;
      return false;
    }
    this.answered(served.ack);
    const text = lines(served.text);
    if (served.locked && !this.conflict) this.ask();
    const resolved = this.conflict && !served.locked;
    this.conflict = served.locked;
    if (served.revision < this.base.revision) return false;
    // Our own text, whose answer was lost on its way.
    if (served.revision > this.base.revision && this.tried.has(text)) {
      this.sent.clear();
      this.stored(served.revision, text);
    }
    if (resolved) {
      this.sent.clear();
      this.tried.clear();
      this.refused = null;
      this.adopt(text);
    } else if (served.revision > this.base.revision || text !== this.base.text) {
      if (this.text === text || (!this.dirty && !this.sent.size)) this.adopt(text);
      else if (!this.conflict && served.revision > this.base.revision) {
        // Somebody else saved first: the server keeps both.
        this.save(true);
        return false;
      }
    }
    if (this.text !== text) {
      // What was typed meanwhile goes when the person pauses, or now when nothing waits for a pause.
      if (!this.sent.size && !this.timers.pause) this.save();
      return false;
    }
    this.base = { revision: served.revision, text };
    this.forget();
    this.proceed();
    return true;
  }

  private answered(ack: Ack | null): void {
    if (!ack || ack.client !== this.client || !this.sent.has(ack.seq)) return;
    const text = this.sent.get(ack.seq) ?? "";
    for (const seq of this.sent.keys()) if (seq <= ack.seq) this.sent.delete(seq);
    if (!this.sent.size) {
      this.tried.clear();
      if (!this.cut) this.stop("again");
    }
    if (ack.revision) {
      this.stored(ack.revision, text);
      this.proceed();
    } else {
      this.refused = text;
      this.after = null;
      status("没有保存");
      this.ask();
    }
  }

  /** One of our texts is on disk. */
  private stored(revision: number, text: string): void {
    this.base = { revision, text };
    if (!this.dirty) status(`已保存 ${new Date().toLocaleTimeString("zh-CN", { hour12: false })}`);
    this.keep();
  }

  /** Puts the server's text in place by what differs, so that the caret stays and one undo takes it back. */
  private adopt(text: string): void {
    const old = this.text;
    if (old === text) return;
    const changes = diff(old, text, { scanLimit: 2000, timeout: 50 }).map(({ fromA, toA, fromB, toB }) => ({
      from: fromA,
      to: toA,
      insert: text.slice(fromB, toB),
    }));
    this.view.dispatch({
      changes,
      annotations: [fromServer.of(true), isolateHistory.of("full"), Transaction.userEvent.of("server")],
    });
    this.base = { ...this.base, text };
  }

  // ---- a copy beside, in this tab only, until the server has answered

  private keep(): void {
    if (!this.dirty) return this.forget();
    const backup: Backup = { text: this.text, base: this.base.revision, sent: [...this.tried] };
    try {
      sessionStorage.setItem(this.place, JSON.stringify(backup));
    } catch {
      // Full or forbidden: the server's copy is the one that counts.
    }
  }

  private forget(): void {
    sessionStorage.removeItem(this.place);
  }

  /** What a reload cut off on its way. */
  private recover(): void {
    const found = sessionStorage.getItem(this.place);
    if (!found) return;
    const backup = JSON.parse(found) as Backup;
    if (backup.text === this.base.text) return this.forget();
    const own = backup.base === this.base.revision || backup.sent.includes(this.base.text);
    const served = this.base;
    this.adopt(backup.text);
    // Written on another text than the one in place: the server keeps both, and the person is asked.
    this.base = own ? served : { revision: backup.base, text: "" };
    for (const text of backup.sent) this.tried.add(text);
    setTimeout(() => this.save(), 0);
  }

  // ---- timers

  private later(name: keyof typeof this.timers, wait: number, then: () => void): void {
    clearTimeout(this.timers[name]);
    this.timers[name] = window.setTimeout(() => {
      this.timers[name] = 0;
      then();
    }, wait);
  }

  private stop(name: keyof typeof this.timers): void {
    clearTimeout(this.timers[name]);
    this.timers[name] = 0;
  }

  /** The editor leaves the page. */
  end(): void {
    this.save(true);
    for (const name of Object.keys(this.timers) as (keyof typeof this.timers)[]) this.stop(name);
  }
}

function status(text: string): void {
  const place = document.querySelector(".ng-status .right");
  if (place) place.textContent = text;
}
