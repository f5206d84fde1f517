// What the page knows of the facts: told once for all editors on it.

export interface Choice {
  label: string;
  shown: string;
  meaning: string;
  group: string;
  /** First letters of the label's pinyin. */
  initials: string;
  /** Other ways to write it: slot source → what it prints. */
  more: [string, string][];
}

export interface FactsData {
  kind: "facts";
  choices: Choice[];
  /** Words after which 同比 does not say 同比 again. */
  compared: string[];
}

let known: FactsData = { kind: "facts", choices: [], compared: [] };
let byLabel = new Map<string, Choice>();
const listeners = new Set<() => void>();

export function setFacts(data: FactsData): void {
  known = data;
  byLabel = new Map(data.choices.map((choice) => [choice.label, choice]));
  for (const listener of listeners) listener();
}

export const choices = (): Choice[] => known.choices;
export const choiceOf = (label: string): Choice | undefined => byLabel.get(label);
export const saysCompared = (before: string): boolean => known.compared.some((word) => before.trimEnd().endsWith(word));

export function onFacts(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
