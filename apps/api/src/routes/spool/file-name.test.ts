import { describe, expect, it } from "vitest";
import { fileNameOf } from "./file-name.ts";

const address = "https://huggingface.co/datasets/a/b/resolve/main/data/train%2000.parquet?download=true";

describe("the name of a fetched file", () => {
  it.each([
    [undefined, "train 00.parquet"],
    ["inline", "train 00.parquet"],
    ['attachment; filename="pairs.jsonl"', "pairs.jsonl"],
    ["attachment; filename=pairs.jsonl", "pairs.jsonl"],
    ['attachment; filename="a \\"b\\".csv"', 'a "b".csv'],
    // Hugging Face says both.
    ["inline; filename*=UTF-8''%E5%AF%B9.parquet; filename=\"pairs.parquet\";", "对.parquet"],
    ["attachment; filename*=UTF-8''100%.csv", "100%.csv"],
    ['attachment; filename="../../etc/passwd"', "passwd"],
    ['attachment; filename="C:\\\\Users\\\\rows.csv"', "rows.csv"],
    ['attachment; filename=""', "file"],
    ['attachment; filename="..\u202ecsv.exe"', "..csv.exe"],
  ])("of %s is %s", (disposition, name) => {
    expect(fileNameOf(disposition, address)).toBe(name);
  });

  it("is a word of its own where neither says one", () => {
    expect(fileNameOf(undefined, "https://example.org/")).toBe("file");
  });
});
