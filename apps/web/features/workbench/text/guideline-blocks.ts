import { guessLanguage } from "./guess-language.ts";

/** As much of Markdown as guidelines need; anything else is shown as it was written. */
export type GuidelineBlock =
  | { readonly kind: "heading"; readonly level: 1 | 2; readonly text: string }
  | { readonly kind: "paragraph"; readonly text: string }
  | { readonly kind: "list"; readonly ordered: boolean; readonly items: readonly string[] };

export function guidelineBlocks(text: string): readonly GuidelineBlock[] {
  return text.split(/\n\s*\n|\n(?=#{1,6}\s)|(?<=^#{1,6}\s.*)\n/m).flatMap((part) => blockOf(part.trim()));
}

function blockOf(part: string): readonly GuidelineBlock[] {
  if (part === "") return [];
  const heading = /^(#{1,6})\s+(.*)$/.exec(part);
  if (heading) return [{ kind: "heading", level: heading[1] === "#" ? 1 : 2, text: heading[2] ?? "" }];
  const lines = part.split("\n");
  const ordered = lines.every((line) => /^\s*\d+[.)]\s/.test(line) || /^\s{2,}/.test(line));
  const list = ordered || lines.every((line) => /^\s*[-*]\s/.test(line) || /^\s{2,}/.test(line));
  if (!list) return [{ kind: "paragraph", text: part }];
  const items = part.split(/\n(?=\s*(?:[-*]|\d+[.)])\s)/).map((item) => item.replace(/^\s*(?:[-*]|\d+[.)])\s+/, ""));
  return [{ kind: "list", ordered, items }];
}

/**
 * Guidelines in several languages stand one after the other, each under a title of its own: the part in the reader's
 * language comes first.
 */
export function inReadersOrder(blocks: readonly GuidelineBlock[], locale: "en" | "zh"): readonly GuidelineBlock[] {
  const parts: GuidelineBlock[][] = [];
  for (const block of blocks) {
    if (parts.length === 0 || (block.kind === "heading" && block.level === 1)) parts.push([]);
    parts.at(-1)?.push(block);
  }
  const isReaders = (part: readonly GuidelineBlock[]): boolean =>
    (guessLanguage(part.map(textOf).join("\n")) === "zh-Hans") === (locale === "zh");
  return parts.toSorted((left, right) => Number(isReaders(right)) - Number(isReaders(left))).flat();
}

/** The sentences that stand beside every task: the first that are no title. */
export function ruleOf(blocks: readonly GuidelineBlock[]): string {
  const first = blocks.find(({ kind }) => kind === "paragraph") ?? blocks[0];
  return first ? textOf(first) : "";
}

export function textOf(block: GuidelineBlock): string {
  return block.kind === "list" ? block.items.join("\n") : block.text;
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
