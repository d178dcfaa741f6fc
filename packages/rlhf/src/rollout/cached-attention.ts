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
  const weights = new Float32Array(context);
  for (const [row, { slot, position }] of rows.entries()) {
    for (let head = 0; head < heads; head++) {
      const query = row * stride + head * size;
      const base = slot * context * keyWidth + Math.floor(head / perGroup) * size;
      let top = Number.NEGATIVE_INFINITY;
      for (let t = 0, at = base; t <= position; t++, at += keyWidth) {
        let dot = 0;
        for (let c = 0; c < size; c++) dot += (projected[query + c] ?? 0) * (keys[at + c] ?? 0);
        dot *= scale;
        weights[t] = dot;
        if (dot > top) top = dot;
      }
      let sum = 0;
      for (let t = 0; t <= position; t++) {
        const weight = Math.exp((weights[t] ?? 0) - top);
        weights[t] = weight;
        sum += weight;
      }
      const to = (row * heads + head) * size;
      for (let t = 0, at = base; t <= position; t++, at += keyWidth) {
        const weight = (weights[t] ?? 0) / sum;
        for (let c = 0; c < size; c++) out[to + c] = (out[to + c] ?? 0) + weight * (values[at + c] ?? 0);
      }
    }
  }
  return out;
}
