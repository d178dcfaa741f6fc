import type { ModelConfig } from "@touchstone/contracts";
import { headSize } from "../model/sizes.ts";

/** What all caches may take together: a heap of WebAssembly has 4 GiB, and the weights of half a billion take 2 of them. */
const mostCacheBytes = 2 ** 30;
const bytesPerFloat = 4;

export interface CacheRoom {
  /** Positions of each cache. */
  readonly context: number;
  /** Sequences under way at a time. */
  readonly slots: number;
}

/**
 * How much room the keys and values of a rollout get: as many positions as the longest sequence can have, which may be far
 * fewer than the model could read, and as many sequences at a time as are asked for and fit.
 *
 * @param longest tokens of the longest prompt
 * @param slots sequences at a time, at most
 */
export function cacheRoom(
  config: ModelConfig,
  { longest, maxNewTokens, slots }: { longest: number; maxNewTokens: number; slots: number },
): CacheRoom {
  const context = Math.min(config.context, longest + maxNewTokens);
  const bytes = 2 * config.layers * config.kvHeads * headSize(config) * context * bytesPerFloat;
  return { context, slots: Math.max(1, Math.min(slots, Math.floor(mostCacheBytes / bytes))) };
}
