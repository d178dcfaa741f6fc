import type { EndpointLimits, EndpointSampling, Message } from "@touchstone/contracts";

/** What a call takes of a budget. */
export interface Cost {
  readonly tokens: number;
  /** In the endpoint's currency; 0 where prices are not stated. */
  readonly money: number;
}

/** What chat templates put around a turn, in tokens; more than any of those in use. */
const aroundTurn = 16;

export function costOf(
  { promptPrice, answerPrice }: Pick<EndpointLimits, "promptPrice" | "answerPrice">,
  promptTokens: number,
  answerTokens: number,
): Cost {
  const money = (promptTokens * (promptPrice ?? 0) + answerTokens * (answerPrice ?? 0)) / 1e6;
  return { tokens: promptTokens + answerTokens, money };
}

/**
 * The most that a call can cost: no tokenizer in use makes more tokens than a text has bytes, and no answer is longer than
 * was asked for.
 */
export function mostTokens(
  messages: readonly Message[],
  { maxNewTokens }: Pick<EndpointSampling, "maxNewTokens">,
): { promptTokens: number; answerTokens: number } {
  const prompt = messages.reduce((sum, { content }) => sum + Buffer.byteLength(content) + aroundTurn, aroundTurn);
  return { promptTokens: prompt, answerTokens: maxNewTokens };
}
