import type { Nodes } from "mdast";
import type { ReactElement } from "react";
import type { MathSpan } from "./math-spans.ts";

/** Words of ours that stand beside those of a text, in the reader's language. */
export interface TextWords {
  /** Before the description and address of a picture, which is not fetched. */
  readonly picture: string;
  /** Names the region of a wide table, which scrolls by itself. */
  readonly table: string;
  /** Names the region of code, which scrolls by itself. */
  readonly code: string;
}

/** What sets formulas and colours code, once it is there. */
export interface TextTools {
  readonly typesetMath?: ((tex: string, display: boolean) => ReactElement | undefined) | undefined;
  readonly highlightCode?: ((code: string, language: string) => ReactElement | undefined) | undefined;
}

/** What every node of a text is rendered with. */
export interface RenderContext {
  readonly words: TextWords;
  readonly tools: TextTools;
  readonly spans: readonly MathSpan[];
  /** The protected text, of which every node knows its place. */
  readonly text: string;
  /** The blocks that stand in no list and no quotation. */
  readonly topLevel: ReadonlySet<Nodes>;
  /** Addresses of `[label]: address` lines, by label. */
  readonly addresses: ReadonlyMap<string, string>;
}
