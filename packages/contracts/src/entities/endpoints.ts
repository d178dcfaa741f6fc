import { z } from "zod";
import { SamplingOptions } from "../training/sampling.ts";
import { SentenceValues } from "./run-facts.ts";
import { Id, Name, Timestamp, text } from "./scalars.ts";

/** Of a workspace. */
export const mostEndpoints = 50;

/** Of a million tokens, in the endpoint's currency. */
const Price = z.number().min(0).max(1_000_000);

/** What a run may ask of an endpoint at most. Budgets count from when they were last set to nothing spent. */
export const EndpointLimits = z.strictObject({
  atOnce: z.number().int().min(1).max(64).default(4).describe("Requests under way, of all runs together."),
  perMinute: z.number().int().min(1).max(100_000).nullable().default(null).describe("Requests begun within a minute."),
  seconds: z.number().int().min(1).max(600).default(120).describe("How long one answer may take."),
  tokens: z
    .number()
    .int()
    .min(1)
    .max(10 ** 12)
    .nullable()
    .default(null)
    .describe("Budget in tokens, of prompts and answers."),
  money: z
    .number()
    .positive()
    .max(10 ** 9)
    .nullable()
    .default(null)
    .describe("Budget in the currency; needs both prices."),
  promptPrice: Price.nullable().default(null).describe("Of a million tokens of prompts."),
  answerPrice: Price.nullable().default(null).describe("Of a million tokens of answers."),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .default("USD"),
});
export type EndpointLimits = z.infer<typeof EndpointLimits>;

/** Where OpenAI-compatible addresses differ. */
export const EndpointDialect = z.strictObject({
  lengthName: z
    .enum(["max_tokens", "max_completion_tokens"])
    .default("max_tokens")
    .describe("By what the longest answer is named; OpenAI's thinking models know the second alone."),
  seed: z.boolean().default(true).describe("Whether a seed is sent; some addresses refuse requests with one."),
});
export type EndpointDialect = z.infer<typeof EndpointDialect>;

/** How answers are drawn where a run says nothing else. */
export const EndpointSampling = SamplingOptions.omit({ advantageWeight: true }).extend({
  maxNewTokens: SamplingOptions.shape.maxNewTokens.removeDefault().default(512),
});
export type EndpointSampling = z.infer<typeof EndpointSampling>;

/** Sent as a bearer token, so no more than what a header can hold. */
const Key = z
  .string()
  .min(1)
  .max(4_000)
  .regex(/^[\x21-\x7e]+$/);
const BaseUrl = text(2_000, 1);
const Model = text(200, 1);

export const EndpointDraft = z.strictObject({
  name: Name,
  /** With what its API begins, mostly …/v1; `/chat/completions` is put behind it. */
  baseUrl: BaseUrl,
  model: Model,
  key: Key.optional(),
  limits: EndpointLimits.prefault({}),
  dialect: EndpointDialect.prefault({}),
  sampling: EndpointSampling.prefault({}),
});
export type EndpointDraft = z.infer<typeof EndpointDraft>;

/** Limits, dialect and sampling are replaced whole. */
export const EndpointChange = z.strictObject({
  name: Name.optional(),
  baseUrl: BaseUrl.optional(),
  model: Model.optional(),
  /** Null removes it. */
  key: Key.nullable().optional(),
  limits: EndpointLimits.optional(),
  dialect: EndpointDialect.optional(),
  sampling: EndpointSampling.optional(),
  /** Budgets count from now on. */
  countAnew: z.literal(true).optional(),
});
export type EndpointChange = z.infer<typeof EndpointChange>;

/** An address whose model answers prompts. Its key is in no answer. */
export const EndpointView = z.object({
  id: Id,
  name: z.string(),
  baseUrl: z.string(),
  model: z.string(),
  hasKey: z.boolean(),
  limits: EndpointLimits,
  dialect: EndpointDialect,
  sampling: EndpointSampling,
  /** What was spent, with the most that calls may have cost of whose end nothing is known. */
  spent: z.object({ tokens: z.number(), money: z.number() }),
  /** Runs that have not ended; while there are any it can't be deleted. */
  runsUnderWay: z.number().int(),
  createdAt: Timestamp,
});
export type EndpointView = z.infer<typeof EndpointView>;

/** Why there is no answer. */
const AskingFault = z.object({ message: z.string(), reason: z.string(), values: SentenceValues });

/** What became of one short question. */
export const EndpointTestView = z.object({
  /** What it answered; null where there is a fault. */
  text: z.string().nullable(),
  /** As the address itself calls the model that answered. */
  model: z.string().nullable(),
  finishReason: z.string().nullable(),
  promptTokens: z.number().int().nullable(),
  answerTokens: z.number().int().nullable(),
  durationMs: z.number().int(),
  fault: AskingFault.nullable(),
});
export type EndpointTestView = z.infer<typeof EndpointTestView>;

/** What became of all that a run asked of an endpoint. */
export const RunAskedView = z.object({
  /** Null where it was deleted since. */
  endpoint: z.object({ id: Id, name: z.string(), model: z.string() }).nullable(),
  /** Each prompt so often as answers were wanted of it. */
  wanted: z.number().int(),
  answered: z.number().int(),
  /** Given up, and not asked again. */
  failed: z.number().int(),
  /** Requests, those included that were repeated. */
  requests: z.number().int(),
  /** Requests whose answer was lost with its worker; they may be paid and were made again. */
  lost: z.number().int(),
  finishReasons: z.array(z.object({ reason: z.string(), count: z.number().int() })),
  /** Of answers, in tokens as the endpoint counts them; null where it counts none. */
  lengths: z.object({ median: z.number(), p90: z.number(), longest: z.number() }).nullable(),
  spent: z.object({ promptTokens: z.number(), answerTokens: z.number(), unknownTokens: z.number() }),
  /** Why requests failed, the most frequent first. */
  faults: z.array(AskingFault.extend({ count: z.number().int() })),
  /** Answers in which the model says what it is, once the run has ended. */
  selfNamed: z.number().int(),
});
export type RunAskedView = z.infer<typeof RunAskedView>;
