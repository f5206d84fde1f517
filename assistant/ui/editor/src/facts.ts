// What the page knows of the facts: told once for all editors on it.

export interface Choice {
  label: string;
  shown: string;
  meaning: string;
  group: string;
  /** For every character of the label its readings. */
  sounds: string[][];
  /** Other ways to write it: slot source → what it prints. */
  more: [string, string][];
}

export interface FactsData {
  kind: "facts";
  digest: string;
  /** null: the browser has them already. */
  choices: Choice[] | null;
  /** Words after which 同比 does not say 同比 again. */
  compared: string[];
}

let known: { digest: string; choices: Choice[]; compared: string[] } = { digest: "", choices: [], compared: [] };
let byLabel = new Map<string, Choice>();
const listeners = new Set<() => void>();

/** Returns the digest of the facts that this page now knows. */
export function setFacts({ digest, choices, compared }: FactsData): string {
  if (choices && digest !== known.digest) {
    known = { digest, choices, compared };
    byLabel = new Map(choices.map((choice) => [choice.label, choice]));
    for (const listener of listeners) listener();
  }
  return known.digest;
}

/** Whether the page has told the facts yet. */
export const arrived = (): boolean => known.digest !== "";
export const choices = (): Choice[] => known.choices;
export const choiceOf = (label: string): Choice | undefined => byLabel.get(label);
export const saysCompared = (before: string): boolean => known.compared.some((word) => before.trimEnd().endsWith(word));

export function onFacts(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
