import { type RewardSpec, TrainingSpec, type TrainingSpecInput } from "@touchstone/contracts";
import { answersOfRow, type TrainingRow } from "@touchstone/datasets";
import type { z } from "zod";
import type { DataFile } from "../files/read-rows.ts";

/** Characters that a token of a small byte-level vocabulary stands for, in English; Chinese has fewer, and fits less often. */
const charactersPerToken = 3;
/** Contexts come in steps of this many tokens, between these bounds: attention's cost grows with the square. */
const contextStep = 64;
const longestContext = 384;

/**
 * A reward model without a trained policy to start from: a small network knows little, so what the words say and how they are written
 * stand beside it, and its likelihoods mean nothing yet. Measured in tests/experiments/strict-arguments and harmlessness.
 */
export const rewardFromData = {
  likelihood: 0,
  lexicalBuckets: 65_536,
  surface: true,
  freezeBody: true,
  // Words that good and bad answers share may drift together; held at zero, they would learn nothing else.
  objective: { kind: "bradley-terry", centring: 0 },
  learningRate: 2e-3,
} satisfies Partial<z.input<typeof RewardSpec>>;

/**
 * The language model that a reward model starts from where none was given: a small one of the data's own words. Held-out rows
 * stay out of it and of its tokenizer.
 */
export function startingPolicySpec(files: readonly Pick<DataFile, "rows">[]): TrainingSpec {
  const lengths = files.flatMap(({ rows }) => rows.flatMap(lengthsOf)).sort((a, b) => a - b);
  // Nineteen of twenty conversations whole; of the others the prompt's beginning is cut.
  const usual = (lengths[Math.floor(0.95 * lengths.length)] ?? 0) / charactersPerToken;
  const context = Math.min(longestContext, contextStep * Math.max(1, Math.ceil(usual / contextStep)));
  const spec: TrainingSpecInput = {
    trainer: "pretrain",
    steps: 40,
    batchSize: 16,
    learningRate: 4e-3,
    model: { vocab: 2_048, context, layers: 1, width: 64, hidden: 128 },
  };
  return TrainingSpec.parse(spec);
}

/** Characters of the conversations that a row holds. */
function lengthsOf(row: TrainingRow): number[] {
  const prompt = row.kind === "text" ? [] : row.prompt.map(({ content }) => content);
  return answersOfRow(row).map((text) => prompt.join("").length + text.length);
}
