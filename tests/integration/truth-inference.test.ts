import { readFileSync } from "node:fs";
import { accuracyOf, type CrowdLabel, dawidSkene, likeliest, majorityVote } from "@touchstone/labeling";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { hasReferenceData, referenceFile, referenceLines } from "../harness/reference-data.ts";

const Responses = z.object({ responses: z.record(z.string(), z.record(z.string(), z.array(z.number()))) });

/** Files of a header and comma-separated lines; no value holds a comma. */
async function crowd(name: string, zipped: boolean) {
  const labels = (await referenceLines(`crowd/${name}.labels.csv${zipped ? ".gz" : ""}`))
    .slice(1)
    .map((line): CrowdLabel => {
      const [task = "", worker = "", label = ""] = line.split(",");
      return { task, worker, label };
    });
  const gold = new Map(
    (await referenceLines(`crowd/${name}.gold.csv`)).slice(1).map((line) => {
      const [task = "", label = ""] = line.split(",");
      return [task, label] as const;
    }),
  );
  return { labels, gold };
}

describe.skipIf(!hasReferenceData)("truth inference on published crowds", () => {
  it.each([
    ["bluebirds", false, 0.7593, 0.8981],
    ["rte", false, 0.8969, 0.9275],
    ["dog", false, 0.8222, 0.8426],
    ["mozafari_binary", false, 0.696, 0.712],
    ["d_product", false, 0.8966, 0.94],
    ["s_adult_full", true, 0.7598, 0.7387],
  ])("%s: majority vote and Dawid–Skene reach their known accuracies", async (name, zipped, majority, em) => {
    const { labels, gold } = await crowd(name, zipped);
    expect(accuracyOf(majorityVote(labels), gold).accuracy).toBeCloseTo(majority, 4);
    expect(accuracyOf(likeliest(dawidSkene(labels)), gold).accuracy).toBeCloseTo(em, 4);
  });

  it("the table of Dawid and Skene (1979): class marginals .3996, .4220, .1118, .0667", () => {
    const { responses } = Responses.parse(
      JSON.parse(readFileSync(referenceFile("crowd/dawid_skene_1979.json"), "utf8")),
    );
    const labels = Object.entries(responses).flatMap(([task, byObserver]) =>
      Object.entries(byObserver).flatMap(([worker, said]) =>
        said.map((label) => ({ task, worker, label: String(label) })),
      ),
    );
    const { marginals, confusions } = dawidSkene(labels, { smoothing: 0 });
    expect(marginals.map((share) => Number(share.toFixed(4)))).toEqual([0.3996, 0.422, 0.1118, 0.0667]);
    expect(confusions.get("1")?.[0]).toBeCloseTo(0.889, 3);
  });
});
