import { describe, expect, it } from "vitest";
import { type DayOfMember, sumUpAnnotators } from "./annotator-order.ts";

const day = (memberId: string, source: DayOfMember["source"], counted: number, date: number): DayOfMember => ({
  memberId,
  source,
  counted,
  lastAt: new Date(date),
});

describe("the list of annotators", () => {
  it("has people before imported and simulated ones, and the most active of each kind first", () => {
    const days = [
      day("robot", "simulated", 400, 9),
      day("study", "imported", 90, 1),
      day("Ana", "person", 3, 2),
      day("Bo", "person", 2, 4),
      day("Bo", "person", 5, 3),
    ];
    expect(sumUpAnnotators(days)).toEqual([
      { memberId: "Bo", judgements: 7, last: 4 },
      { memberId: "Ana", judgements: 3, last: 2 },
      { memberId: "study", judgements: 90, last: 1 },
      { memberId: "robot", judgements: 400, last: 9 },
    ]);
  });
});
