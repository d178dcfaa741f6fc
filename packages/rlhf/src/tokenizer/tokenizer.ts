import type { Message } from "@touchstone/contracts";

/** Ids that mark places and are no text. */
export interface SpecialIds {
  /** Begins a sequence. */
  readonly bos: number;
  /** Ends an answer: what a policy must learn to say, and a reward model reads last. */
  readonly eos: number;
  /** Fills rows up, and is nothing else; many published models have none. */
  readonly pad: number | undefined;
}

/** How text becomes a model's tokens and comes back. It is part of the model: with another one its weights mean nothing. */
export interface Tokenizer {
  /** Number of ids; they are 0 … vocab − 1. */
  readonly vocab: number;
  readonly special: SpecialIds;
  /** Ids that end an answer wherever they are drawn: `special.eos`, and others that the model was trained to stop at. */
  readonly ends: readonly number[];
  /** What a model's folder holds of it: tokenizer.json and, beside it, what says how conversations are written. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** Identity: models can only be compared by KL, or score each other's tokens, if it is equal. */
  readonly sha256: string;
  /** The day that its chat template is told it is, where it asks: always the same one. */
  readonly fixedDate?: string | undefined;
  /** Text that the model's own way of writing puts behind an answer: no part of what `decodeAnswer` gives. */
  readonly answerEnd?: string | undefined;
  /** Ids of a text. Never a special token, whatever the text spells. */
  encode(text: string): number[];
  /**
   * Text of ids; special tokens vanish. A character cut off at the end is left out, broken bytes within become U+FFFD,
   * ids that don't exist are skipped: whatever a model samples can be shown.
   */
  decode(ids: Iterable<number>): string;
  /** Ids of a conversation up to where its answer begins, in the model's own way of writing it. */
  encodePrompt(messages: readonly Message[]): number[];
  /** Ids of an answer as they follow its prompt, `special.eos` last. */
  encodeAnswer(text: string): number[];
  /** The answer that ids say: the inverse of `encodeAnswer`. */
  decodeAnswer(ids: Iterable<number>): string;
}
