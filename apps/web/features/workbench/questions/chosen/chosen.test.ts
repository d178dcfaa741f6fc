import {
  type Answer,
  type LeasedTask,
  type Question,
  type QuestionKind,
  standardQuestion,
} from "@touchstone/contracts";
import { describe, expect, it } from "vitest";
import { leasedTask } from "../../state/leased-task.fixture.ts";
import type { SheetParts } from "../question-parts.ts";
import { nextEmpty, withScore } from "./aspect-cells.ts";
import { chosenOf, optionsOf, pressed } from "./chosen-options.ts";
import { draftOf, extremesOf, withPressed } from "./extremes.ts";
import { aspects, bestWorst, choice, number } from "./index.ts";
import { valuesOf, withValue } from "./number-values.ts";

const answer = (place: number) => ({ id: `0195d2a0-0000-7000-8600-00000000000${place}`, text: `Answer ${place}` });
const shown = (count: number): LeasedTask => ({
  ...leasedTask(1),
  completions: Array.from({ length: count }, (_, place) => answer(place)),
});
const asking = (kind: QuestionKind, settings: Question["settings"]): Question => ({
  ...standardQuestion(kind),
  settings: { ...standardQuestion(kind).settings, ...settings },
});
const whole = (parts: SheetParts, question: Question, draft: Answer, count = 3) =>
  parts.complete(draft, question, shown(count));

describe("a choice", () => {
  const one = asking("choice", { options: ["x", "y", "z"] });
  const some = asking("choice", { options: ["x", "y", "z"], multiple: true, least: 2, most: 2 });

  it("of one is the option pressed last", () => {
    expect(pressed({ chosen: ["x"] }, "z", optionsOf(one))).toEqual(["z"]);
    expect(whole(choice, one, { chosen: ["z"] })).toEqual({ chosen: ["z"] });
    expect(whole(choice, one, { chosen: ["gone"] })).toBeNull();
  });

  it("of several comes and goes, in the order of the options, and is whole between its bounds", () => {
    const of = optionsOf(some);
    expect(pressed({ chosen: ["z"] }, "x", of)).toEqual(["x", "z"]);
    expect(pressed({ chosen: ["x", "z"] }, "y", of)).toEqual(["x", "z"]);
    expect(pressed({ chosen: ["x", "z"] }, "x", of)).toEqual(["z"]);
    expect(whole(choice, some, { chosen: ["z"] })).toBeNull();
    expect(whole(choice, some, { chosen: ["z", "x"] })).toEqual({ chosen: ["x", "z"] });
    expect(chosenOf(undefined, of.options)).toEqual([]);
  });
});

describe("ratings by aspect", () => {
  const question = asking("aspects", { aspects: ["truth", "tone"] });

  it("go from cell to cell, aspect by aspect, and are whole when each cell has a score", () => {
    expect(nextEmpty(question, undefined, 2)).toEqual({ aspect: "truth", place: 0 });
    let draft: Answer | undefined;
    const visited: string[] = [];
    for (let cell = nextEmpty(question, draft, 2); cell; cell = nextEmpty(question, draft, 2, cell)) {
      visited.push(`${cell.aspect} ${cell.place}`);
      draft = withScore(question, draft, 2, cell, visited.length);
      expect(whole(aspects, question, draft, 2) === null).toBe(visited.length < 4);
    }
    expect(visited).toEqual(["truth 0", "truth 1", "tone 0", "tone 1"]);
    expect(draft).toEqual({ ratings: { truth: [1, 2], tone: [3, 4] } });
  });

  it("go around to what was passed by", () => {
    const draft = { ratings: { truth: [null, 1], tone: [2, 3] } };
    expect(nextEmpty(question, draft, 2, { aspect: "tone", place: 1 })).toEqual({ aspect: "truth", place: 0 });
    expect(whole(aspects, question, draft, 2)).toBeNull();
  });

  it("of a draft of more steps are none", () => {
    expect(whole(aspects, question, { ratings: { truth: [7, 1], tone: [2, 3] } }, 2)).toBeNull();
  });
});

describe("the best and the worst", () => {
  const question = asking("best-worst", {});
  const after = (...places: number[]) =>
    draftOf(places.reduce((extremes, place) => withPressed(extremes, place), extremesOf(undefined, 3)));

  it("are what is pressed first and second, and a press takes each back", () => {
    expect(after(2)).toEqual({ best: 2 });
    expect(after(2, 0)).toEqual({ best: 2, worst: 0 });
    expect(after(2, 0, 2)).toEqual({ worst: 0 });
    expect(after(2, 0, 2, 1)).toEqual({ best: 1, worst: 0 });
    expect(after(2, 2)).toBeNull();
  });

  it("are whole together", () => {
    expect(whole(bestWorst, question, { best: 2 })).toBeNull();
    expect(whole(bestWorst, question, { best: 2, worst: 3 })).toBeNull();
    expect(whole(bestWorst, question, { best: 2, worst: 0 })).toEqual({ best: 2, worst: 0 });
  });
});

describe("numbers", () => {
  const question = asking("number", { min: 0, max: 1, step: 0.1 });

  it("are whole when each answer has one that can be given", () => {
    expect(valuesOf({ values: [0.3] }, 2)).toEqual([0.3, null]);
    expect(withValue([0.3, null], 0, null)).toBeNull();
    expect(whole(number, question, { values: [0.3, null] }, 2)).toBeNull();
    expect(whole(number, question, { values: [0.3, 0.75] }, 2)).toBeNull();
    expect(whole(number, question, { values: [0.3, 1] }, 2)).toEqual({ values: [0.3, 1] });
  });
});
