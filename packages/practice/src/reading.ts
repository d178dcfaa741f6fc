import type { Language } from "./lexicon.ts";
import { type ParsedSentence, parseSentence, splitSentences, surface } from "./sentences.ts";

/** An answer as the rules see it. */
export interface Reading {
  readonly text: string;
  readonly language: Language;
  readonly sentences: readonly string[];
  readonly parsed: readonly (ParsedSentence | null)[];
  /** Whether the last sentence has its stop. */
  readonly ended: boolean;
}

/** Reads an answer in the language that was asked for. */
export function readAnswer(text: string, language: Language): Reading {
  const { sentences, ended } = splitSentences(text);
  return { text, language, sentences, parsed: sentences.map((sentence) => parseSentence(sentence, language)), ended };
}

/** Whether the word stands anywhere in the text, grammatical or not. */
export function mentions({ text, language }: Reading, slot: string, id: string): boolean {
  const word = surface(slot, id, language).toLowerCase();
  if (language === "zh") return text.includes(word);
  return new RegExp(`\\b${word}\\b`, "iu").test(text);
}

/** The first sentence of that form, if any. */
export function sentenceOf(reading: Reading, formId: string): ParsedSentence | undefined {
  return reading.parsed.find((sentence) => sentence?.form.id === formId) ?? undefined;
}

/** Credit for a slot: whole where it stands in its sentence, half where the word is only somewhere in the text. */
export function slotCredit(reading: Reading, sentence: ParsedSentence | undefined, slot: string, id: string): number {
  if (sentence) return sentence.slots[slot] === id ? 1 : 0;
  return mentions(reading, slot, id) ? 0.5 : 0;
}

/** Σ earned / Σ possible of weighted points, each between 0 and 1. */
export function weigh(points: readonly (readonly [credit: number, weight: number])[]): number {
  const possible = points.reduce((sum, [, weight]) => sum + weight, 0);
  return possible === 0 ? 0 : points.reduce((sum, [credit, weight]) => sum + credit * weight, 0) / possible;
}
