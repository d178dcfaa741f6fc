import { expect, it } from "vitest";
import { loadingSnippets } from "./loading-snippets.ts";

const origin = "https://touchstone.example.org";
const textsOf = (name: string) =>
  Object.fromEntries(loadingSnippets(origin, `/api/files/${name}`, name).map(({ id, text }) => [id, text]));

it("says how a file is loaded from its address, with the loader of its kind and no token written down", () => {
  const { python, curl } = textsOf("trl-preference.parquet");
  expect(python).toContain('load_dataset("parquet", data_files=url');
  expect(python).toContain(`url = "${origin}/api/files/trl-preference.parquet"`);
  expect(curl).toContain(`--output trl-preference.parquet ${origin}/api/files/trl-preference.parquet`);
  expect(`${python}${curl}`).not.toContain("ts_");
  expect(textsOf("hh.jsonl").python).toContain('load_dataset("json"');
  expect(textsOf("label-studio.json").python).toContain('load_dataset("json"');
  expect(textsOf("ratings.csv").python).toContain('load_dataset("csv"');
});

it("offers Python no file that is to be unpacked first", () => {
  for (const name of ["judgements.zip", "hh.jsonl.gz"]) expect(Object.keys(textsOf(name))).toEqual(["curl"]);
});
