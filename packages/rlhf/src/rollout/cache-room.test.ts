import { ModelConfig } from "@touchstone/contracts";
import { expect, test } from "vitest";
import { cacheRoom } from "./cache-room.ts";

/** Of SmolLM2-135M's sizes: 46,080 bytes a position. */
const config = ModelConfig.parse({
  ...{ vocab: 49_152, context: 4_096, layers: 30, heads: 9, kvHeads: 3, width: 576, hidden: 1_536 },
});

test("a cache holds the longest sequence and no more, and as many at a time as fit into a gibibyte", () => {
  const asked = { longest: 40, maxNewTokens: 64, slots: 32 };
  expect(cacheRoom(config, asked)).toEqual({ context: 104, slots: 32 });
  // 2 · 30 layers · 3 heads · 64 values · 4 bytes · 2,112 positions: 97,320,960 bytes each.
  expect(cacheRoom(config, { ...asked, maxNewTokens: 2_072 })).toEqual({ context: 2_112, slots: 11 });
  expect(cacheRoom(config, { ...asked, longest: 4_000, maxNewTokens: 512 })).toEqual({ context: 4_096, slots: 5 });
});

test("one sequence goes on even where its cache is larger than that", () => {
  const wide = { ...config, layers: 96, kvHeads: 9 };
  expect(cacheRoom(wide, { longest: 4_000, maxNewTokens: 512, slots: 32 }).slots).toBe(1);
});
