import { describe, expect, it } from "vitest";
import { codes, recognise } from "./receipt-of.fixture.ts";

const row = (id: string | number, prompt: string, chosen: string) => ({ id, prompt, chosen, rejected: "No." });
const first = row(7, "Which?", "This.");

describe("ids that repeat within a file", () => {
  it("with another prompt have to be agreed to, with their lines", async () => {
    const { warnings } = await recognise([first, row(8, "Which?", "This."), row("7", "Why?", "So.")]);
    expect(warnings).toEqual([
      { code: "idOfOtherPrompt", weight: "confirm", values: { count: 1, column: "id", value: "7" }, lines: [3] },
    ]);
  });

  it("with the same prompt and other answers, as ids of prompts do, are told of", async () => {
    const { warnings } = await recognise([first, row(7, "Which?", "That.")]);
    expect(warnings).toEqual([{ code: "idOfOtherAnswers", weight: "note", values: { count: 1 }, lines: [2] }]);
  });

  it("are no news where the rows say the same, in whichever order of the answers", async () => {
    const turned = { id: 7, prompt: "Which?", chosen: "No.", rejected: "This." };
    const { warnings } = await recognise([first, first, turned]);
    expect(codes(warnings)).toEqual(["contradictingVotes", "repeatedVotes"]);
  });
});
