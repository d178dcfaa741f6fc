import { mkdtemp, rm, truncate } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeSafetensors } from "@touchstone/engine";
import { afterEach, beforeEach, expect, test } from "vitest";
import { resumePoint } from "./resume-point.ts";
import { openRunDirectory, type RunDirectory } from "./run-directory.ts";

let folder: string;
let directory: RunDirectory;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "resume-point-"));
  directory = await openRunDirectory(folder, { sha256: "a run", earlier: "", rows: "", isEarlierPlain: true });
  for (const step of [2, 4]) {
    const weights = writeSafetensors(new Map([["w", { shape: [3], values: Float32Array.of(1, 2, step) }]]));
    const position = new TextEncoder().encode(JSON.stringify({ step }));
    const files = new Map<string, Uint8Array>([["checkpoint.json", position]]).set("weights.safetensors", weights);
    await directory.writeCheckpoint(step, files);
    await directory.appendMetrics(step, { loss: 1 });
  }
});
afterEach(() => rm(folder, { recursive: true }));

const stepOf = async () => {
  const told: string[] = [];
  const files = await resumePoint(directory, (text) => told.push(text));
  const json = files?.get("checkpoint.json");
  return { step: json && JSON.parse(new TextDecoder().decode(json)).step, told };
};

test("a run goes on from its newest checkpoint", async () => {
  expect(await stepOf()).toEqual({ step: 4, told: ["Going on after step 4."] });
});

test("a checkpoint that was cut off is passed over for the one before, and that is said", async () => {
  await truncate(join(folder, "checkpoints/4/weights.safetensors"), 70);
  const passed = "The checkpoint after step 4 is damaged, and passed over.";
  expect(await stepOf()).toEqual({ step: 2, told: [passed, "Going on after step 2."] });
});

test("with no checkpoint that is whole a run begins again", async () => {
  await rm(join(folder, "checkpoints/2/checkpoint.json"));
  await truncate(join(folder, "checkpoints/4/checkpoint.json"), 3);
  expect((await stepOf()).step).toBeUndefined();
});
