import { describe, expect, it } from "vitest";
import { matchDestination } from "./match-destination.ts";

describe("what is typed into the command menu", () => {
  it("finds names that hold every word, best where the name begins with one", () => {
    expect(matchDestination("house", "Household answers")).toBe(1);
    expect(matchDestination("answers house", "Household answers")).toBe(1);
    expect(matchDestination("answ", "Household answers")).toBe(0.7);
    expect(matchDestination("ＲＬＯＯ", "Policy gradient (RLOO)")).toBe(0.7);
    expect(matchDestination("问答", "Everyday answers · 日常问答")).toBe(0.7);
    expect(matchDestination("", "Models")).toBe(1);
  });

  it("finds a run by its project, after what is called so itself", () => {
    expect(matchDestination("reward house", "Reward model", "Household answers")).toBe(0.3);
  });

  it("leaves out what only has the letters somewhere", () => {
    expect(matchDestination("house", "Practice: the whole loop in minutes")).toBe(0);
    expect(matchDestination("house", "Reward model", "Practice: the whole loop in minutes")).toBe(0);
  });
});
