import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { openEngine } from "@touchstone/engine";
import { describeModel } from "@touchstone/rlhf";
import { projectRoot } from "../start/project-root.ts";
import { measurePolicy } from "./measure.ts";
import { PracticeModelRecipe } from "./recipe.ts";
import { trainPracticeModel } from "./train.ts";

/**
 * `npm run practice-model [FOLDER]`: makes the committed practice model again from the recipe beside it. The same
 * recipe on the same engine gives the same weights; figures.json says which engine that was.
 */
const folder = process.argv[2] ?? join(projectRoot(), "prisma", "demo", "practice-model");
const recipe = PracticeModelRecipe.parse(JSON.parse(await readFile(join(folder, "spec.json"), "utf8")));
const engine = await openEngine();
process.stdout.write(`${engine.reason}\n`);

const started = Date.now();
const seconds = () => Math.round((Date.now() - started) / 1000);
const files = await trainPracticeModel(recipe, engine, (stage, step, values, totalSteps) => {
  if (step % recipe[stage].evaluateEvery !== 0 && step !== totalSteps) return;
  const figures = ["loss", "heldout.loss", "tokensPerSecond"].flatMap((name) =>
    values[name] === undefined ? [] : [`${name} ${values[name].toPrecision(4)}`],
  );
  process.stdout.write(`${seconds()} s  ${stage} ${step}/${totalSteps}  ${figures.join("  ")}\n`);
});
const trainedIn = seconds();

await mkdir(folder, { recursive: true });
for (const [name, bytes] of files) await writeFile(join(folder, name), bytes);
const { parameters, bytes, sha256 } = describeModel(files);
const held = await measurePolicy(files, engine, { prompts: 160, samplesPerPrompt: 8, seed: 1 });
const figures = { ...held, parameters, bytes, sha256, trainedInSeconds: trainedIn, fingerprint: engine.fingerprint };
await writeFile(join(folder, "figures.json"), `${JSON.stringify(figures, null, 2)}\n`);
process.stdout.write(`${JSON.stringify(figures, null, 2)}\n`);
