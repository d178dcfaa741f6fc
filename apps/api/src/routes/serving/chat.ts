import { randomInt, randomUUID } from "node:crypto";
import { type ChatChunk, type ChatCompletion, type ChatRequest, type ChatUsage, refused } from "@touchstone/contracts";
import type { ServingAsk, ServingNews } from "@touchstone/jobs";
import type { z } from "zod";

type Completion = z.infer<typeof ChatCompletion>;
type Chat = Extract<ServingAsk, { kind: "chat" }>;

/** What a worker is asked. @throws DomainError invalid_value where two fields disagree */
export function chatAsk(request: ChatRequest): Chat {
  const { messages, n, seed, temperature, top_p, stop, max_tokens, max_completion_tokens } = request;
  if (max_tokens != null && max_completion_tokens != null && max_tokens !== max_completion_tokens)
    throw refused("servingUnsupported", { name: "max_tokens", at: "max_tokens" });
  if (request.stream_options != null && request.stream !== true)
    throw refused("servingUnsupported", { name: "stream_options", at: "stream_options" });
  const maxNewTokens = max_completion_tokens ?? max_tokens ?? undefined;
  return {
    kind: "chat",
    messages: messages.map(({ role, content }) => ({ role: role === "developer" ? "system" : role, content })),
    answers: n ?? 1,
    seed: seed ?? randomInt(2 ** 47),
    sampling: {
      temperature: temperature ?? 1,
      topP: top_p ?? 1,
      stop: stop == null ? [] : [stop].flat(),
      ...(maxNewTokens === undefined ? {} : { maxNewTokens }),
    },
  };
}

/** What all parts of one completion begin with. */
function headOf(model: string) {
  return {
    id: `chatcmpl-${randomUUID()}`,
    created: Math.floor(Date.now() / 1_000),
    model,
    system_fingerprint: "touchstone",
  };
}

/** How many tokens were read and said, as far as it is told. */
function openUsage() {
  let promptTokens = 0;
  const said = new Map<number, number>();
  return {
    hear(news: ServingNews): void {
      if (news.type === "begun") promptTokens = news.promptTokens;
      if (news.type === "said") for (const { answer, tokens } of news.said) said.set(answer, tokens);
    },
    sum(): ChatUsage {
      const answerTokens = [...said.values()].reduce((sum, tokens) => sum + tokens, 0);
      return {
        prompt_tokens: promptTokens,
        completion_tokens: answerTokens,
        total_tokens: promptTokens + answerTokens,
      };
    },
  };
}

/** The whole of it, once it is whole. */
export async function wholeCompletion(
  model: string,
  answers: number,
  all: AsyncIterable<ServingNews>,
): Promise<Completion> {
  const head = headOf(model);
  const usage = openUsage();
  const choices = Array.from({ length: answers }, (_, index) => ({
    index,
    message: { role: "assistant" as const, content: "", refusal: null },
    logprobs: null,
    finish_reason: "length" as "stop" | "length",
  }));
  for await (const news of all) {
    usage.hear(news);
    if (news.type !== "said") continue;
    for (const { answer, text, finishReason } of news.said) {
      const choice = choices[answer];
      if (!choice) continue;
      choice.message.content += text;
      if (finishReason !== undefined) choice.finish_reason = finishReason;
    }
  }
  return { ...head, object: "chat.completion", choices, usage: usage.sum() };
}

/** Its parts, as they are said; whoever asked for it gets the usage as the last of them. */
export async function* chunksOf(
  model: string,
  { answers, withUsage }: { readonly answers: number; readonly withUsage: boolean },
  all: AsyncIterable<ServingNews>,
): AsyncGenerator<ChatChunk> {
  const usage = openUsage();
  const head = { ...headOf(model), object: "chat.completion.chunk" as const };
  const unknownYet = withUsage ? { usage: null } : {};
  const chunk = (index: number, delta: ChatChunk["choices"][number]["delta"], finish: "stop" | "length" | null) => ({
    ...head,
    choices: [{ index, delta, logprobs: null, finish_reason: finish }],
    ...unknownYet,
  });
  for await (const news of all) {
    usage.hear(news);
    if (news.type === "begun")
      for (let index = 0; index < answers; index++) yield chunk(index, { role: "assistant", content: "" }, null);
    if (news.type !== "said") continue;
    for (const { answer, text, finishReason } of news.said) {
      if (text !== "") yield chunk(answer, { content: text }, null);
      if (finishReason !== undefined) yield chunk(answer, {}, finishReason);
    }
  }
  if (withUsage) yield { ...head, choices: [], usage: usage.sum() };
}
