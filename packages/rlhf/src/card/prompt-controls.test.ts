import type { Comparison } from "@touchstone/contracts";
import { describe, expect, test } from "vitest";
import { TrainingError } from "../training-error.ts";
import { controlledPairs, type PairToScore, promptControls } from "./prompt-controls.ts";

const labelOf = (prompt: string, outcome = 1): Comparison => ({
  ...{ kind: "comparison", judgementId: `j-${prompt}`, annotator: "w", weight: 1, outcome, bothBad: false, first: "a" },
  ...{ promptId: prompt, prompt: [{ role: "user", content: prompt }], split: "test" },
  a: { completionId: `${prompt}-a`, text: prompt },
  b: { completionId: `${prompt}-b`, text: "" },
});
const wordsOf = ({ prompt }: PairToScore) => prompt.map(({ content }) => content).join();
/** A model that reads the prompt: an answer is good where it repeats it. */
const repeats = async (pairs: readonly PairToScore[]) =>
  pairs.map((pair) => Number(pair.a === wordsOf(pair)) - Number(pair.b === wordsOf(pair)));

describe("a model under other prompts", () => {
  test("one that reads the prompt is right no more: shuffled it prefers neither, and to nobody it prefers saying nothing", async () => {
    const labels = ["red", "green", "blue"].map((prompt) => labelOf(prompt));
    const { differences, gaps } = await promptControls(labels, 3, repeats);
    expect([...differences.shuffled]).toEqual([0, 1, 2].map((index) => [index, 0]));
    expect([...differences.empty]).toEqual([0, 1, 2].map((index) => [index, -1]));
    expect(gaps).toEqual({ shuffled: null, empty: null });
  });

  test("each prompt gets another text, half of all prompts further on, ties are left out, and of more pairs every k-th is looked at", async () => {
    const labels = ["p0", "p1", "p2", "p3"].map((prompt) => labelOf(prompt));
    const seen: string[][] = [];
    const look = async (pairs: readonly PairToScore[]) => {
      seen.push(pairs.map((pair) => `${pair.a} under ${wordsOf(pair) || "nothing"}`));
      return pairs.map(() => 1);
    };
    await promptControls(labels, 4, look);
    expect(seen).toEqual([
      ["p0 under p2", "p1 under p3", "p2 under p0", "p3 under p1"],
      ["p0 under nothing", "p1 under nothing", "p2 under nothing", "p3 under nothing"],
    ]);
    const { differences } = await promptControls([labelOf("tie", 0), ...labels], 2, look);
    expect([...differences.empty.keys()]).toEqual([1, 3]);
    // The same words twice are no other prompt.
    const same = [labelOf("p"), { ...labelOf("p"), promptId: "p again" }, labelOf("q")];
    await promptControls(same, 3, look);
    expect(seen.at(-2)).toEqual(["p under q", "p under q", "q under p"]);
  });

  test("what could not be measured is named: one prompt only, and a chat template that refuses", async () => {
    const one = await promptControls([labelOf("p"), labelOf("p")], 2, repeats);
    expect(one.gaps).toEqual({ shuffled: "one-prompt", empty: null });
    expect(one.differences.shuffled.size).toBe(0);
    const refused = new TrainingError("bad_model_files", "No turn is empty.", { reason: undefined });
    const refusing = async (pairs: readonly PairToScore[]) => {
      if (pairs.some((pair) => wordsOf(pair) === "")) throw refused;
      return repeats(pairs);
    };
    const { gaps, differences } = await promptControls([labelOf("p"), labelOf("q")], 2, refusing);
    expect(gaps).toEqual({ shuffled: null, empty: "template" });
    expect(differences.empty.size).toBe(0);
    // Answers that don't fit the context are no differences.
    const fitting = await promptControls([labelOf("p"), labelOf("q")], 2, async () => [undefined, 1]);
    expect([...fitting.differences.empty]).toEqual([[1, 1]]);
  });

  test("costs a twentieth of the training: 5 % of three passes an epoch, for two controls, and sixteen pairs at least", () => {
    expect(controlledPairs(1_000, 2)).toBe(150);
    expect(controlledPairs(10, 1)).toBe(16);
  });
});
