import { projectFileFormat } from "@touchstone/contracts";
import { describe, expect, it } from "vitest";
import { fileNameOf, readProjectFile } from "./project-file.ts";

const file = { format: projectFileFormat, version: 1, name: "Answers" };

describe("a project's file in the browser", () => {
  it("is read as what the API takes", () => {
    expect(readProjectFile(JSON.stringify(file))).toMatchObject({ file: { ...file, overlap: 3 } });
  });

  it("is refused by one fault where it is another product's, a newer one's, or no JSON", () => {
    const reasons = (text: string) => {
      const reading = readProjectFile(text);
      return "faults" in reading ? reading.faults.map(({ path, reason }) => [path, reason]) : [];
    };
    expect(reasons("<xml/>")).toEqual([["format", "field.notAProject"]]);
    expect(reasons('{"view": "<View/>"}')).toEqual([["format", "field.notAProject"]]);
    expect(reasons(JSON.stringify({ ...file, version: 2, more: true }))).toEqual([["version", "field.newerProject"]]);
    expect(reasons(JSON.stringify({ ...file, overlap: 0 }))).toEqual([["overlap", "field.tooSmall"]]);
  });

  it("is saved under a name that every system takes", () => {
    expect(fileNameOf({ name: "Everyday answers · 日常问答" })).toBe("Everyday-answers-日常问答.touchstone.json");
    expect(fileNameOf({ name: "../…" })).toBe("project.touchstone.json");
  });
});
