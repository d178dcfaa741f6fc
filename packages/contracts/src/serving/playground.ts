import { z } from "zod";
import { Id } from "../entities/scalars.ts";
import { Problem } from "../problem.ts";

/** As `Message` bounds it. */
const longestText = 100_000;
const mostTurns = 1_000;

/** A turn of a conversation with a model: text alone, and never empty, as in `Message`. */
export const PlainTurn = z.strictObject({
  role: z.enum(["system", "user", "assistant"]),
  content: z.string().min(1).max(longestText),
});
export type PlainTurn = z.infer<typeof PlainTurn>;

const PlainTurns = z.array(PlainTurn).min(1).max(mostTurns);

/** How an answer is drawn. */
export const AnswerSampling = z.strictObject({
  temperature: z.number().min(0).max(2).default(1),
  topP: z.number().min(0).max(1).default(1),
  maxNewTokens: z.number().int().min(1).max(1_000_000).optional().describe("Without it an answer may fill the context"),
});
export type AnswerSampling = z.infer<typeof AnswerSampling>;

/** The largest seed that an answer is kept with. */
export const largestSeed = 2 ** 31 - 1;
const Seed = z.number().int().min(0).max(largestSeed);

export const AnswerAsk = z.strictObject({
  messages: PlainTurns,
  sampling: AnswerSampling.prefault({}),
  seed: Seed,
});
export type AnswerAsk = z.infer<typeof AnswerAsk>;

/**
 * What a model says bit by bit. Only `ended` makes an answer whole, and proves what it was: of a registered policy; of a model
 * behind an endpoint there is no proof, and only its address counts tokens, at the end.
 */
export const AnswerEvent = z.discriminatedUnion("type", [
  z.object({ type: z.literal("begun"), promptTokens: z.number().int() }),
  z.object({
    type: z.literal("said"),
    text: z.string(),
    tokens: z.number().int().describe("All so far; behind an endpoint, pieces"),
  }),
  z.object({
    type: z.literal("ended"),
    finishReason: z.enum(["stop", "length"]),
    proof: z.string().nullable(),
    promptTokens: z.number().int().nullable().optional().describe("As the endpoint's address counts them"),
    tokens: z.number().int().nullable().optional(),
  }),
  z.object({ type: z.literal("failed"), problem: Problem }),
]);
export type AnswerEvent = z.infer<typeof AnswerEvent>;

/** An answer as it was given, whole, with what proves that it was given so. */
const GivenAnswer = z.strictObject({
  modelId: Id,
  messages: PlainTurns,
  sampling: AnswerSampling,
  seed: Seed,
  text: z.string().max(longestText),
  finishReason: z.enum(["stop", "length"]),
  proof: z.string().min(1).max(200).describe("As the stream of the answer ended with it"),
});
export type GivenAnswer = z.infer<typeof GivenAnswer>;

/** Two answers to one conversation, for people to judge. */
export const PairToAsk = z.strictObject({
  questionnaire: z.string().min(1).max(200).describe("By its name; its newest version is asked"),
  overlap: z.number().int().min(1).max(100).optional().describe("Judgements wanted; as the project's, without it"),
  selfNamed: z
    .enum(["hold", "ask"])
    .default("hold")
    .describe("Answers in which a model says what it is are refused, or asked about all the same"),
  answers: z.tuple([GivenAnswer, GivenAnswer]),
});
export type PairToAsk = z.infer<typeof PairToAsk>;

export const AskedPairView = z.object({
  taskId: Id,
  /** The very pair was asked about before, so that nothing was added. */
  already: z.boolean(),
  overlap: z.number().int(),
});
export type AskedPairView = z.infer<typeof AskedPairView>;
