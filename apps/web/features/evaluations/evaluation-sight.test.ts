import { describe, expect, it } from "vitest";
import { sightOf } from "./evaluation-sight.ts";

const seen = {
  state: "done" as const,
  verdict: "not yet known" as const,
  judgements: 20,
  prompts: { judged: 10, total: 10, asked: 60, available: 10 },
};

describe("what a page shows of an evaluation", () => {
  it("calls what is judged and open undecided, and advises no more prompts than there are", () => {
    expect(sightOf(seen)).toMatchObject({
      verdict: "undecided",
      explained: "undecidedAll",
      comparesAgain: false,
      fewer: true,
    });
    const more = { ...seen, prompts: { ...seen.prompts, asked: 10, available: 30 } };
    expect(sightOf(more)).toMatchObject({ explained: "undecided", comparesAgain: true, fewer: false });
  });

  it("still waits while people judge", () => {
    const judging = { ...seen, state: "judging" as const, prompts: { ...seen.prompts, judged: 9 } };
    expect(sightOf(judging)).toMatchObject({ verdict: "unknown", judges: true, moves: true, comparesAgain: false });
  });

  it("asks nobody to judge what is judged, and calls nothing undecided, while the last judgements can be undone", () => {
    const settling = { verdict: "unknown", explained: "settling", judges: false, moves: true, comparesAgain: false };
    expect(sightOf({ ...seen, state: "judging" })).toMatchObject(settling);
    expect(sightOf({ ...seen, state: "judging", verdict: "worse" })).toMatchObject({
      ...{ explained: "worse", judges: false, moves: true },
    });
  });

  it("says when all answers were equal, and what was decided", () => {
    expect(sightOf({ ...seen, judgements: 0 }).explained).toBe("allEqual");
    expect(sightOf({ ...seen, verdict: "better" })).toMatchObject({ verdict: "better", explained: "better" });
  });
});
