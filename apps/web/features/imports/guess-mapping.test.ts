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

  it("takes rows with a prompt alone for prompts", () => {
    expect(guess([{ prompt: "p" }]).format).toBe("prompts");
  });
});
