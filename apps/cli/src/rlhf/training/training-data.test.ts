import { type Ranking, TrainingSpec } from "@touchstone/contracts";
import { describe, expect, it } from "vitest";
import { trainingData } from "./training-data.ts";
import { unreadRows } from "./unread-rows.ts";

const answer = (text: string) => ({ completionId: text, text });
const ranking: Ranking = {
  kind: "ranking",
  ...{ judgementId: "j", annotator: "w", promptId: "p", prompt: [{ role: "user", content: "?" }], split: "train" },
  ...{ groups: [[answer("x")], [answer("y")], [answer("z")]], weight: 1 },
};
const rows = [ranking];

describe.each(["dpo", "ipo", "kto"])("a file of nothing but rankings, for dpo by %s", (kind) => {
  const spec = TrainingSpec.parse({ trainer: "dpo", objective: { kind } });

  it("is read, for its pairs", () => {
    expect(trainingData(spec, [{ rows, split: "train" }])).toEqual({ comparisons: [], rankings: [ranking] });
  });

  it("leaves nothing unread", () => {
    expect(unreadRows(spec, rows)).toEqual([]);
  });
});
