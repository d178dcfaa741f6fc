import { expect, it } from "vitest";
import { ExportFormat } from "./datasets.ts";
import { Aggregation, ExportContainer } from "./export-shapes.ts";
import { labelSetFileName, parseLabelSetFileName } from "./label-set-file-name.ts";

it("gives each file of a label set one name, from which all that was asked is read again", () => {
  const names = new Set<string>();
  let asked = 0;
  for (const format of ExportFormat.options) {
    for (const aggregation of Aggregation.options) {
      for (const container of ExportContainer.options) {
        for (const margin of ["true", "false"] as const) {
          const one = { format, aggregation, container, margin, compression: "none", part: "rows" } as const;
          const name = labelSetFileName(one);
          expect(parseLabelSetFileName(name)).toEqual(one);
          names.add(name);
          asked += 1;
        }
      }
    }
  }
  expect(names.size).toBe(asked);
});

it.each([
  ["trl-preference.parquet", { format: "trl-preference", container: "parquet", compression: "none" }],
  ["openrlhf.majority.margin.jsonl.gz", { aggregation: "majority", margin: "true", compression: "gzip" }],
  ["hh.sidecar.jsonl", { format: "hh", part: "sidecar", container: "jsonl" }],
  ["label-studio.json", { format: "label-studio", container: "jsonl" }],
  ["judgements.zip", { format: "judgements", container: "folder" }],
])("reads %s", (name, asked) => {
  expect(parseLabelSetFileName(name)).toMatchObject(asked);
});

it.each([
  ...["", "parquet", "trl-preference", "trl-preference.", "TRL-preference.parquet", "trl-preference.parquet.gz"],
  ...["trl-preference.votes.parquet", "openrlhf.margin.majority.parquet", "label-studio.jsonl", "hh.sidecar.parquet"],
  ...["../hh.parquet", "hh.parquet/..", "hh..parquet", "hh.parquet.draft", "trl-preference.majority.soft.parquet"],
])("takes %j for no name", (name) => {
  expect(parseLabelSetFileName(name)).toBeNull();
});
