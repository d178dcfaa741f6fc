import { describe, expect, it } from "vitest";
import { codes, recognise } from "./receipt-of.fixture.ts";

describe("reasons of votes", () => {
  const pair = { prompt: "Best?", answer_a: "One.", answer_b: "Two." };
  const votesOf = async (row: object) => {
    const { rows, warnings } = await recognise([{ ...pair, ...row }]);
    expect(warnings).toEqual([]);
    return rows[0]?.votes;
  };

  it("are kept with the vote that they are of: in a list, in a column of its own for each annotator, beside the one vote", async () => {
    const list = [
      { worker: "w1", value: "a", reason: "It is clearer." },
      { worker: "w2", value: "tie", reason: null },
    ];
    expect(await votesOf({ votes: list })).toEqual([
      { annotator: "w1", outcome: 2, comment: "It is clearer." },
      { annotator: "w2", outcome: 0 },
    ]);
    const columns = { annotator_1: "a", annotator_1_reason: "Short.", annotator_2: "b", annotator_2_reason: "Right." };
    expect(await votesOf(columns)).toEqual([
      { annotator: "annotator_1", outcome: 2, comment: "Short." },
      { annotator: "annotator_2", outcome: -2, comment: "Right." },
    ]);
    expect(await votesOf({ winner: "b", worker: "w1", 理由: "更准确。" })).toEqual([
      { annotator: "w1", outcome: -2, comment: "更准确。" },
    ]);
  });

  it("are no reasons where nobody says whose they are", async () => {
    const { warnings } = await recognise([{ ...pair, annotator_1: "a", annotator_2: "b", comment: "Hm." }]);
    expect(codes(warnings)).toEqual(["unusedColumn comment"]);
  });

  it("go from a rating too", async () => {
    const { rows } = await recognise([
      { prompt: "How?", response: "So.", score: 4, rater: "r1", rationale: "Nearly." },
    ]);
    expect(rows[0]?.ratings).toEqual([{ annotator: "r1", completion: 0, score: 4, comment: "Nearly." }]);
  });
});
