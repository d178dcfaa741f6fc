import { guessLanguage } from "./guess-language.ts";

/**
 * A guideline in several languages holds them one after the other, each under a title of its own (`# …`). The parts,
 * with the one in the reader's language first.
 */
export function guidelineParts(text: string, locale: "en" | "zh"): readonly string[] {
  const parts: string[][] = [];
  let inFence = false;
  for (const line of text.split(/\r?\n/)) {
    if (/^\s*(?:```|~~~)/.test(line)) inFence = !inFence;
    if (parts.length === 0 || (!inFence && /^#\s/.test(line))) parts.push([]);
    parts.at(-1)?.push(line);
  }
  const isReaders = (part: string): boolean => (guessLanguage(part) === "zh-Hans") === (locale === "zh");
  return parts
    .map((lines) => lines.join("\n"))
    .filter((part) => part.trim() !== "")
    .toSorted((left, right) => Number(isReaders(right)) - Number(isReaders(left)));
}

/** The sentences that stand beside every task: the first of a guideline that are no title. */
export function ruleOf(parts: readonly string[]): string {
  const stretches = (parts[0] ?? "").split(/\n\s*\n|(?<=^#{1,6}\s.*)\n/m).map((stretch) => stretch.trim());
  const written = stretches.filter((stretch) => stretch !== "");
  return written.find((stretch) => !/^#{1,6}\s/.test(stretch)) ?? written[0]?.replace(/^#+\s+/, "") ?? "";
}

/** `**strong**` and `*stressed*` words of a line, in order. */
export function emphasised(
  text: string,
): readonly { readonly text: string; readonly as: "plain" | "strong" | "stress" }[] {
  return text
    .split(/(\*\*[^*]+\*\*|\*[^*\s][^*]*\*)/)
    .filter((piece) => piece !== "")
    .map((piece) => {
      if (/^\*\*[^*]+\*\*$/.test(piece)) return { text: piece.slice(2, -2), as: "strong" };
      return /^\*[^*]+\*$/.test(piece) ? { text: piece.slice(1, -1), as: "stress" } : { text: piece, as: "plain" };
    });
}
