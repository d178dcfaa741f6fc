import type { Readable } from "node:stream";
import { z } from "zod";
import {
  bodyOf,
  type CompletionFault,
  type CompletionOutcome,
  type CompletionRequest,
  completionsUrl,
  headersWith,
  jsonOf,
  outgoingFault,
  type Read,
  readAnswer,
  storable,
} from "./chat-completion.ts";
import type { Outgoing, OutgoingAnswer } from "./outgoing.ts";
import { retryAfterOf } from "./retry-after.ts";
import { beginningOfKey, holdsKey } from "./secret-in-text.ts";

/** A token is told in some 300 bytes: more than any answer of 4,096 of them takes. */
const mostBytes = 16 * 2 ** 20;
/** Characters, as an answer is bounded wherever it is kept. */
const longestText = 100_000;

const Counted = z
  .number()
  .int()
  .min(0)
  .max(2 ** 31 - 1);
const Chunk = z.object({
  model: z.string().nullish().catch(null),
  choices: z
    .array(
      z.object({
        delta: z
          .object({ content: z.string().nullish().catch(null) })
          .nullish()
          .catch(null),
        finish_reason: z.string().nullish().catch(null),
      }),
    )
    .catch([]),
  usage: z
    .object({ prompt_tokens: Counted.nullish().catch(null), completion_tokens: Counted.nullish().catch(null) })
    .nullish()
    .catch(null),
});
const Broken = z.object({ error: z.unknown().refine((error) => error !== null && error !== undefined) });

/**
 * Asks once for an answer that comes bit by bit. Yields what it says and returns what became of it, as `askCompletion` does; an
 * answer that is not whole is a fault. Nothing that may be paid is asked again: only where an address refuses to be asked how
 * much it took, before it has said a word, it is asked without.
 *
 * @throws what the signal was aborted with
 */
export async function* streamCompletion(
  outgoing: Outgoing,
  request: CompletionRequest,
): AsyncGenerator<string, CompletionOutcome> {
  const began = performance.now();
  const first = yield* asked(outgoing, request, { stream: true, stream_options: { include_usage: true } });
  const counts = first.fault?.reason !== "endpointRefused";
  const { status, answer, fault, retryAfterMs } = counts ? first : yield* asked(outgoing, request, { stream: true });
  return { status, answer, fault, retryAfterMs, durationMs: Math.round(performance.now() - began) };
}

type Asked = Omit<CompletionOutcome, "durationMs">;

async function* asked(
  outgoing: Outgoing,
  request: CompletionRequest,
  streamed: Readonly<Record<string, unknown>>,
): AsyncGenerator<string, Asked> {
  const { baseUrl, key, wholeMs, signal } = request;
  let status: number | null = null;
  try {
    const answer = await outgoing.request(completionsUrl(baseUrl), {
      method: "POST",
      headers: headersWith(key, "text/event-stream, application/json"),
      body: bodyOf(request, streamed),
      limits: { answerMs: wholeMs, idleMs: wholeMs, wholeMs, bytes: mostBytes, redirects: 0 },
      ...(signal === undefined ? {} : { signal }),
    });
    status = answer.status;
    const isStream =
      status >= 200 && status < 300 && /^text\/event-stream\b/i.test(answer.headers["content-type"] ?? "");
    const read = isStream ? yield* readStream(answer, key) : yield* readWhole(answer, key);
    return { status, ...read, retryAfterMs: retryAfterOf(answer) };
  } catch (error) {
    return { status, answer: null, fault: outgoingFault(error), retryAfterMs: null };
  }
}

/** An address that knows no streams says all at once. */
async function* readWhole(answer: OutgoingAnswer, key: string | null): AsyncGenerator<string, Read> {
  const read = await readAnswer(answer, key);
  if (read.answer) yield read.answer.text;
  return read;
}

async function* readStream({ body, url }: OutgoingAnswer, key: string | null): AsyncGenerator<string, Read> {
  const host = new URL(url).hostname;
  const gaveUp = (reason: CompletionFault["reason"], next: CompletionFault["next"], values = {}): Read => ({
    answer: null,
    fault: { reason, values: { host, ...values }, next, mayBePaid: true },
  });
  let text = "";
  let told = 0;
  let model: string | null = null;
  let finish: string | null = null;
  let usage: z.infer<typeof Chunk>["usage"];
  let done = false;
  try {
    for await (const data of eventsIn(body)) {
      if (data === "[DONE]") {
        done = true;
        break;
      }
      if (holdsKey(data, key)) return gaveUp("endpointEchoesKey", "stop");
      const json = jsonOf(data);
      if (Broken.safeParse(json).success) return gaveUp("endpointBroken", "leave", { status: 200 });
      const chunk = Chunk.safeParse(json);
      if (!chunk.success) return gaveUp("endpointNoCompletion", "leave");
      const [choice] = chunk.data.choices;
      model ??= chunk.data.model ?? null;
      usage = chunk.data.usage ?? usage;
      finish = choice?.finish_reason ?? finish;
      text += storable(choice?.delta?.content ?? "");
      if (text.length > longestText) return gaveUp("outgoingTooLarge", "leave", { limit: longestText });
      if (holdsKey(text, key)) return gaveUp("endpointEchoesKey", "stop");
      const safe = text.length - beginningOfKey(text, key);
      if (safe > told) yield text.slice(told, safe);
      told = Math.max(told, safe);
    }
  } finally {
    body.destroy();
  }
  if (!done && finish === null) return gaveUp("outgoingBrokeOff", "again");
  if (text.trim() === "") return gaveUp("endpointEmpty", "leave", { finish: finish ?? "unknown" });
  if (text.length > told) yield text.slice(told);
  return {
    answer: {
      text,
      finishReason: storable(finish ?? "unknown").slice(0, 40),
      model: model === null ? null : storable(model).slice(0, 200),
      promptTokens: usage?.prompt_tokens ?? null,
      answerTokens: usage?.completion_tokens ?? null,
    },
    fault: null,
  };
}

/** The data of each event of a stream (WHATWG, server-sent events), comments and other fields left out. */
async function* eventsIn(body: Readable): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const bytes of body) {
    const lines = `${rest}${decoder.decode(bytes, { stream: true })}`.split(/\r\n|\n|\r/);
    rest = lines.pop() ?? "";
    // Every known address sends an event as one line of data.
    for (const line of lines) if (line.startsWith("data:")) yield line.slice("data:".length).trim();
  }
  if (rest.startsWith("data:")) yield rest.slice("data:".length).trim();
}
