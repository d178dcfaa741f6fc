import type { CountTokens, TrainingRow } from "@touchstone/datasets";
import { bestFitDecreasing } from "@touchstone/rlhf";
import type { PackingReport } from "./report.ts";

/** Beginning and end of a text are tokens too, and so is the sign before each turn of a conversation. */
const marks = 2;

export interface PackingPlan {
  readonly report: PackingReport;
  /** A line a window: its tokens, and the lines of train.jsonl that lie in it. */
  readonly windows: readonly { readonly tokens: number; readonly lines: readonly number[] }[];
}

/** Gathers the lengths of what can share a window: texts and demonstrations. */
export class Packer {
  readonly #context: number;
  readonly #count: CountTokens;
  readonly #lengths: number[] = [];
  /** Line of train.jsonl, counted from 1, of each length. */
  readonly #lines: number[] = [];
  #line = 0;

  constructor(context: number, count: CountTokens) {
    this.#context = context;
    this.#count = count;
  }

  add(row: TrainingRow): void {
    this.#line += 1;
    if (row.kind !== "text" && row.kind !== "demonstration") return;
    const turns = row.kind === "text" ? [] : row.prompt;
    const asked = turns.reduce((sum, { content }) => sum + this.#count(content) + 1, 0);
    this.#lengths.push(asked + this.#count(row.text) + marks);
    this.#lines.push(this.#line);
  }

  plan(): PackingPlan {
    const context = this.#context;
    const { windows, tokens, waste, cut } = bestFitDecreasing(this.#lengths, context);
    const alone = this.#lengths.reduce((sum, length) => sum + Math.ceil(length / context), 0);
    let [start, streamCut] = [0, 0];
    for (const length of this.#lengths) {
      if (Math.floor(start / context) !== Math.floor((start + length - 1) / context)) streamCut += 1;
      start += length;
    }
    return {
      report: {
        context,
        texts: this.#lengths.length,
        tokens,
        windows: windows.length,
        waste,
        cut,
        paddedWaste: alone === 0 ? 0 : 1 - tokens / (alone * context),
        streamCut,
      },
      windows: windows.map((pieces) => ({
        tokens: pieces.reduce((sum, { from, to }) => sum + to - from, 0),
        lines: pieces.flatMap(({ text }) => this.#lines[text] ?? []),
      })),
    };
  }
}
