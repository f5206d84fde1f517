// What is told over a chip or a bare number, and the press that opens a fact.

import { type Extension } from "@codemirror/state";
import { type Command, EditorView, type Tooltip, type TooltipView, hoverTooltip, keymap } from "@codemirror/view";
import { type Chip, bareAt, chipAt, chipsOf } from "./chips";
import { choiceOf, onFacts } from "./facts";

function card(lines: [string, string][]): HTMLElement {
  const dom = document.createElement("div");
  dom.className = "ng-tip";
  for (const [name, text] of lines.filter(([, text]) => text)) {
    const line = dom.appendChild(document.createElement("div"));
    line.className = name;
    line.textContent = text;
  }
  return dom;
}

/** Somebody may point at a chip before the page has told the facts: then the card says more as soon as they are known. */
function chipCard(chip: Chip): TooltipView {
  const dom = aboutChip(chip);
  const unlisten = onFacts(() => dom.replaceChildren(...aboutChip(chip).childNodes));
  return { dom, destroy: unlisten };
}

function aboutChip(chip: Chip): HTMLElement {
  const value = { value: chip.shown, new: "", missing: "还没有填", fault: "" }[chip.kind];
  const meaning = choiceOf(chip.label)?.meaning ?? "";
  const fault = chip.kind === "fault" ? chip.note : "";
  return card([
    ["name", value ? `${chip.name}：${value}` : chip.name],
    ["fault", fault],
    ["meaning", meaning],
    ["hint", choiceOf(chip.label) ? "点一下，去“事实”页填写或修改" : ""],
  ]);
}

const tips = hoverTooltip(
  (view, place, side): Tooltip | null => {
    const chip = chipsOf(view).find((one) => one.from <= place && place <= one.to && !(place === one.from && side < 0));
    if (chip) return { pos: chip.from, end: chip.to, above: true, create: () => chipCard(chip) };
    const number = bareAt(view, place);
    if (!number) return null;
    return { pos: number.from, end: number.to, above: true, create: () => ({ dom: card([["fault", number.message]]) }) };
  },
  { hoverTime: 250 },
);

/** Opens facts by a press on a chip, or by Alt-Enter beside one. */
export function opening(open: (label: string) => void): Extension {
  const beside: Command = (view) => {
    const { from, to } = view.state.selection.main;
    const chip = chipAt(view, from) ?? chipAt(view, to);
    if (chip) open(chip.label);
    return Boolean(chip);
  };
  return [
    tips,
    keymap.of([{ key: "Alt-Enter", run: beside, preventDefault: true }]),
    EditorView.domEventHandlers({
      click(event, view) {
        const chip = (event.target as HTMLElement).closest<HTMLElement>(".ng-chip[data-fact]");
        if (!chip || event.detail > 1 || event.shiftKey || !view.state.selection.main.empty) return false;
        open(chip.dataset.fact ?? "");
        return true;
      },
    }),
  ];
}
