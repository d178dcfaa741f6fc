import { type Message, PreparationSpec, type Split } from "@touchstone/contracts";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { TrainingRow } from "../../training/training-row.ts";
import { jaccard, shinglesOf } from "../similarity/shingles.ts";
import { clusterKey, clusterTexts } from "./cluster-key.ts";
import { ClusterSplits } from "./cluster-splits.ts";

const { split: shares, duplicates } = PreparationSpec.parse({});
const ask = (...turns: string[]): Extract<TrainingRow, { kind: "prompt" }> => ({
  kind: "prompt",
  promptId: "p",
  split: "train",
  prompt: turns.map((content, index): Message => ({ role: index % 2 === 0 ? "user" : "assistant", content })),
});
const keyOf = (...turns: string[]) => clusterKey(ask(...turns), null);

function placed(rows: readonly TrainingRow[], previous: Iterable<readonly [string, Split]> = []) {
  const clusters = new ClusterSplits(shares, duplicates, previous);
  for (const row of rows) clusters.add(clusterKey(row, null), clusterTexts(row));
  return clusters.assignment();
}

/** Families of prompts: those of one family differ in their last word only, so that neighbours are .75 alike and more. */
const prompt = (family: number, member: number) =>
  `${Array.from({ length: 14 }, (_, place) => `f${family}w${place}`).join(" ")} end${member}`;
const rowOf = fc.record({ family: fc.nat(30), member: fc.nat(4), deep: fc.boolean() });
const row = ({ family, member, deep }: { family: number; member: number; deep: boolean }) =>
  deep ? ask(prompt(family, member), "I see.", `and ${member}?`) : ask(prompt(family, member));

describe("splits for good", () => {
  it("name a tree by the words of its first question, so that cleaning makes no other of it", () => {
    const key = keyOf("What is gold?");
    // The beginning of SHA-256 of “what is gold”.
    expect(key).toBe("2bfde86079a280f70628ce11ca5660e9");
    expect(keyOf("what  is GOLD", "A metal.", "And brass?")).toBe(key);
    expect(keyOf("What is brass?")).not.toBe(key);
    expect(clusterKey(ask("What is gold?"), "tree 7")).toBe("tree 7");
    const told: TrainingRow = {
      ...ask("What is gold?"),
      prompt: [
        { role: "system" as const, content: "Be brief." },
        { role: "user" as const, content: "What is gold?" },
      ],
    };
    expect(clusterKey(told, null)).toBe(key);
    expect(clusterTexts(told)).toEqual(["What is gold?", "What is gold?"]);
  });

  it("hold about the shares asked for, of clusters", () => {
    const { splits } = placed(
      Array.from({ length: 4_000 }, (_, index) => ask(`question number ${index} of ${index % 97}`)),
    );
    const count = (split: Split) => [...splits.values()].filter((one) => one === split).length;
    // Four standard deviations of a share of a tenth among 4,000.
    expect(Math.abs(count("test") - 400)).toBeLessThan(76);
    expect(Math.abs(count("validation") - 400)).toBeLessThan(76);
    expect(placed([ask("question number 17 of 17")]).splits.get(keyOf("question number 17 of 17"))).toBe(
      splits.get(keyOf("question number 17 of 17")),
    );
  });

  it("put nothing nearly the same, and no branches of one tree, into two splits, in whatever order rows come", () => {
    fc.assert(
      fc.property(fc.array(rowOf, { maxLength: 60 }), fc.infiniteStream(fc.nat()), (drawn, order) => {
        const rows = drawn.map(row);
        const { splits } = placed(rows);
        const splitOf = (one: TrainingRow) => splits.get(clusterKey(one, null));
        for (const [index, one] of rows.entries()) {
          for (const other of rows.slice(0, index)) {
            const alike = clusterTexts(one).some((text) =>
              clusterTexts(other).some(
                (another) =>
                  jaccard(shinglesOf(text, duplicates.shingle), shinglesOf(another, duplicates.shingle)) >=
                  shares.threshold,
              ),
            );
            if (alike) expect(splitOf(one)).toBe(splitOf(other));
          }
        }
        const keys = rows.map(() => order.next().value);
        const shuffled = rows.map((one, index) => ({ one, key: keys[index] ?? 0 })).sort((a, b) => a.key - b.key);
        expect(placed(shuffled.map(({ one }) => one)).splits).toEqual(splits);
      }),
      // A pair at the threshold is missed once in fifty million: a fixed seed makes that never.
      { numRuns: 60, seed: 7 },
    );
  });

  it("stay in the next version, whatever is added or left out", () => {
    fc.assert(
      fc.property(
        fc.array(rowOf, { maxLength: 40 }),
        fc.array(rowOf, { maxLength: 40 }),
        fc.nat(40),
        (old, fresh, left) => {
          const first = placed(old.map(row));
          const next = placed([...fresh, ...old.slice(left)].map(row), first.splits);
          const moved = new Set(next.moved.map(({ key }) => key));
          for (const [key, split] of first.splits) if (!moved.has(key)) expect(next.splits.get(key)).toBe(split);
          const order = ["train", "validation", "test"];
          for (const { from, to } of next.moved) expect(order.indexOf(to)).toBeGreaterThan(order.indexOf(from));
        },
      ),
      { numRuns: 60, seed: 7 },
    );
  });

  it("follow an earlier version rather than the hash, and a published split likewise", () => {
    const one = prompt(1, 0);
    for (const split of ["train", "validation", "test"] as const) {
      expect(placed([ask(one), ask(prompt(1, 1))], [[keyOf(one), split]]).splits.get(keyOf(prompt(1, 1)))).toBe(split);
    }
    expect(placed([], [["gone", "test"]]).splits.get("gone")).toBe("test");
  });

  it("move only what something new joins to a held-out cluster, to the most protected split, and name it", () => {
    const words = Array.from({ length: 12 }, (_, place) => `w${place}`);
    const [left, bridge, right] = [
      [...words, "x1", "x2", "x3"],
      ["y1", ...words, "x1", "x2"],
      ["y3", "y2", "y1", ...words],
    ].map((list) => ask(list.join(" ")));
    if (!left || !bridge || !right) throw new Error("three rows");
    const [leftKey, rightKey] = [clusterKey(left, null), clusterKey(right, null)];
    const previous = [
      [leftKey, "train"],
      [rightKey, "test"],
    ] as const;
    expect(placed([left, right], previous).moved).toEqual([]);
    const { splits, moved } = placed([left, right, bridge], previous);
    expect(moved).toEqual([{ key: leftKey, from: "train", to: "test" }]);
    expect(splits.get(clusterKey(bridge, null))).toBe("test");
    expect(splits.get(leftKey)).toBe("test");
  });

  it("take a larger share of the held-out from training only", () => {
    const rows = Array.from({ length: 300 }, (_, index) => ask(`number ${index}`));
    const splitsWith = (validation: number, test: number) => {
      const clusters = new ClusterSplits({ ...shares, validation, test }, duplicates);
      for (const one of rows) clusters.add(clusterKey(one, null), clusterTexts(one));
      return clusters.assignment().splits;
    };
    const [few, many] = [splitsWith(0.1, 0.1), splitsWith(0.3, 0.1)];
    for (const [key, split] of few) if (split !== "train") expect(many.get(key)).toBe(split);
  });
});
