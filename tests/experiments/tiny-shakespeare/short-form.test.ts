import { describe, expect, it } from "vitest";
import { hasReferenceData } from "../../harness/reference-data.ts";
import { readTinyShakespeare } from "./corpus.ts";
import { trainOnPlays } from "./experiment.ts";
import { recipe } from "./recipe.ts";

describe.skipIf(!hasReferenceData)("a GPT-2 of characters on Shakespeare's plays", () => {
  it("learns more of held-out plays than pairs of letters can tell, and more with every hundred steps", async () => {
    const { train, heldOut } = await readTinyShakespeare();
    expect([train.length, heldOut.length]).toEqual([1_003_854, 111_540]);
    const some = heldOut.slice(0, 10_000);
    const quick = { ...recipe, steps: 200, evaluateEvery: 100, learningRate: 3e-3 };
    const { heldOut: looks, final } = await trainOnPlays(quick, { train, heldOut: some }, 1, () => undefined);
    expect(looks.map(([step]) => step)).toEqual([100, 200]);
    expect(final).toBeLessThan(looks[0]?.[1] ?? 0);
    expect(final).toBeLessThan(bigramLoss(train, some));
  }, 240_000);
});

/** Mean −log p of each character after the one before it, by counts with one added to each. */
function bigramLoss(train: string, heldOut: string): number {
  const pairs = new Map<string, number>();
  const firsts = new Map<string, number>();
  const add = (counts: Map<string, number>, key: string) => counts.set(key, (counts.get(key) ?? 0) + 1);
  for (let at = 0; at + 1 < train.length; at++) {
    add(firsts, train[at] ?? "");
    add(pairs, train.slice(at, at + 2));
  }
  const letters = new Set(train).size;
  let sum = 0;
  for (let at = 0; at + 1 < heldOut.length; at++) {
    const seen = (pairs.get(heldOut.slice(at, at + 2)) ?? 0) + 1;
    sum -= Math.log(seen / ((firsts.get(heldOut[at] ?? "") ?? 0) + letters));
  }
  return sum / (heldOut.length - 1);
}
