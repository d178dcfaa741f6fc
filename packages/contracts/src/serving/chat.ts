import { z } from "zod";

/** As `Message` bounds it. */
const longestText = 100_000;
const nothing = z.null().optional();
/** What clients echo of an earlier answer although there is nothing in it. */
const emptyList = z.array(z.never()).max(0).nullish();

/** Never empty, as no turn is: a chat page that sends its empty place for the answer along is told so. */
const Content = z
  .union([
    z.string().max(longestText),
    z
      .array(z.strictObject({ type: z.literal("text"), text: z.string().max(longestText) }))
      .min(1)
      .max(100)
      .transform((parts) => parts.map(({ text }) => text).join("")),
  ])
  .refine((text) => text !== "", "must not be empty");

/** A turn as OpenAI's clients send it: text alone, as no template here writes pictures or calls of tools. */
const ChatTurn = z.strictObject({
  role: z.enum(["system", "developer", "user", "assistant"]),
  content: Content,
  refusal: nothing,
  audio: nothing,
  function_call: nothing,
  tool_calls: emptyList,
  annotations: emptyList,
});

/**
 * OpenAI's request for a chat completion. What would change an answer and is not done here is refused by its name; what says
 * in another way that nothing is asked for (0, null, an empty list) is let pass, since clients send it unasked.
 */
export const ChatRequest = z.strictObject({
  model: z.string().min(1).max(300).describe("As GET /v1/models calls it, or the model's id"),
  messages: z.array(ChatTurn).min(1).max(1_000),
  n: z.number().int().min(1).max(8).nullish(),
  max_tokens: z.number().int().min(1).max(1_000_000).nullish(),
  max_completion_tokens: z.number().int().min(1).max(1_000_000).nullish(),
  temperature: z.number().min(0).max(2).nullish(),
  top_p: z.number().min(0).max(1).nullish(),
  seed: z
    .number()
    .int()
    .min(-(2 ** 53 - 1))
    .max(2 ** 53 - 1)
    .nullish(),
  stop: z.union([z.string().min(1).max(100), z.array(z.string().min(1).max(100)).max(4)]).nullish(),
  stream: z.boolean().nullish(),
  stream_options: z
    .strictObject({ include_usage: z.boolean().nullish(), include_obfuscation: z.literal(false).nullish() })
    .nullish(),
  user: z.string().max(1_000).nullish().describe("Not looked at"),
  frequency_penalty: z.literal(0).nullish(),
  presence_penalty: z.literal(0).nullish(),
  logit_bias: z.strictObject({}).nullish(),
  logprobs: z.literal(false).nullish(),
  top_logprobs: z.literal(0).nullish(),
  response_format: z.strictObject({ type: z.literal("text") }).nullish(),
  tools: emptyList,
  tool_choice: z.literal("none").nullish(),
  store: z.literal(false).nullish(),
});
export type ChatRequest = z.infer<typeof ChatRequest>;

const FinishReason = z.enum(["stop", "length"]);
const Usage = z.object({
  prompt_tokens: z.number().int(),
  completion_tokens: z.number().int(),
  total_tokens: z.number().int(),
});
export type ChatUsage = z.infer<typeof Usage>;
const head = { id: z.string(), created: z.number().int(), model: z.string(), system_fingerprint: z.string() };

export const ChatCompletion = z.object({
  ...head,
  object: z.literal("chat.completion"),
  choices: z.array(
    z.object({
      index: z.number().int(),
      message: z.object({ role: z.literal("assistant"), content: z.string(), refusal: z.null() }),
      logprobs: z.null(),
      finish_reason: FinishReason,
    }),
  ),
  usage: Usage,
});

/** One event of a streamed completion. */
export const ChatChunk = z.object({
  ...head,
  object: z.literal("chat.completion.chunk"),
  choices: z.array(
    z.object({
      index: z.number().int(),
      delta: z.object({ role: z.literal("assistant").optional(), content: z.string().optional() }),
      logprobs: z.null(),
      finish_reason: FinishReason.nullable(),
    }),
  ),
  usage: Usage.nullable().optional(),
});
export type ChatChunk = z.infer<typeof ChatChunk>;

export const ServedModel = z.object({
  id: z.string(),
  object: z.literal("model"),
  created: z.number().int(),
  owned_by: z.string(),
});
export type ServedModel = z.infer<typeof ServedModel>;
export const ServedModels = z.object({ object: z.literal("list"), data: z.array(ServedModel) });

/** What OpenAI's clients read of an error. */
export interface ChatError {
  readonly error: {
    readonly message: string;
    readonly type: string;
    readonly param: string | null;
    readonly code: string;
  };
}
