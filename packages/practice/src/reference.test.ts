import { describe, expect, test } from "vitest";
import { practicePrompts } from "./prompts.ts";
import { namesRightClass, referenceAnswer } from "./reference.ts";
import type { PracticeTask } from "./task.ts";
import { utility } from "./utility.ts";

const prompts = practicePrompts("reference", 400, "test");

test("the reference answer to every task is right and faultless", () => {
  for (const { task } of prompts) expect(utility(task, referenceAnswer(task)), JSON.stringify(task)).toBeCloseTo(1, 9);
});

describe("a classification", () => {
  const task: PracticeTask = { use: "kind", language: "en", look: "red", thing: "apple" };

  test("is right when it names the right class, in whatever words", () => {
    expect(namesRightClass(task, "A red apple is food.")).toBe(true);
    expect(namesRightClass(task, "food")).toBe(true);
  });

  test("is wrong with another class, with two, and with none", () => {
    for (const answer of ["A red apple is a toy.", "food or a toy", "A red apple.", ""]) {
      expect(namesRightClass(task, answer), answer).toBe(false);
    }
  });

  test("is right by its reference in both languages", () => {
    const asked = prompts.filter(({ use }) => use === "classification");
    expect(asked.length).toBe(100);
    for (const { task: each } of asked) expect(namesRightClass(each, referenceAnswer(each))).toBe(true);
  });

  test("is not what a story is", () => {
    const story = prompts.find(({ use }) => use === "story");
    expect(() => namesRightClass(story?.task ?? task, "food")).toThrow(/story has no classes/);
  });
});
