import { hash } from "node:crypto";
import type { ImportRow } from "../import-row.ts";

/** Lines named with a warning. */
const mostLines = 10;
/** What is beyond these is not told apart any more: a file of ten million rows takes an hour, and memory has an end. */
export const mostDistinct = 10_000_000;

/** How many rows something is true of, and the first of their lines. */
export interface Occurrences {
  count: number;
  readonly lines: number[];
}

export function occurred(occurrences: Occurrences, line: number): void {
  occurrences.count += 1;
  // A row may say the same of several of its answers.
  if (occurrences.lines.length < mostLines && occurrences.lines.at(-1) !== line) occurrences.lines.push(line);
}

/** 48 bits: among a million things two meet once in five hundred files, and a count is off by one. */
export function hashOf(text: string): number {
  return hash("sha1", text, "buffer").readUIntBE(0, 6);
}

/** A row's prompt, told apart from others. Made once a row: ten thousand answers would else bring a long prompt as often. */
export const promptKey = ({ prompt }: ImportRow): number => hashOf(JSON.stringify(prompt));
