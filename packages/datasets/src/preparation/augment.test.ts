import { describe, expect, it } from "vitest";
import { contentId, type TrainingRow } from "../training/training-row.ts";
import { augmenting, templateProblems } from "./augment.ts";

const row = (content: string): Extract<TrainingRow, { kind: "demonstration" }> => {
  const prompt = [
    { role: "system" as const, content: "Be brief." },
    { role: "user" as const, content },
  ];
  return { kind: "demonstration", promptId: contentId(prompt), prompt, split: "train", text: "A {metal}." };
};
const prompts = (rows: readonly TrainingRow[]) =>
  rows.map((one) => (one.kind === "text" ? "" : (one.prompt.at(-1)?.content ?? "")));

describe("rewording prompts by template", () => {
  it("puts the last question into the template's words and leaves the answer alone", () => {
    const reword = augmenting({ templates: ["{greeting} {prompt}"], values: { greeting: ["你好，"] }, copies: 1 }, 1);
    const [one, ...more] = reword(row("What is {gold}?"));
    expect(more).toEqual([]);
    expect(one).toMatchObject({ kind: "demonstration", text: "A {metal}.", split: "train" });
    expect(prompts(one ? [one] : [])).toEqual(["你好， What is {gold}?"]);
    if (one?.kind === "demonstration") expect(one.promptId).toBe(contentId(one.prompt));
  });

  it("draws templates and values by seed and prompt alone, each template once before one comes again", () => {
    const settings = {
      templates: ["Q: {prompt}", "{prompt} Answer {how}.", "{prompt}"],
      values: { how: ["briefly", "kindly", "well"] },
      copies: 3,
    };
    const rows = Array.from({ length: 40 }, (_, index) => row(`Question ${index}?`));
    const reworded = rows.map((one) => prompts(augmenting(settings, 1)(one)));
    expect(rows.toReversed().map((one) => prompts(augmenting(settings, 1)(one)))).toEqual(reworded.toReversed());
    // The third template is the question itself, and a repeat is no rewording.
    for (const [index, texts] of reworded.entries()) {
      expect(texts).toHaveLength(2);
      expect(texts).toContain(`Q: Question ${index}?`);
    }
    const drawn = new Set(reworded.flat().map((text) => /Answer (\w+)/.exec(text)?.[1]));
    expect(drawn).toEqual(new Set([undefined, "briefly", "kindly", "well"]));
    expect(rows.map((one) => prompts(augmenting(settings, 2)(one)))).not.toEqual(reworded);
  });

  it("gives a prompt with a name of its own another name", () => {
    const reword = augmenting({ templates: ["Q: {prompt}"], values: {}, copies: 1 }, 1);
    expect(reword({ ...row("Why?"), promptId: "p7" })).toMatchObject([{ promptId: "p7/1" }]);
    expect(reword({ kind: "text", text: "Why?" })).toEqual([]);
  });

  it("refuses templates without a place for the question or with names that nobody gave, saying which", () => {
    const settings = { templates: ["Hello", "{tone}: {prompt}"], values: {}, copies: 1 };
    expect(templateProblems(settings)).toEqual([
      "“Hello” must hold {prompt}, where the question goes.",
      "“{tone}: {prompt}” asks for {tone}, and values has no list of that name.",
    ]);
    expect(() => augmenting(settings, 1)).toThrow("{tone}");
  });
});
