import {
  type AnswerAsk,
  type AnswerEvent,
  askingReasons,
  DomainError,
  type EndpointSampling,
  sentenceOf,
} from "@touchstone/contracts";
import { type CompletionFault, type CompletionOutcome, type Outgoing, streamCompletion } from "@touchstone/outgoing";
import { type AskableEndpoint, beginTalk, type Database, endTalk, mostTokens } from "@touchstone/persistence";

interface Place {
  readonly db: Database;
  readonly outgoing: Outgoing;
  readonly workspaceId: string;
}

/** What is known of an answer that nobody waited for. */
const unknownEnd: CompletionOutcome = { status: null, answer: null, fault: null, retryAfterMs: null, durationMs: 0 };

/** As runs ask at most. */
const longestAnswer = 4_096;

/** How answers are drawn here; what the page does not set is as the endpoint has it. */
function samplingOf(
  own: EndpointSampling,
  { temperature, topP, maxNewTokens }: AnswerAsk["sampling"],
): EndpointSampling {
  return { ...own, temperature, topP, maxNewTokens: Math.min(maxNewTokens ?? own.maxNewTokens, longestAnswer) };
}

/**
 * One answer of the model behind an endpoint, bit by bit, asked once: within the endpoint's limits and budget, and counted as its
 * runs are. Nobody knows what an answer cost that was stopped, or that broke off, so it stays counted with the most.
 *
 * @throws DomainError where there is no room, and whatever the address did instead of answering
 */
export async function* endpointEvents(
  { db, outgoing, workspaceId }: Place,
  endpoint: AskableEndpoint,
  { messages, sampling: asked, seed }: AnswerAsk,
  signal: AbortSignal,
): AsyncGenerator<AnswerEvent> {
  const { id, baseUrl, model, key, dialect, limits } = endpoint;
  const sampling = samplingOf(endpoint.sampling, asked);
  const talk = await beginTalk(db, workspaceId, id, mostTokens(messages, sampling));
  const wholeMs = limits.seconds * 1000;
  const question = { baseUrl, model, key, dialect, sampling, messages, seed, wholeMs, signal };
  const pieces = streamCompletion(outgoing, question);
  let end = unknownEnd;
  try {
    let tokens = 0;
    for (;;) {
      const next = await pieces.next();
      if (next.done) {
        end = next.value;
        break;
      }
      tokens++;
      yield { type: "said", text: next.value, tokens };
    }
  } finally {
    // Whoever reads no further lets go of the connection too.
    await pieces.return(unknownEnd).catch(() => undefined);
    await endTalk(db, id, talk, end);
  }
  if (end.fault) throw refusalOf(end.fault);
  const { finishReason = "", promptTokens = null, answerTokens = null } = end.answer ?? {};
  yield {
    type: "ended",
    finishReason: finishReason === "length" ? "length" : "stop",
    ...{ proof: null, promptTokens, tokens: answerTokens },
  };
}

/** Why there is no answer, as a refusal is told: by a reason of the table, which each language has words for. */
function refusalOf({ reason, values }: CompletionFault): DomainError {
  return new DomainError("invalid_value", sentenceOf(askingReasons[reason], values), { reason, values: { ...values } });
}
