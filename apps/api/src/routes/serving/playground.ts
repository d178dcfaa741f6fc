import { type AnswerAsk, type AnswerEvent, refused } from "@touchstone/contracts";
import type { ServingAsk, ServingNews } from "@touchstone/jobs";
import type { UnprovenAnswer } from "./answer-proof.ts";

/** @throws DomainError invalid_value where the user has not spoken last */
export function assertUserLast({ messages }: Pick<AnswerAsk, "messages">): void {
  const last = messages.at(-1)?.role;
  if (last !== "user") throw refused("servingLastTurn", { name: last ?? "nobody", at: "messages" });
}

/** What a worker is asked. @throws DomainError invalid_value where the user has not spoken last */
export function answerAsk({ messages, sampling, seed }: AnswerAsk): ServingAsk {
  assertUserLast({ messages });
  const { temperature, topP, maxNewTokens } = sampling;
  const length = maxNewTokens === undefined ? {} : { maxNewTokens };
  return { kind: "chat", messages, answers: 1, seed, sampling: { temperature, topP, stop: [], ...length } };
}

/** One answer bit by bit; at its end, when it is whole, what proves it. */
export async function* answerEvents(
  asked: AnswerAsk & { readonly modelId: string },
  all: AsyncIterable<ServingNews>,
  proofOf: (answer: UnprovenAnswer) => string,
): AsyncGenerator<AnswerEvent> {
  let whole = "";
  let end: "stop" | "length" | undefined;
  for await (const news of all) {
    if (news.type === "begun") yield { type: "begun", promptTokens: news.promptTokens };
    if (news.type !== "said") continue;
    for (const { text, tokens, finishReason } of news.said) {
      whole += text;
      end = finishReason ?? end;
      yield { type: "said", text, tokens };
    }
  }
  if (end === undefined) throw refused("servingBrokeOff");
  const { modelId, messages, sampling, seed } = asked;
  const proof = proofOf({ modelId, messages, sampling, seed, text: whole, finishReason: end });
  yield { type: "ended", finishReason: end, proof };
}
