/** Keys and values of every token seen so far, one block a slot; allocated once for the whole rollout. */
export interface LayerCache {
  /** (slots, context, groups · size) */
  readonly keys: Float32Array;
  readonly values: Float32Array;
}

export interface AttentionShape {
  readonly heads: number;
  /** Key/value heads: each serves heads/groups query heads. */
  readonly groups: number;
  readonly size: number;
  readonly context: number;
}

/** Which token of which slot a row of the step is. */
export interface StepRow {
  readonly slot: number;
  readonly position: number;
  readonly token: number;
}

/**
 * Attention of single tokens over their slots' caches, in plain JavaScript: at one query a sequence the tensors are so
 * small that calling an engine's kernels costs more than the sums.
 *
 * @param projected q, k and v of each row side by side, (rows, (heads + 2·groups) · size); q and k are already rotated and
 * k and v already in the cache
 * @returns (rows, heads · size)
 */
export function attendToCache(
  projected: Float32Array,
  rows: readonly StepRow[],
  cache: LayerCache,
  { heads, groups, size, context }: AttentionShape,
): Float32Array {
  const { keys, values } = cache;
  const stride = (heads + 2 * groups) * size;
  const keyWidth = groups * size;
  const perGroup = heads / groups;
  const scale = 1 / Math.sqrt(size);
  const out = new Float32Array(rows.length * heads * size);
  const weights = new Float64Array(context);
  for (const [row, { slot, position }] of rows.entries()) {
    for (let head = 0; head < heads; head++) {
      const base = slot * context * keyWidth + Math.floor(head / perGroup) * size;
      const query = row * stride + head * size;
      const top = scoreKeys(projected, query, keys, base, keyWidth, position, size, scale, weights);
      let sum = 0;
      for (let t = 0; t <= position; t++) {
        const weight = Math.exp((weights[t] ?? 0) - top);
        weights[t] = weight;
        sum += weight;
      }
      mixValues(values, base, keyWidth, position, size, weights, sum, out, (row * heads + head) * size);
    }
  }
  return out;
}

/** weights[t] = scale · q·k_t for all positions up to this one; returns their maximum. */
function scoreKeys(
  projected: Float32Array,
  query: number,
  keys: Float32Array,
  base: number,
  keyWidth: number,
  position: number,
  size: number,
  scale: number,
  weights: Float64Array,
): number {
  let top = Number.NEGATIVE_INFINITY;
  for (let t = 0, at = base; t <= position; t++, at += keyWidth) {
    // Two sums at a time (sizes are even): each addition would otherwise wait for the one before.
    let even = 0;
    let odd = 0;
    for (let c = 0; c < size; c += 2) {
      even += (projected[query + c] ?? 0) * (keys[at + c] ?? 0);
      odd += (projected[query + c + 1] ?? 0) * (keys[at + c + 1] ?? 0);
    }
    const score = (even + odd) * scale;
    weights[t] = score;
    if (score > top) top = score;
  }
  return top;
}

/** out[to …] = Σ_t weights[t] · v_t / sum, two channels at a time with their sums in registers. */
function mixValues(
  values: Float32Array,
  base: number,
  keyWidth: number,
  position: number,
  size: number,
  weights: Float64Array,
  sum: number,
  out: Float32Array,
  to: number,
): void {
  for (let c = 0; c < size; c += 2) {
    let even = 0;
    let odd = 0;
    for (let t = 0, at = base + c; t <= position; t++, at += keyWidth) {
      const weight = weights[t] ?? 0;
      even += weight * (values[at] ?? 0);
      odd += weight * (values[at + 1] ?? 0);
    }
    out[to + c] = even / sum;
    out[to + c + 1] = odd / sum;
  }
}
