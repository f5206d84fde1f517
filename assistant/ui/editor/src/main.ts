// The editor of one section on the paper. See ../__init__.py for what it is given and what it tells.

import { history, historyKeymap, insertNewline, standardKeymap } from "@codemirror/commands";
import { Compartment, EditorState } from "@codemirror/state";
import { EditorView, dropCursor, keymap, placeholder, tooltips } from "@codemirror/view";
import { back, begun, leave } from "./again";
import { type Part, type SlotShown, chips, factsChanged, setBare, setShown } from "./chips";
import { clipboard } from "./clipboard";
import { factList } from "./completion";
import { dragging, moved } from "./drag";
import { type FactsData, onFacts, setFacts } from "./facts";
import { hold } from "./hold";
import { opening } from "./hover";
import { reachable } from "./line";
import { look } from "./look";
import { type Ways, atRest, forgetPage, now, setPage } from "./page";
import { rewriting } from "./rewrite";
import { type Served, Sync, fromServer, lastText } from "./sync";

interface SectionData extends Served {
  kind: "section";
  section: string;
  title: string;
  empty: string;
  slots: Record<string, SlotShown>;
  /** null: not looked for this time. */
  bare: [number, number, string][] | null;
  lead: Part[];
  depth: number;
  own: string[];
  selected: boolean;
  /** Nobody may have it written anew. */
  fixed: boolean;
}

interface Given {
  /** One thing in a list. */
  data: [SectionData | FactsData | ({ kind: "page" } & Ways)] | null;
  parentElement: HTMLElement;
  setStateValue: (name: string, value: unknown) => void;
  setTriggerValue: (name: string, value: unknown) => void;
}

class SectionEditor {
  private readonly shut = new Compartment();
  private readonly view: EditorView;
  private readonly sync: Sync;
  private readonly unlisten: () => void;
  private given: Given;
  private data: SectionData;
  /** When the caret last went. */
  private left = -1;

  constructor(given: Given, data: SectionData) {
    this.given = given;
    this.data = data;
    this.view = new EditorView({
      parent: given.parentElement,
      root: given.parentElement.getRootNode() as Document | ShadowRoot,
      state: begun(data.doc, lastText(data), { extensions: this.extensions() }),
    });
    this.sync = new Sync(
      this.view,
      data,
      (edit) => this.given.setStateValue("edit", edit),
      () => atRest("rest", true, 250),
      () => this.close(),
    );
    this.receive(given, data);
    this.unlisten = onFacts(() => this.view.dispatch({ effects: factsChanged.of(null) }));
    window.addEventListener("pagehide", this.flush);
    window.addEventListener("beforeunload", this.warn);
    document.addEventListener("visibilitychange", this.flush);
    // Not before the page has put the editor in its place.
    setTimeout(() => back(data.doc, this.view), 0);
  }

  get doc(): string {
    return this.data.doc;
  }

  private extensions() {
    return [
      history(),
      factList(() => this.data.own),
      opening((label) => {
        this.sync.save(true);
        now("open_fact", label);
      }),
      rewriting(
        () => !this.data.fixed && !this.data.locked,
        (wanted) => this.sync.settled(() => now("rewrite", { section: this.data.section, ...wanted })),
      ),
      hold,
      keymap.of([
        { key: "Mod-s", preventDefault: true, run: () => this.saveNow() },
        { key: "Enter", run: insertNewline, shift: insertNewline },
        ...historyKeymap,
        ...standardKeymap,
      ]),
      chips,
      clipboard,
      dragging(this.data.doc),
      look,
      dropCursor(),
      EditorView.lineWrapping,
      EditorView.contentAttributes.of({ "aria-label": `正文：${this.data.title}`, spellcheck: "false", lang: "zh-CN" }),
      placeholder(this.data.empty),
      tooltips({ parent: document.body, position: "fixed" }),
      this.shut.of([]),
      EditorView.updateListener.of((update) => {
        if (update.docChanged && !update.transactions.every((one) => one.annotation(fromServer))) this.sync.typed();
        for (const effect of update.transactions.flatMap((one) => one.effects)) if (effect.is(moved)) this.sync.moved(effect.value);
      }),
      EditorView.domEventHandlers({
        focus: () => void (this.data.selected || atRest("enter", this.data.section)),
        blur: () => {
          this.left = performance.now();
          this.sync.leave();
        },
        compositionend: () => this.sync.composed(),
      }),
    ];
  }

  private saveNow(): boolean {
    this.sync.leave();
    return true;
  }

  private readonly flush = (event: Event): void => {
    if (event.type === "pagehide" || document.visibilityState === "hidden") this.sync.save(true);
  };

  /** Who closes the tab while the connection is gone is asked: what the tab keeps goes with it. */
  private readonly warn = (event: Event): void => {
    if (this.sync.dirty && !reachable()) event.preventDefault();
  };

  receive(given: Given, data: SectionData): void {
    this.given = given;
    this.data = data;
    const same = this.sync.receive(data);
    const effects = [setShown.of({ slots: data.slots, lead: data.lead, depth: data.depth })];
    this.view.dispatch({ effects: same && data.bare ? [...effects, setBare.of(data.bare)] : effects });
    if (!data.locked || !this.sync.typing) this.close();
  }

  /** Shuts the text while two of it wait to be put together; opens it again. */
  private close(): void {
    const { locked } = this.data;
    if (this.view.state.readOnly === locked) return;
    const closed = [EditorState.readOnly.of(true), EditorView.editorAttributes.of({ class: "ng-shut" })];
    this.view.dispatch({ effects: this.shut.reconfigure(locked ? closed : []) });
  }

  destroy(): void {
    // What is taken off the page loses the caret a moment before, and to nobody.
    const lost = document.activeElement === document.body && performance.now() - this.left < 100;
    leave(this.data.doc, this.view, this.view.hasFocus || lost);
    this.sync.end();
    this.unlisten();
    window.removeEventListener("pagehide", this.flush);
    window.removeEventListener("beforeunload", this.warn);
    document.removeEventListener("visibilitychange", this.flush);
    this.view.destroy();
  }
}

const editors = new WeakMap<HTMLElement, SectionEditor>();
/** Looks again whether the box is gone. */
const leaving = new WeakMap<HTMLElement, number>();

export default function (given: Given): (() => void) | undefined {
  const { parentElement } = given;
  if (!given.data) return undefined;
  const [data] = given.data;
  if (data.kind === "page") {
    setPage(given.setTriggerValue, data);
    return forgetPage;
  }
  if (data.kind === "facts") {
    const digest = setFacts(data);
    // What is known need not be sent again; what was lost on the way has to be.
    if ((data.choices !== null) === (digest === data.digest)) given.setStateValue("have", digest);
    return undefined;
  }
  clearTimeout(leaving.get(parentElement));
  let editor = editors.get(parentElement);
  if (editor && editor.doc !== data.doc) {
    editor.destroy();
    editor = undefined;
  }
  if (editor) editor.receive(given, data);
  else {
    editor = new SectionEditor(given, data);
    editors.set(parentElement, editor);
  }
  return () => end(parentElement);
}

/**
 * The editor ends with the box that it stands in. Streamlit also says that a mount is over when the data of the next run
 * overtook it: somebody may be typing there, and it may have said so last.
 */
function end(host: HTMLElement): void {
  clearTimeout(leaving.get(host));
  if (host.isConnected) {
    leaving.set(host, window.setTimeout(() => end(host), 1000));
    return;
  }
  editors.get(host)?.destroy();
  editors.delete(host);
}
