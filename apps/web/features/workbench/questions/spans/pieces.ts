import { unitAt } from "@touchstone/contracts";
import type { Mark } from "./marks.ts";

/** A marked stretch as it is drawn, in UTF-16 units. */
export interface DrawnSpan {
  readonly mark: Mark;
  /** By which the list beside the text calls it, from 1. */
  readonly number: number;
  readonly start: number;
  readonly end: number;
}

/** A part of a text that the same stretches cover, the widest first. */
export interface Piece {
  readonly start: number;
  readonly end: number;
  readonly spans: readonly DrawnSpan[];
}

/** The marks of one answer that lie at a place of its text, by their numbers. */
export function drawnSpans(marks: readonly Mark[], text: string): DrawnSpan[] {
  return marks.flatMap((mark, index) => {
    if (mark.start === null || mark.end === null) return [];
    return [{ mark, number: index + 1, start: unitAt(text, mark.start), end: unitAt(text, mark.end) }];
  });
}

/** Cuts a paragraph wherever a mark begins or ends in it, so that marks may lie over one another. */
export function piecesOf(spans: readonly DrawnSpan[], start: number, end: number): Piece[] {
  const inside = spans.filter((span) => span.start < end && span.end > start);
  const ends = inside.flatMap((span) => [span.start, span.end]).filter((at) => at > start && at < end);
  const cuts = [start, ...[...new Set(ends)].sort((one, other) => one - other), end];
  return cuts.slice(1).map((to, index) => {
    const from = cuts[index] ?? start;
    return { start: from, end: to, spans: inside.filter((span) => span.start <= from && span.end >= to) };
  });
}
