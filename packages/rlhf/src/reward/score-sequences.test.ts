import { ModelConfig } from "@touchstone/contracts";
import { openEngine } from "@touchstone/engine";
import { expect, test } from "vitest";
import { initialWeights } from "../model/initial-weights.ts";
import { openParameters } from "../model/parameters.ts";
import { scoreSequences } from "./score-sequences.ts";

const { tf } = await openEngine();
const config = ModelConfig.parse({ vocab: 262, context: 40, layers: 2, heads: 2, kvHeads: 2, width: 16, hidden: 24 });
const parameters = openParameters(tf, initialWeights(config, "reward", 3));
const score = (...sequences: number[][]) => scoreSequences(tf, parameters, config, sequences);
const ids = [1, 30, 40, 50, 2];

test("padding on either side, or none, gives the same score bit for bit", () => {
  const [bare] = score(ids);
  expect(score([...ids, 0, 0, 0])).toEqual([bare]);
  expect(score([0, 0, 0, ...ids])).toEqual([bare]);
  expect(score([0, ...ids, 0, 0])).toEqual([bare]);
});

test("a score is read at the last real token: what stands there matters", () => {
  const [a, b] = score(ids, [...ids.slice(0, -1), 60]);
  expect(Math.abs((a ?? 0) - (b ?? 0))).toBeGreaterThan(1e-4);
});

test("many sequences come back in their own order, whatever batches they shared", () => {
  const sequences = Array.from({ length: 70 }, (_, i) =>
    Array.from({ length: 2 + ((i * 7) % 30) }, (_, j) => 6 + i + j),
  );
  const together = score(...sequences);
  for (const i of [0, 13, 69]) expect(together[i]).toBeCloseTo(score(sequences[i] ?? [])[0] ?? 9, 4);
});
