import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { openEngine } from "@touchstone/engine";
import { describeModel, modelFileNames } from "@touchstone/rlhf";
import { expect, test } from "vitest";
import { projectRoot } from "../start/project-root.ts";
import { measurePolicy } from "./measure.ts";
import { PracticeModelRecipe } from "./recipe.ts";

const folder = join(projectRoot(), "prisma", "demo", "practice-model");
const json = (name: string): unknown => JSON.parse(readFileSync(join(folder, name), "utf8"));
const files = new Map(
  modelFileNames.flatMap((name) => (existsSync(join(folder, name)) ? [[name, readFileSync(join(folder, name))]] : [])),
);

test("the practice model is small enough to commit and its recipe names every setting", () => {
  const bytes = readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
  expect(bytes).toBeLessThan(4 * 2 ** 20);
  expect(PracticeModelRecipe.parse(json("spec.json"))).toEqual(json("spec.json"));
  const { kind, parameters, sha256 } = describeModel(files);
  expect(kind).toBe("policy");
  expect(parameters).toBeLessThan(1_000_000);
  expect(json("figures.json")).toMatchObject({ sha256, parameters });
});

test("its answers are mediocre and varied, so that there is something to gain and to learn from", async () => {
  const figures = await measurePolicy(files, await openEngine(), { prompts: 40, samplesPerPrompt: 4, seed: 2 });
  expect(figures.meanUtility).toBeGreaterThan(0.45);
  expect(figures.meanUtility).toBeLessThan(0.7);
  expect(figures.withinPromptDeviation).toBeGreaterThan(0.2);
  expect(figures.bestOfSamples).toBeGreaterThan(figures.meanUtility + 0.15);
  expect(figures.ended).toBeGreaterThan(0.95);
});
