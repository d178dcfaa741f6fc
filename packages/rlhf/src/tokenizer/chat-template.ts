import type { Message } from "@touchstone/contracts";
import { special } from "./special-tokens.ts";
import type { Tokenizer } from "./tokenizer.ts";

/**
 * A conversation up to the turn that is to be answered:
 * `<|bos|> (<|system|> …)? (<|user|> …  <|assistant|> … <|eos|>)* <|user|> … <|assistant|>`.
 * Earlier answers keep the end-of-sequence that they were trained with.
 */
export function encodePrompt(tokenizer: Tokenizer, messages: readonly Message[]): number[] {
  const turns = messages.flatMap(({ role, content }) => [
    special[role],
    ...tokenizer.encode(content),
    ...(role === "assistant" ? [special.eos] : []),
  ]);
  return [special.bos, ...turns, special.assistant];
}

/** An answer with the end that the policy must learn to say and the reward model reads. */
export function encodeAnswer(tokenizer: Tokenizer, text: string): number[] {
  return [...tokenizer.encode(text), special.eos];
}
