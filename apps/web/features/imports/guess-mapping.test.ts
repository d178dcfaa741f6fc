import { describe, expect, it } from "vitest";
import { guess } from "./guess-mapping.ts";

describe("guess", () => {
  it("knows TRL's preference rows and whole transcripts by their keys", () => {
    expect(guess([{ prompt: "p", chosen: "a", rejected: "b" }]).format).toBe("trl-preference");
    expect(guess([{ chosen: "\n\nHuman: hi\n\nAssistant: a", rejected: "b" }]).format).toBe("hh");
  });

  it("finds a list of votes with its worker and value", () => {
    const { format, mapping } = guess([{ id: 1, title: "t", a1: "x", a2: "y", votes: [{ worker: "w", value: "a1" }] }]);
    expect(format).toBe("columns");
    expect(mapping).toMatchObject({
      id: "id",
      prompt: "title",
      a: "a1",
      b: "a2",
      votes: { list: "votes", annotator: "worker", value: "value" },
    });
  });

  it("finds one column an annotator", () => {
    const { mapping } = guess([{ instruction: "i", response1: "x", response2: "y", annotator1: 1, annotator2: 2 }]);
    expect(mapping).toMatchObject({ prompt: "instruction", votes: { columns: ["annotator1", "annotator2"] } });
  });

  it("finds a published split by its values, and leaves a column alone that says something else", () => {
    const row = { title: "t", a: "x", b: "y" };
    expect(
      guess([
        { ...row, set: "train" },
        { ...row, set: "test" },
      ]).mapping.split,
    ).toBe("set");
    expect(
      guess([
        { ...row, set: "train" },
        { ...row, set: "spoons" },
      ]).mapping.split,
    ).toBeUndefined();
    expect(guess([row]).mapping).not.toHaveProperty("split");
  });

  it("takes rows with a prompt alone for prompts", () => {
    expect(guess([{ prompt: "p" }]).format).toBe("prompts");
  });
});
