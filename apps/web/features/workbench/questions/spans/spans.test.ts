import { type LeasedTask, type Question, standardQuestion } from "@touchstone/contracts";
import { createTranslator } from "next-intl";
import { describe, expect, it } from "vitest";
import { en } from "../../../../messages/en.ts";
import { leasedTask } from "../../state/leased-task.fixture.ts";
import type { AnswerWords } from "../question-parts.ts";
import { spans as spansParts } from "./index.ts";
import { keysFor } from "./mark-keys.ts";
import { draftOf, type Mark, marksOf, silentPlaces, wholeMarks, withClean, withMark, withoutMark } from "./marks.ts";
import { drawnSpans, piecesOf } from "./pieces.ts";
import { type Cursor, stepped, stretchOf } from "./text-keys.ts";
import { unitsOf, wholeStretch } from "./text-units.ts";

const mark = (change: Partial<Mark> = {}): Mark => ({
  place: 0,
  start: 0,
  end: 2,
  category: "Meaning",
  severity: "minor",
  ...change,
});
const none = marksOf(undefined);
const spans = standardQuestion("spans");
const question: Question = { ...spans, settings: { ...spans.settings, categories: ["Meaning"] } };
const shown = (...texts: (string | null)[]): LeasedTask => ({
  ...leasedTask(1),
  completions: texts.map((text, place) => ({ id: `0195d2a0-0000-7000-8600-00000000000${place}`, text })),
});

describe("marks", () => {
  it("stand in the order of the texts, whatever the order in which they were made", () => {
    const made = [mark({ place: 1 }), mark({ start: null, end: null }), mark({ start: 3, end: 4 }), mark()].reduce(
      (marks, one) => withMark(marks, one),
      none,
    );
    expect(made.spans.map(({ place, start }) => [place, start])).toEqual([
      [0, 0],
      [0, 3],
      [0, null],
      [1, 0],
    ]);
  });

  it("are one where the same is marked twice, but two things may be missing", () => {
    const whole = mark({ start: null, end: null });
    const twice = [mark(), mark(), whole, whole].reduce((marks, one) => withMark(marks, one), none);
    expect(twice.spans).toHaveLength(3);
    expect(withoutMark(twice, whole).spans).toHaveLength(2);
  });

  it("take back that nothing is wrong, and are changed in their place", () => {
    const clean = withClean(none, 0);
    expect(withClean(clean, 0)).toEqual(none);
    const marked = withMark(clean, mark());
    expect(marked.clean).toEqual([]);
    expect(withMark(marked, mark({ severity: "major" }), mark()).spans).toEqual([mark({ severity: "major" })]);
  });

  it("come back from a draft as they were put into it, without what is none", () => {
    const marks = withClean(withMark(none, mark({ note: "x" })), 1);
    expect(marksOf(draftOf(marks) ?? undefined)).toEqual(marks);
    expect(draftOf(none)).toBeNull();
    expect(marksOf({ spans: [{ place: 0 }, 7], clean: ["x"] })).toEqual(none);
  });

  it("are whole once each answer with a text is spoken of, and fit the texts", () => {
    const task = shown("😀好", "fine", null);
    expect(silentPlaces(none, task)).toEqual([0, 1]);
    expect(wholeMarks(withMark(none, mark()), question, task)).toBeNull();
    const whole = withClean(withMark(none, mark()), 1);
    expect(wholeMarks(whole, question, task)).toEqual({ spans: [mark()], clean: [1] });
    expect(wholeMarks(withMark(whole, mark({ end: 3 })), question, task)).toBeNull();
    const one = { ...question, settings: { ...question.settings, every: false } };
    expect(wholeMarks(withMark(none, mark()), one, task)).toEqual({ spans: [mark()], clean: [] });
  });
});

describe("a selection", () => {
  it.each([
    ["loses the blanks at its ends", " of the ", [0, 8], "of the"],
    ["takes the accent with its letter", "cafe\u0301 noir", [0, 4], "cafe\u0301"],
    ["keeps a family of emoji together", "a 👩‍👩‍👧!", [2, 5], "👩‍👩‍👧"],
    ["keeps a flag together", "🇨🇳🇫🇷", [0, 3], "🇨🇳"],
    ["is as it is in Chinese", "接收过程", [1, 3], "收过"],
  ] as const)("%s", (_, text, selected, expected) => {
    const [start, end] = wholeStretch(text, selected) ?? [0, 0];
    expect(text.slice(start, end)).toBe(expected);
  });

  it("of blanks is none", () => {
    expect(wholeStretch("a  b", [1, 3])).toBeNull();
  });
});

describe("arrow keys", () => {
  /** What is selected after each of some keys. */
  function walked(text: string, language: string, ...keys: string[]): string[] {
    const units = unitsOf(text, language);
    let cursor: Cursor | null = null;
    return keys.map((said) => {
      const extend = said.startsWith("Shift+");
      const step = { key: said.replace("Shift+", ""), extend, rtl: false };
      cursor = stepped(cursor, step, units, text.length) ?? cursor;
      return cursor ? text.slice(...stretchOf(cursor)) : "";
    });
  }

  it("go from word to word, and stop at punctuation and at emoji", () => {
    const right = Array.from({ length: 6 }, () => "ArrowRight");
    expect(walked("It’s  so, 👩‍👩‍👧 ok", "en", ...right)).toEqual(["It’s", "so", ",", "👩‍👩‍👧", "ok", "ok"]);
    expect(walked("One two", "en", "End", "ArrowLeft", "ArrowLeft", "End", "Home")).toEqual([
      "two",
      "One",
      "One",
      "two",
      "One",
    ]);
  });

  it("find Chinese words, between which nothing stands", () => {
    expect(walked("接收过程有瓶颈", "zh-Hans", "ArrowRight", "ArrowRight")).toEqual(["接收", "过程"]);
  });

  it("select more and less with Shift", () => {
    const keys = ["ArrowRight", "ArrowRight", "Shift+ArrowRight", "Shift+ArrowLeft", "Shift+ArrowLeft", "ArrowRight"];
    expect(walked("one two three", "en", ...keys)).toEqual(["one", "two", "two three", "two", "one two", "two"]);
  });

  it("go the other way where the text does", () => {
    const units = unitsOf("שלום עולם", "he");
    const first = stepped(null, { key: "ArrowLeft", extend: false, rtl: true }, units, 9);
    expect(first && stretchOf(first)).toEqual([0, 4]);
    expect(stepped(first ?? null, { key: "a", extend: false, rtl: true }, units, 9)).toBeUndefined();
  });
});

describe("marks over one another", () => {
  it("cut a paragraph into parts, each with the marks that cover it", () => {
    const text = "😀 one two";
    const drawn = drawnSpans(
      [mark({ start: 0, end: 5 }), mark({ start: 2, end: 9 }), mark({ start: null, end: null })],
      text,
    );
    const pieces = piecesOf(drawn, 0, text.length);
    expect(pieces.map(({ start, end, spans: of }) => [text.slice(start, end), of.map(({ number }) => number)])).toEqual(
      [
        ["😀 ", [1]],
        ["one", [1, 2]],
        [" two", [2]],
      ],
    );
    expect(piecesOf(drawn, 0, 3).map(({ start, end }) => [start, end])).toEqual([[0, 3]]);
  });
});

describe("an answer in one line", () => {
  it("tells a few marks by what they are, and more by their number", () => {
    const words: AnswerWords = createTranslator({ locale: "en", messages: en, namespace: "questions" });
    const said = (...marks: Mark[]) => spansParts.inWords(words, { spans: marks, clean: [1] }, question);
    expect(said(mark(), mark({ start: 1, category: "Style", severity: "major" }))).toBe(
      "A: Meaning (minor), Style (major); B: nothing wrong",
    );
    expect(spansParts.inWords(words, { spans: [], clean: [0, 2] }, question)).toBe("A, C: nothing wrong");
    expect(said(...[0, 1, 2, 3].map((start) => mark({ start, end: start + 1 })))).toBe("A: 4 marks; B: nothing wrong");
  });
});

describe("keys of categories", () => {
  it("are 26, none of which means something else at the desk", () => {
    const keys = keysFor(30);
    expect(keys.filter((key) => key !== undefined)).toHaveLength(26);
    expect(new Set(keys).size).toBe(27);
    for (const taken of "sfzdmgnowb") expect(keys).not.toContain(taken);
  });
});
