import { type ModelComparison, modelStanding } from "@touchstone/labeling";
import { describe, expect, it } from "vitest";
import { hasReferenceData, referenceLines } from "../harness/reference-data.ts";

const votesOf = "preference/mtbench_human_votes.q081-120.jsonl";

/** Log strengths by another implementation, 0 on average. */
const strengths = {
  "gpt-4": 0.8346,
  "gpt-3.5-turbo": 0.5409,
  "claude-v1": 0.4995,
  "vicuna-13b-v1.2": -0.1221,
  "alpaca-13b": -0.6435,
  "llama-13b": -1.1094,
};

interface Vote {
  readonly model_a: string;
  readonly model_b: string;
  readonly question_id: number;
  readonly winner: "model_a" | "model_b" | "tie";
}

describe.skipIf(!hasReferenceData)("which model wins, against published votes", () => {
  it("MT-Bench: with each tie as half a win for both, the log strengths are Bradley–Terry's of the same 1,688 votes", async () => {
    const votes = (await referenceLines(votesOf)).map((line) => JSON.parse(line) as Vote);
    expect(votes).toHaveLength(1688);
    const standing = modelStanding(
      votes.flatMap(({ model_a: a, model_b: b, question_id, winner }): ModelComparison[] => {
        const vote = { a, b, first: null, prompt: String(question_id) };
        if (winner !== "tie") return [{ ...vote, won: winner === "model_a" ? "a" : "b", weight: 1 }];
        return [
          { ...vote, won: "a", weight: 0.5 },
          { ...vote, won: "b", weight: 0.5 },
        ];
      }),
    );
    expect(standing.prompts).toBe(40);
    expect(standing.groups).toHaveLength(1);
    for (const { model, strength } of standing.groups[0] ?? []) {
      expect(strength.value).toBeCloseTo(strengths[model as keyof typeof strengths], 3);
      expect(strength.low ?? 0).toBeLessThan(strength.value - 0.05);
    }
    expect(standing.groups[0]?.map(({ model }) => model)).toEqual(Object.keys(strengths));
  });
});
