import type { ExportFormat } from "@touchstone/contracts";

/** What formats are for, in the order in which people look for them; the first of all is what most want. */
export const purposes = {
  preference: [
    "trl-preference",
    "trl-preference-plain",
    "openrlhf",
    "llama-factory-sharegpt",
    "llama-factory-alpaca",
    "ms-swift",
    "nemo-rl",
    "openai-preference",
    "hh",
  ],
  unpaired: ["kto-pairs", "kto-ratings"],
  imitate: ["sft-messages"],
  steps: ["stepwise"],
  prompts: ["prompt-only", "verl"],
  everything: ["judgements", "rankings", "ratings"],
  tools: ["label-studio"],
} as const satisfies Readonly<Record<string, readonly ExportFormat[]>>;

export type Purpose = keyof typeof purposes;

export const purposesInOrder = Object.entries(purposes) as [Purpose, readonly ExportFormat[]][];
