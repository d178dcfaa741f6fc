import { text as textOf } from "node:stream/consumers";
import {
  type AskingReason,
  DomainError,
  type EndpointDialect,
  type EndpointSampling,
  type Message,
} from "@touchstone/contracts";
import { z } from "zod";
import type { Outgoing, OutgoingAnswer } from "./outgoing.ts";
import { retryAfterOf } from "./retry-after.ts";
import { holdsKey, holdsPieceOfKey } from "./secret-in-text.ts";

/** One question for a model behind an address. */
export interface CompletionRequest {
  /** With what the API begins; `/chat/completions` is put behind it. */
  readonly baseUrl: string;
  readonly model: string;
  /** Sent as a bearer token. */
  readonly key: string | null;
  readonly dialect: EndpointDialect;
  readonly sampling: EndpointSampling;
  readonly messages: readonly Message[];
  readonly seed: number;
  /** How long the whole may take, in milliseconds. */
  readonly wholeMs: number;
  readonly signal?: AbortSignal;
}

export interface CompletionAnswer {
  readonly text: string;
  /** In the address's own word: `stop`, `length`, `content_filter`. */
  readonly finishReason: string;
  /** As the address calls the model that answered. */
  readonly model: string | null;
  /** As the address counts them; null where it does not. */
  readonly promptTokens: number | null;
  readonly answerTokens: number | null;
}

export interface CompletionFault {
  readonly reason: AskingReason;
  readonly values: Readonly<Record<string, string | number>>;
  /** What is best done: ask the same again, leave this prompt, or ask no more at all. */
  readonly next: "again" | "leave" | "stop";
  /** Whether the address may have worked for it, and may count it. */
  readonly mayBePaid: boolean;
}

export interface CompletionOutcome {
  readonly status: number | null;
  readonly answer: CompletionAnswer | null;
  readonly fault: CompletionFault | null;
  /** What the address asked to be spared, in milliseconds. */
  readonly retryAfterMs: number | null;
  readonly durationMs: number;
}

/** More than any answer of 4,096 tokens, with what some addresses say beside it. */
const mostBytes = 2 ** 20;
const longestSaid = 200;
const longestWord = 40;

const Counted = z
  .number()
  .int()
  .min(0)
  .max(2 ** 31 - 1);
/** Of what an address answers, what is read; some send the text in parts. */
const Completion = z.object({
  model: z.string().nullish().catch(null),
  choices: z
    .array(
      z.object({
        message: z.object({
          content: z
            .union([z.string(), z.array(z.object({ text: z.string().catch("") })), z.null()])
            .optional()
            .transform((said) => (Array.isArray(said) ? said.map(({ text }) => text).join("") : (said ?? ""))),
        }),
        finish_reason: z.string().nullish().catch(null),
      }),
    )
    .min(1),
  usage: z
    .object({ prompt_tokens: Counted.nullish().catch(null), completion_tokens: Counted.nullish().catch(null) })
    .nullish()
    .catch(null),
});
/** The shapes in which addresses say what is wrong. */
const Said = z.union([
  z.object({ error: z.object({ message: z.string(), code: z.union([z.string(), z.number()]).nullish().catch(null) }) }),
  z.object({ error: z.string() }).transform(({ error }) => ({ error: { message: error, code: null } })),
  z.object({ message: z.string() }).transform(({ message }) => ({ error: { message, code: null } })),
  z.object({ detail: z.string() }).transform(({ detail }) => ({ error: { message: detail, code: null } })),
]);

/** Where completions are asked for: a query, which some clouds want, stays behind the path. */
export function completionsUrl(baseUrl: string): string {
  const url = new URL(baseUrl);
  const path = url.pathname.replace(/\/+$/, "");
  url.pathname = path.endsWith("/chat/completions") ? path : `${path}/chat/completions`;
  return url.href;
}

/** Nothing is sent that an address may not know, unless it says something. */
export function bodyOf(
  { model, messages, sampling, dialect, seed }: CompletionRequest,
  streamed: Readonly<Record<string, unknown>> = { stream: false },
): string {
  const { temperature, topP, topK, stop, maxNewTokens } = sampling;
  return JSON.stringify({
    model,
    messages: messages.map(({ role, content }) => ({ role, content })),
    [dialect.lengthName]: maxNewTokens,
    temperature,
    ...(topP === 1 ? {} : { top_p: topP }),
    ...(topK === 0 ? {} : { top_k: topK }),
    ...(stop === undefined || stop.length === 0 ? {} : { stop }),
    ...(dialect.seed ? { seed } : {}),
    ...streamed,
  });
}

/** Asks once. Never throws for what the other side does, or for an address that may not be reached; it throws what the signal was aborted with. */
export async function askCompletion(outgoing: Outgoing, request: CompletionRequest): Promise<CompletionOutcome> {
  const { baseUrl, key, wholeMs, signal } = request;
  const began = performance.now();
  const since = () => Math.round(performance.now() - began);
  try {
    const answer = await outgoing.request(completionsUrl(baseUrl), {
      method: "POST",
      headers: headersWith(key, "application/json"),
      body: bodyOf(request),
      // The head comes when the whole answer is written, so it may take as long as that.
      limits: { answerMs: wholeMs, idleMs: wholeMs, wholeMs, bytes: mostBytes, redirects: 0 },
      ...(signal === undefined ? {} : { signal }),
    });
    const read = await readAnswer(answer, key);
    return { status: answer.status, ...read, retryAfterMs: retryAfterOf(answer), durationMs: since() };
  } catch (error) {
    return { status: null, answer: null, fault: outgoingFault(error), retryAfterMs: null, durationMs: since() };
  }
}

/** What it means that an address can't be asked, or breaks off. @throws the error, where it is nothing of the network's */
export function outgoingFault(error: unknown): CompletionFault {
  if (!(error instanceof DomainError) || !isOutgoing(error.reason)) throw error;
  return { reason: error.reason, values: error.values ?? {}, ...afterOutgoing(error.reason) };
}

export const headersWith = (key: string | null, accept: string): Record<string, string> => ({
  "content-type": "application/json",
  accept,
  ...(key === null ? {} : { authorization: `Bearer ${key}` }),
});

export type Read = Pick<CompletionOutcome, "answer" | "fault">;

export async function readAnswer(answer: OutgoingAnswer, key: string | null): Promise<Read> {
  const { status } = answer;
  const host = new URL(answer.url).hostname;
  if (status >= 300 && status < 400) {
    answer.body.destroy();
    return refusal({ reason: "endpointRedirects", values: { host, status }, next: "stop" });
  }
  const body = await textOf(answer.body);
  if (status < 200 || status >= 300) return refusal(refusalOf(status, host, body, key));
  const parsed = Completion.safeParse(jsonOf(body));
  const [choice] = parsed.data?.choices ?? [];
  if (!parsed.success || choice === undefined) {
    const values = { host };
    return { answer: null, fault: { reason: "endpointNoCompletion", values, next: "leave", mayBePaid: true } };
  }
  if (holdsKey(body, key)) {
    return { answer: null, fault: { reason: "endpointEchoesKey", values: { host }, next: "stop", mayBePaid: true } };
  }
  const text = storable(choice.message.content);
  const finishReason = storable(choice.finish_reason ?? "unknown").slice(0, longestWord);
  if (text.trim() === "") {
    const values = { host, finish: finishReason };
    return { answer: null, fault: { reason: "endpointEmpty", values, next: "leave", mayBePaid: true } };
  }
  const { model, usage } = parsed.data;
  const promptTokens = usage?.prompt_tokens ?? null;
  const answerTokens = usage?.completion_tokens ?? null;
  const named = model ? storable(model).slice(0, longestSaid) : null;
  return { answer: { text, finishReason, model: named, promptTokens, answerTokens }, fault: null };
}

type Refusal = Pick<CompletionFault, "reason" | "values" | "next">;

function refusal(fault: Refusal): Read {
  return { answer: null, fault: { ...fault, mayBePaid: false } };
}

function refusalOf(status: number, host: string, body: string, key: string | null): Refusal {
  const { message = "", code = null } = Said.safeParse(jsonOf(body)).data?.error ?? {};
  const whole = storable(message).replaceAll(/\s+/gu, " ").trim();
  // Addresses quote keys that they do not know, whole or with a gap in the middle.
  const said = holdsPieceOfKey(whole, key) ? "" : whole.slice(0, longestSaid);
  const values = { host, status };
  if (status === 401) return { reason: "endpointKeyRefused", values, next: "stop" };
  if (status === 402 || code === "insufficient_quota") return { reason: "endpointQuota", values, next: "stop" };
  if (status === 404 || status === 405 || status === 410) {
    return { reason: "endpointNotFound", values: { ...values, said }, next: "stop" };
  }
  if (status === 429 || status === 503 || status === 529) return { reason: "endpointBusy", values, next: "again" };
  if (status === 408 || status === 409 || status === 425 || (status >= 500 && status !== 501)) {
    return { reason: "endpointBroken", values, next: "again" };
  }
  return { reason: "endpointRefused", values: { ...values, said }, next: "leave" };
}

const outgoingThen = {
  outgoingNoAddress: "stop",
  outgoingScheme: "stop",
  outgoingCredentials: "stop",
  outgoingPrivate: "stop",
  outgoingCertificate: "stop",
  outgoingRedirects: "stop",
  outgoingRedirectNowhere: "stop",
  outgoingUnknownHost: "again",
  outgoingUnreachable: "again",
  outgoingSlowConnection: "again",
  outgoingSlowAnswer: "again",
  outgoingStalled: "again",
  outgoingTooLong: "again",
  outgoingBrokeOff: "again",
  outgoingDamaged: "again",
  outgoingTooLarge: "leave",
  outgoingEncoding: "leave",
  outgoingNotHttp: "leave",
} as const satisfies Partial<Record<AskingReason, CompletionFault["next"]>>;

function isOutgoing(reason: string | undefined): reason is keyof typeof outgoingThen {
  return reason !== undefined && Object.hasOwn(outgoingThen, reason);
}

/** Faults after which the request had surely not arrived. */
const neverArrived: ReadonlySet<string> = new Set([
  ...["outgoingUnknownHost", "outgoingUnreachable", "outgoingSlowConnection"],
]);

function afterOutgoing(reason: keyof typeof outgoingThen): Pick<CompletionFault, "next" | "mayBePaid"> {
  const next = outgoingThen[reason];
  return { next, mayBePaid: next !== "stop" && !neverArrived.has(reason) };
}

export function jsonOf(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** As Postgres can keep it. */
export function storable(text: string): string {
  return text.toWellFormed().replaceAll("\0", "\uFFFD");
}
