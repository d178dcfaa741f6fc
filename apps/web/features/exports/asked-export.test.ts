import { ExportFormat } from "@touchstone/contracts";
import { expect, it } from "vitest";
import { addressOf, addressOfSet, fitting, plainExport } from "./asked-export.ts";
import { purposes } from "./purposes.ts";

it("offers each format once, by what it is for", () => {
  const offered: string[] = Object.values(purposes).flat();
  expect(offered.toSorted()).toEqual([...ExportFormat.options].sort());
});

it("asks for nothing that does not fit the format or the file", () => {
  const all = { ...plainExport, gzip: true, margin: true, aggregation: "soft", license: "mit" } as const;
  expect(fitting({ ...all, format: "hh", container: "folder" })).toMatchObject({
    ...{ aggregation: "votes", margin: false, gzip: false, license: "mit" },
  });
  expect(fitting({ ...all, format: "openrlhf" })).toMatchObject({ margin: true, gzip: true, license: "" });
  expect(addressOf("p", { ...all, format: "trl-preference", container: "csv" })).toBe(
    "/api/projects/p/exports?format=trl-preference&includeSimulated=false&aggregation=soft&container=csv&compression=gzip",
  );
  expect(addressOf("p", { ...all, format: "llama-factory-alpaca" }, "dataset-info")).toBe(
    "/api/projects/p/exports?format=llama-factory-alpaca&includeSimulated=false&part=dataset-info",
  );
});

it("asks a frozen set for the same, and for nothing about what is in it", () => {
  const asked = { ...plainExport, format: "openrlhf", container: "parquet", margin: true } as const;
  expect(addressOfSet("s", { ...asked, includeSimulated: true })).toBe(
    "/api/label-sets/s/export?format=openrlhf&container=parquet&margin=true",
  );
});
