import { decodeString } from "micromark-util-decode-string";
import { isValidElement, type ReactNode } from "react";

/**
 * Whether every word of a source stands in what was made of it, as text or as a label (`aria-label`, the number of a
 * list's item). A word is a run of letters and digits. Signs may be read as Markdown and be gone; an entity or an
 * escape (`&lt;`, `\*`) counts as the character that it stands for, or as it was written.
 */
export function standsWhole(shown: ReactNode, source: string): boolean {
  const there = new Map<string, number>();
  for (const text of wordsShown(shown)) count(text, there);
  return holds(there, source) || holds(there, decodeString(source));
}

const word = /[\p{L}\p{M}\p{N}]+/gu;

function count(text: string, into: Map<string, number>): void {
  for (const [found] of text.matchAll(word)) into.set(found, (into.get(found) ?? 0) + 1);
}

function holds(there: ReadonlyMap<string, number>, source: string): boolean {
  const wanted = new Map<string, number>();
  count(source, wanted);
  return [...wanted].every(([found, times]) => (there.get(found) ?? 0) >= times);
}

/**
 * The texts and labels of an element, from beginning to end. Left out is what is marked as not the author's: words of
 * ours, which could stand in for a lost one, and formulas, whose letters are looked for where they are set.
 */
function wordsShown(shown: ReactNode): readonly string[] {
  if (typeof shown === "string" || typeof shown === "number") return [String(shown)];
  if (Array.isArray(shown)) return shown.flatMap(wordsShown);
  if (!isValidElement<Shown>(shown) || shown.props["data-not-counted"]) return [];
  const inside = wordsShown(shown.props.children);
  // Colours cut code into pieces anywhere; what is read is the whole.
  if (shown.type === "code") return [inside.join("")];
  if (shown.type === "li") return [String(shown.props.value ?? ""), ...inside];
  return shown.props.role === "img" ? [shown.props["aria-label"] ?? ""] : inside;
}

interface Shown {
  readonly children?: ReactNode;
  readonly value?: number;
  readonly role?: string;
  readonly "aria-label"?: string;
  readonly "data-not-counted"?: boolean;
}
