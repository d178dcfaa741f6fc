import { z } from "zod";
import { Message } from "../messages.ts";

/** Texts of one request: a batch of a trainer's. */
const mostItems = 256;
const Text = z.string().max(100_000);
/** Somebody's turn is never empty, as in `Message`. */
const Turn = Text.min(1);

/**
 * What a score is the sum of. `constant`: where the model's axis begins, the same for every answer. `network`: the trained network with its head.
 * `words`, `length`, `surface`: what is said, how long it is, and how it is written. `likelihood`: of the answer under the
 * language model. `states`, `lastState`: what a frozen language model makes of the answer, on average and at its end.
 * `disagreement`: what an ensemble takes off where its members differ.
 */
export const ScorePartName = z.enum([
  "constant",
  "network",
  "states",
  "lastState",
  "likelihood",
  "words",
  "length",
  "surface",
  "disagreement",
]);
export type ScorePartName = z.infer<typeof ScorePartName>;

export const ScorePart = z.object({ part: ScorePartName, value: z.number() });
export type ScorePart = z.infer<typeof ScorePart>;

export const ScoreRequest = z.strictObject({
  items: z
    .array(
      z.strictObject({
        prompt: z.union([z.array(Message).min(1).max(1_000), Turn]).describe("Turns, or the text of one by the user"),
        answer: Text,
      }),
    )
    .min(1)
    .max(mostItems),
  parts: z.boolean().default(false).describe("With what each score is the sum of"),
});
export type ScoreRequest = z.infer<typeof ScoreRequest>;

export const ScoreView = z.object({
  scores: z.array(
    z.object({
      score: z.number().describe("On the model's own axis; comparable within a prompt and a model only"),
      normalised: z.number().describe("Mean 0 and deviation 1 on the model's reference set"),
      truncated: z.boolean().describe("Whether its end was not read, as it is longer than the model's context"),
      parts: z
        .array(ScorePart)
        .nullable()
        .optional()
        .describe("Asked for: parts whose sum is `score`; null where the model is one network, which has none"),
      members: z.array(z.number()).optional().describe("Asked for: what each member of an ensemble says"),
    }),
  ),
});

export type ScoreView = z.infer<typeof ScoreView>;

/** A question of OpenRLHF's to a remote reward model: each `query` is its prompt and the answer, joined. */
export const RemoteRewardRequest = z.strictObject({
  query: z.array(Text).min(1).max(mostItems),
  prompts: z.array(Turn).min(1).max(mostItems),
  labels: z.array(z.unknown()).max(mostItems).nullish().describe("Not looked at"),
});
export type RemoteRewardRequest = z.infer<typeof RemoteRewardRequest>;

export const RemoteRewardView = z.object({
  rewards: z.array(z.number()).describe("Normalised scores"),
  scores: z.array(z.number()).describe("The same, which OpenRLHF filters by"),
  extra_logs: z.object({ raw_score: z.array(z.number()), truncated: z.array(z.number()) }),
});
