import { Answers, type LeasedTask, type Question, standardQuestion } from "@touchstone/contracts";
import { describe, expect, it } from "vitest";
import { leasedTask } from "../../state/leased-task.fixture.ts";
import type { LoadedParts } from "../question-parts.ts";
import { wholeAnswers } from "../whole-answers.ts";
import { abridged, changesOf } from "./changes.ts";
import { excerpt } from "./excerpt.ts";
import { correction, demonstration, text } from "./index.ts";

const asking = (kind: Question["kind"], more: Partial<Question> = {}): Question => {
  const standard = standardQuestion(kind);
  return { ...standard, name: kind, ...more, settings: { ...standard.settings, ...more.settings } };
};
const parts = { text, demonstration, correction };
const partsOf = ({ kind }: Question): LoadedParts => {
  if (kind === "text" || kind === "demonstration" || kind === "correction") return parts[kind];
  throw new Error(`${kind} is not asked here`);
};
const taskAsking = (...questions: Question[]): LeasedTask => ({ ...leasedTask(1), questions });
const whole = (task: LeasedTask, drafts: object) => {
  const { answers, lacking } = wholeAnswers(task, Answers.parse(drafts), partsOf);
  return { answers, lacking: lacking?.name };
};

describe("a text that is written", () => {
  it("is an answer once it is as long as was asked, in characters as people count them", () => {
    const task = taskAsking(asking("text", { settings: { minLength: 2, maxLength: 3 } }));
    for (const draft of ["", "a", " \n ", "👍", "abcd"]) {
      expect(whole(task, { text: { text: draft } })).toEqual({ answers: {}, lacking: "text" });
    }
    for (const draft of ["ab", "👍👍👍", "好的"]) {
      expect(whole(task, { text: { text: draft } })).toEqual({
        answers: { text: { text: draft } },
        lacking: undefined,
      });
    }
  });

  it("is not dropped unsaid where it may be left out and is too short", () => {
    const [ideal, why] = [asking("demonstration"), asking("text", { required: false, settings: { minLength: 5 } })];
    const task = taskAsking(ideal, why);
    const demonstrated = { text: "Tea." };
    expect(whole(task, { demonstration: demonstrated })).toMatchObject({ lacking: undefined });
    expect(whole(task, { demonstration: demonstrated, text: { text: "Is" } })).toMatchObject({ lacking: "text" });
  });

  it("is wanted where nothing else is said, though it may be left out", () => {
    expect(whole(taskAsking(asking("text", { required: false })), {})).toEqual({ answers: {}, lacking: "text" });
  });

  it("stands in one line where many stand", () => {
    expect(excerpt(" one\n\ntwo ")).toBe("one two");
    expect(excerpt("👍".repeat(60))).toBe("👍".repeat(60));
    expect(excerpt("👍".repeat(61))).toBe(`${"👍".repeat(60)}…`);
    expect(excerpt("x".repeat(100_000))).toBe(`${"x".repeat(60)}…`);
  });
});

describe("what was changed in a text", () => {
  it("is told in the order of the text, Chinese by its words", () => {
    expect(changesOf("她把钥匙插进灯塔的门", "她把钥匙扔进大海", "zh")?.[0]).toEqual({
      kind: "same",
      text: "她把钥匙",
    });
    const changes = changesOf("The earth is flat.", "The earth is round, and old.") ?? [];
    expect(changes.map(({ kind }) => kind)).toEqual(["same", "removed", "added", "same"]);
    const joined = (...kinds: string[]) =>
      changes.flatMap((change) => (kinds.includes(change.kind) ? [change.text] : [])).join("");
    expect(joined("same", "removed")).toBe("The earth is flat.");
    expect(joined("same", "added")).toBe("The earth is round, and old.");
  });

  it("leaves out what stayed the same far from any change, and no half character", () => {
    expect(abridged("short", { first: false, last: false })).toBe("short");
    const long = `${"a".repeat(79)}👍${"b".repeat(500)}👍${"c".repeat(79)}`;
    expect(abridged(long, { first: false, last: false })).toBe(`${"a".repeat(79)} … ${"c".repeat(79)}`);
    expect(abridged(long, { first: true, last: false })).toBe(` … ${"c".repeat(79)}`);
  });
});
