import { bytesPerToken, type ExportFormat } from "@touchstone/contracts";
import type { ExportedRow } from "./containers/column.ts";

/** Where a row has its texts: what every reading of it has, and what each reading has in turn, such as either answer. */
interface Texts {
  readonly shared: readonly unknown[];
  readonly either: readonly unknown[];
}

type TextsOf = (row: ExportedRow) => Texts;

const pair: TextsOf = ({ prompt, chosen, rejected }) => ({ shared: [prompt], either: [chosen, rejected] });
const answered: TextsOf = ({ prompt, completion }) => ({ shared: [prompt, completion], either: [] });
const asked: TextsOf = ({ prompt }) => ({ shared: [prompt], either: [] });
const listIn = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** What a trainer reads of a row at once: of a pair the prompt with one answer, of a conversation all of it. */
const textsOf: Readonly<Record<ExportFormat, TextsOf>> = {
  "trl-preference": pair,
  ratings: answered,
  "sft-messages": ({ messages }) => ({ shared: [messages], either: [] }),
  stepwise: ({ prompt, completions }) => ({ shared: [prompt, completions], either: [] }),
  judgements: ({ prompt, completions }) => ({ shared: [prompt], either: listIn(completions) }),
  "trl-preference-plain": pair,
  rankings: ({ prompt, responses }) => ({ shared: [prompt], either: listIn(responses) }),
  "kto-ratings": answered,
  "kto-pairs": answered,
  "prompt-only": asked,
  hh: pair,
  openrlhf: pair,
  "llama-factory-sharegpt": ({ conversations, system, chosen, rejected }) => ({
    shared: [conversations, system],
    either: [chosen, rejected],
  }),
  "llama-factory-alpaca": ({ instruction, input, system, history, chosen, rejected }) => ({
    shared: [instruction, input, system, history],
    either: [chosen, rejected],
  }),
  "ms-swift": ({ messages, rejected_response }) => ({
    shared: [listIn(messages).slice(0, -1)],
    either: [listIn(messages).at(-1), rejected_response],
  }),
  verl: asked,
  "nemo-rl": ({ context, completions }) => ({ shared: [context], either: listIn(completions) }),
  "openai-preference": ({ input, preferred_output, non_preferred_output }) => ({
    shared: [input],
    either: [preferred_output, non_preferred_output],
  }),
  "label-studio": ({ data }) => {
    const { prompt, answer1, answer2 } = fieldsOf(data);
    return { shared: [prompt], either: [answer1, answer2] };
  },
};

/**
 * How many tokens a trainer reads at once of a row: the prompt with its longest answer where answers are read one at a time,
 * all of it otherwise. Each text counts by itself: nothing for the marks that a template puts between turns, nothing for
 * pictures and sounds.
 *
 * @param tokensIn how many tokens a text has, as a tokenizer says
 */
export function countedTokens(format: ExportFormat, row: ExportedRow, tokensIn: (text: string) => number): number {
  const { shared, either } = textsOf[format](row);
  const common = shared.reduce<number>((sum, value) => sum + sizeOf(value, tokensIn), 0);
  return common + Math.max(0, ...either.map((value) => sizeOf(value, tokensIn)));
}

/** The same as an estimate, where no tokenizer is asked: a token for each four bytes of UTF-8. */
export function estimatedTokens(format: ExportFormat, row: ExportedRow): number {
  return Math.ceil(countedTokens(format, row, (text) => Buffer.byteLength(text)) / bytesPerToken);
}

/** The fields of turns and of answers that are read as text; their roles, ids and models are none of it. */
const textFields = ["content", "value", "text", "completion", "messages"];

function sizeOf(value: unknown, sizeIn: (text: string) => number): number {
  if (typeof value === "string") return sizeIn(value);
  if (Array.isArray(value)) return value.reduce<number>((sum, one) => sum + sizeOf(one, sizeIn), 0);
  const fields = fieldsOf(value);
  const calls = fields.tool_calls === undefined ? 0 : sizeIn(JSON.stringify(fields.tool_calls));
  return textFields.reduce((sum, name) => sum + (name in fields ? sizeOf(fields[name], sizeIn) : 0), calls);
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}

/** How long the rows of a file are, and how many are longer than each of some numbers of tokens. */
export class Lengths {
  rows = 0;
  longest = 0;
  readonly #bounds: readonly number[];
  readonly #longer: number[];

  constructor(bounds: readonly number[]) {
    this.#bounds = bounds;
    this.#longer = bounds.map(() => 0);
  }

  add(tokens: number): void {
    this.rows += 1;
    this.longest = Math.max(this.longest, tokens);
    for (const [place, bound] of this.#bounds.entries()) {
      if (tokens > bound) this.#longer[place] = (this.#longer[place] ?? 0) + 1;
    }
  }

  /** By bound, in their order: how many rows are longer. */
  longer(): readonly { readonly tokens: number; readonly rows: number }[] {
    return this.#bounds.map((tokens, place) => ({ tokens, rows: this.#longer[place] ?? 0 }));
  }
}
