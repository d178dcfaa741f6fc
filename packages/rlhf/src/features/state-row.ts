import type { ModelConfig } from "@touchstone/contracts";

/** What a frozen language model makes of one answer after one prompt. */
export interface StateRow {
  /** Mean over the answer's own tokens, its end included, of the state after each of the layers: (layers · width). */
  readonly mean: Float32Array;
  /** The states at its last token: (layers · width). */
  readonly last: Float32Array;
  /** Mean log-likelihood of its tokens, in nats a token. */
  readonly logProb: number;
  /** Tokens of the answer, its end included. */
  readonly tokens: number;
  /** Whether the answer was longer than what is read at most, so that its end was not. */
  readonly truncated: boolean;
}

/** Shares of the depth at which states are read: of 30 blocks after 8, 16, 24 and 30. */
const depths = [4 / 15, 8 / 15, 12 / 15, 1];

/** After how many blocks a model's states are read; a shallow model has fewer different ones. */
export function layersRead({ layers }: Pick<ModelConfig, "layers">): number[] {
  return [...new Set(depths.map((share) => Math.max(1, Math.round(share * layers))))];
}

/** Numbers before the states in a stored row. */
const figures = 3;

/** Numbers of a stored row. */
export function rowWidth({ layers, width }: Pick<ModelConfig, "layers" | "width">): number {
  return figures + 2 * layersRead({ layers }).length * width;
}

/** As it is cached: one row of numbers. */
export function packRow({ mean, last, logProb, tokens, truncated }: StateRow): Float32Array {
  const row = new Float32Array(figures + mean.length + last.length);
  row.set([logProb, tokens, truncated ? 1 : 0]);
  row.set(mean, figures);
  row.set(last, figures + mean.length);
  return row;
}

/** The inverse. */
export function unpackRow(row: Float32Array): StateRow {
  const [logProb = Number.NaN, tokens = 0, truncated = 0] = row;
  const states = row.subarray(figures);
  const half = states.length / 2;
  return { mean: states.subarray(0, half), last: states.subarray(half), logProb, tokens, truncated: truncated === 1 };
}
