import { describe, expect, it } from "vitest";
import { QuestionnaireDraft } from "./questionnaire-draft.ts";
import { charactersIn, lengthFault, longestWritten } from "./text-length.ts";

describe("the length of a text", () => {
  it.each(["", "abc", "好的👍！", "𝒜𝒷", "\ud83d", "\udc4d\ud83d", "👩‍👩‍👧"])("is the code points of %j", (text) => {
    expect(charactersIn(text)).toBe([...text].length);
  });

  it("is said to be wrong by one rule", () => {
    const bounds = { minLength: 2, maxLength: 3 };
    const faults = ["", " \u200b\n", "a", "ab", "👍👍👍", "abcd"].map((text) => lengthFault(text, bounds));
    expect(faults).toEqual(["blank", "blank", "tooShort", null, null, "tooLong"]);
    // As many code points as may be, and more than can be kept of any text.
    const emoji = "👍".repeat(longestWritten / 2 + 1);
    expect(lengthFault(emoji, { minLength: 1, maxLength: longestWritten })).toBe("tooLong");
  });
});

describe("a questionnaire that is answered in words", () => {
  const draft = (...questions: object[]) => QuestionnaireDraft.safeParse({ name: "own", questions });
  const faults = (...questions: object[]) => draft(...questions).error?.issues.map(({ path }) => path.join("."));

  it("says how long a text may be, and a minimum above the maximum is refused by name", () => {
    const { data } = draft({ name: "why", kind: "text" }, { name: "ideal", kind: "demonstration" });
    expect(data?.questions.map(({ settings }) => settings)).toEqual([
      { minLength: 1, maxLength: 10_000, multiline: true },
      { minLength: 1, maxLength: 100_000 },
    ]);
    const settings = { minLength: 20, maxLength: 10 };
    expect(faults({ name: "why", kind: "text", settings })).toEqual(["questions.0.settings.maxLength"]);
  });

  it("asks for one correction at most", () => {
    const [first, second] = ["one", "other"].map((name) => ({ name, kind: "correction" }));
    expect(faults(first ?? {}, second ?? {})).toEqual(["questions.1.kind"]);
    expect(faults(first ?? {}, { name: "why", kind: "text" })).toBeUndefined();
  });
});
