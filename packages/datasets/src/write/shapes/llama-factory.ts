import type { Message } from "@touchstone/contracts";
import { answerText, type PairShape } from "./pair.ts";
import { alternates, withoutSystem } from "./turns.ts";

const fromOf = (role: Message["role"]) => (role === "user" ? "human" : "gpt");

/**
 * LLaMA-Factory's sharegpt layout with preferences. Its reader wants human and gpt by turns and drops any other row with no
 * more than a warning, so such rows are left out here, where they are counted.
 */
export const llamaFactorySharegpt: PairShape = ({ prompt, chosen, rejected }) => {
  const { system, talk } = withoutSystem(prompt);
  if (!alternates(talk)) return "turnOrder";
  const said = (turns: readonly Message[]) => ({ from: "gpt", value: answerText(turns) });
  return {
    conversations: talk.map(({ role, content }) => ({ from: fromOf(role), value: content })),
    chosen: said(chosen),
    rejected: said(rejected),
    system,
  };
};

/** LLaMA-Factory's alpaca layout with preferences: the last question is the instruction, turns before it the history. */
export const llamaFactoryAlpaca: PairShape = ({ prompt, chosen, rejected }) => {
  const { system, talk } = withoutSystem(prompt);
  if (!alternates(talk)) return "turnOrder";
  const history: [string, string][] = [];
  for (let place = 0; place + 1 < talk.length; place += 2) {
    history.push([talk[place]?.content ?? "", talk[place + 1]?.content ?? ""]);
  }
  return {
    instruction: talk.at(-1)?.content ?? "",
    input: "",
    chosen: answerText(chosen),
    rejected: answerText(rejected),
    system,
    history,
  };
};

type LlamaFactory = "llama-factory-sharegpt" | "llama-factory-alpaca";

export const isLlamaFactory = (format: string): format is LlamaFactory => format.startsWith("llama-factory-");

/**
 * The `dataset_info.json` of files in one of these layouts, as LLaMA-Factory's data/README.md has it.
 *
 * @param sets the name of each set, which its trainers are told (`dataset: NAME`), and its file.
 */
export function datasetInfo(format: LlamaFactory, sets: Readonly<Record<string, string>>): object {
  return Object.fromEntries(
    Object.entries(sets).map(([name, file_name]) => [name, { file_name, ranking: true, ...layouts[format] }]),
  );
}

const layouts: Readonly<Record<LlamaFactory, object>> = {
  "llama-factory-alpaca": {
    columns: {
      ...{ prompt: "instruction", query: "input", chosen: "chosen", rejected: "rejected" },
      ...{ system: "system", history: "history" },
    },
  },
  "llama-factory-sharegpt": {
    formatting: "sharegpt",
    columns: { messages: "conversations", chosen: "chosen", rejected: "rejected", system: "system" },
  },
};
