import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { type LoopPreset, loopPresets } from "@touchstone/contracts";
import { type Engine, openEngine } from "@touchstone/engine";
import { practicePrompts } from "@touchstone/practice";
import { type Files, runTrainer } from "@touchstone/rlhf";
import type { Experiment } from "../experiment.ts";
import { judgedPairs } from "./crowd.ts";
import { type BeforeAndAfter, figuresOf } from "./figures.ts";
import { measure } from "./measure.ts";
import { tableOf } from "./table.ts";

export interface Size {
  /** Training prompts whose two answers are judged. */
  readonly judged: number;
  /** Test prompts, the four uses and two languages in turn. */
  readonly measured: number;
  readonly preset: LoopPreset;
}

const whole: Size = { judged: 640, measured: 400, preset: loopPresets.preference };
/** Nothing was tuned on these. */
const seeds = [31, 32, 33];

/** Does policy optimisation on people's comparisons make the practice model better at each of its four uses? */
export const fourUses: Experiment = {
  needsReferenceData: false,
  async run(say) {
    const engine = await openEngine();
    const model = await practiceModel();
    const rows = [];
    for (const seed of seeds) {
      rows.push(await optimised(engine, model, whole, seed, (line) => say(`seed ${seed}: ${line}`)));
    }
    const pooled = figuresOf(rows);
    const bySeed = rows.map((row, index) => ({ seed: seeds[index], figures: figuresOf([row]) }));
    const { judged, measured, preset } = whole;
    const result = { engine: engine.reason, recipe: { judged, measured, ...preset }, pooled, seeds: bySeed };
    return { result, table: tableOf(pooled) };
  },
};

const folder = fileURLToPath(new URL("../../../prisma/demo/practice-model/", import.meta.url));

export async function practiceModel(): Promise<Files> {
  const names = ["config.json", "model.safetensors", "tokenizer.json"];
  return new Map(await Promise.all(names.map(async (name) => [name, await readFile(folder + name)] as const)));
}

/** Answers → simulated judgements → reward model → policy: measured before and after on prompts of the test split. */
export async function optimised(
  engine: Engine,
  policy: Files,
  { judged, measured, preset }: Size,
  seed: number,
  say: (line: string) => void,
): Promise<BeforeAndAfter> {
  const comparisons = await judgedPairs(engine, policy, judged, seed);
  const reward = await runTrainer({ spec: preset.reward, data: { comparisons }, models: { policy }, engine, seed });
  say(`reward model, ${reward.metrics["heldout.accuracy"]?.toFixed(3)} on held-out comparisons`);
  const trained = await runTrainer({
    spec: preset.policy,
    data: { prompts: comparisons },
    models: { policy, reward: reward.files },
    engine,
    seed,
  });
  say(`policy, ${trained.metrics["heldout.kl"]?.toFixed(2)} nats from where it started`);
  const prompts = practicePrompts("four-uses/measured", measured, "test");
  const [before, after] = [
    await measure(engine, policy, prompts, `${seed}`),
    await measure(engine, trained.files, prompts, `${seed}`),
  ];
  return { before, after };
}
