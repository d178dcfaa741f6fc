import type { ShapedFormat } from "@touchstone/contracts";
import { hhPair } from "./hh.ts";
import { llamaFactoryAlpaca, llamaFactorySharegpt } from "./llama-factory.ts";
import { answerText, type PairShape } from "./pair.ts";
import { plainTurns } from "./turns.ts";

const marginIf = (wanted: boolean, margin: number) => (wanted ? { margin } : {});

/** TRL's preference type with an explicit prompt, conversational (dataset_formats): prompt, chosen, rejected. */
const trlPair: PairShape = ({ prompt, chosen, rejected, margin }, options) => ({
  prompt: plainTurns(prompt),
  chosen: plainTurns(chosen),
  rejected: plainTurns(rejected),
  ...marginIf(options.margin, margin),
});

/** ms-swift: `messages` end with the better answer, and `rejected_response` stands in its place; two of the same it drops. */
const msSwiftPair: PairShape = ({ prompt, chosen, rejected, margin }, options) =>
  answerText(chosen) === answerText(rejected)
    ? "sameText"
    : {
        messages: plainTurns([...prompt, ...chosen]),
        rejected_response: answerText(rejected),
        ...marginIf(options.margin, margin),
      };

/** NeMo-RL's preference set: the answers with their ranks, 0 the best; its trainer reads exactly two. */
const nemoRlPair: PairShape = ({ prompt, chosen, rejected }) => ({
  context: plainTurns(prompt),
  completions: [chosen, rejected].map((turns, rank) => ({ rank, completion: plainTurns(turns) })),
});

/** OpenAI's preference fine-tuning, which Azure, Fireworks and Together read too: one turn of the assistant on each side. */
const openAiPair: PairShape = ({ prompt, chosen, rejected }) => ({
  input: { messages: plainTurns(prompt) },
  preferred_output: plainTurns(chosen),
  non_preferred_output: plainTurns(rejected),
});

/** How each shape of pairs writes one. OpenRLHF reads turns under names that one gives it (`--data.prompt_key prompt` …). */
export const pairShapes = {
  "trl-preference-plain": trlPair,
  hh: hhPair,
  openrlhf: trlPair,
  "llama-factory-sharegpt": llamaFactorySharegpt,
  "llama-factory-alpaca": llamaFactoryAlpaca,
  "ms-swift": msSwiftPair,
  "nemo-rl": nemoRlPair,
  "openai-preference": openAiPair,
} satisfies Partial<Record<ShapedFormat, PairShape>>;

export type PairFormat = keyof typeof pairShapes;

export const isPairFormat = (format: string): format is PairFormat => Object.hasOwn(pairShapes, format);
