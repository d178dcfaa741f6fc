import type { Root, RootContent } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { gfm } from "micromark-extension-gfm";
import type { ReactNode } from "react";
import { protectMath, restoreMath } from "./math-spans.ts";
import { renderBlock } from "./render-block.tsx";
import type { RenderContext, TextTools, TextWords } from "./render-context.ts";
import { standsWhole } from "./whole.ts";

/** A block of a text as it is shown, with its place in the text for a key. */
export interface RenderedBlock {
  readonly start: number;
  readonly shown: ReactNode;
  /** Shown as it was written, since a word of it would have been lost. */
  readonly fellBack: boolean;
}

/** Deeper nesting is no list or quotation that anybody reads, and each level costs a call. */
const deepest = 100;

/**
 * The blocks of a Markdown text, in order and without a gap: HTML, references and everything between blocks too.
 * After a block is rendered its words are looked for; if one is missing, the block is shown as it was written.
 */
export function renderMarkdown(source: string, words: TextWords, tools: TextTools): readonly RenderedBlock[] {
  const { text, spans } = protectMath(source);
  const root = fromMarkdown(text, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
  const context: RenderContext = {
    words,
    tools,
    spans,
    text,
    topLevel: new Set(root.children),
    addresses: addressesOf(root),
  };
  const blocks: RenderedBlock[] = [];
  let at = 0;
  const showStretch = (start: number, end: number, node?: RootContent): void => {
    const stretch = text.slice(start, end);
    if (stretch.trim() === "") return;
    const shown = node && depthOf(node) <= deepest ? renderBlock(node, context) : undefined;
    // Formulas have been looked through where they were set.
    const wordsOfStretch = spans.length === 0 ? stretch : stretch.replace(/\uE000[\uE010-\uE019]+\uE001/g, " ");
    const isWhole = shown !== undefined && standsWhole(shown, wordsOfStretch);
    blocks.push({ start, shown: isWhole ? shown : writtenBlock(restoreMath(stretch, spans)), fellBack: !isWhole });
  };
  for (const node of root.children) {
    const [start, end] = [node.position?.start.offset ?? at, node.position?.end.offset ?? at];
    showStretch(at, start);
    showStretch(start, end, node);
    at = end;
  }
  showStretch(at, text.length);
  return blocks;
}

function writtenBlock(source: string): ReactNode {
  return (
    <p dir="auto" className="as-written">
      {source.replace(/^\n+|\s+$/g, "")}
    </p>
  );
}

function addressesOf(root: Root): ReadonlyMap<string, string> {
  const addresses = new Map<string, string>();
  const visit = (node: Root | RootContent): void => {
    // Of two with one label the first one counts, as everywhere in Markdown.
    if (node.type === "definition" && !addresses.has(node.identifier)) addresses.set(node.identifier, node.url);
    if ("children" in node) for (const child of node.children) visit(child);
  };
  visit(root);
  return addresses;
}

function depthOf(top: RootContent): number {
  let [level, depth]: [RootContent[], number] = [[top], 0];
  while (level.length > 0) {
    level = level.flatMap((node): RootContent[] => ("children" in node ? node.children : []));
    depth += 1;
  }
  return depth;
}
