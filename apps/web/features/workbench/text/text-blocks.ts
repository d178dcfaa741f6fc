/** A stretch of a text as it is set: a paragraph, or code between fences, with its place in the whole. */
export interface TextBlock {
  readonly kind: "paragraph" | "code";
  readonly start: number;
  readonly end: number;
}

/**
 * Cuts a text at blank lines and at ``` fences. Nothing else of Markdown is read: what a model wrote is shown as it
 * wrote it, and only code needs another face. Fences are left out, every other character stays.
 */
export function blocksOf(text: string): readonly TextBlock[] {
  const blocks: TextBlock[] = [];
  let open: { kind: TextBlock["kind"]; start: number } | null = null;
  let offset = 0;

  const close = (end: number): void => {
    if (open && end > open.start) blocks.push({ ...open, end });
    open = null;
  };

  for (const line of text.split("\n")) {
    const next = offset + line.length + 1;
    const fence = /^\s*```/.test(line);
    if (open?.kind === "code") {
      if (fence) close(Math.max(open.start, offset - 1));
    } else if (fence) {
      close(offset - 1);
      open = { kind: "code", start: Math.min(next, text.length) };
    } else if (line.trim() === "") close(offset - 1);
    else open ??= { kind: "paragraph", start: offset };
    offset = next;
  }
  close(text.length);
  return blocks;
}
