import { TrainingSpec, type TrainingSpecInput } from "@touchstone/contracts";
import { type Engine, seededRandom } from "@touchstone/engine";
import { type Files, runTrainer, scoreCompletions } from "@touchstone/rlhf";
import { maxNewTokens, mean } from "./measure.ts";
import { storyPrompts } from "./prompts.ts";
import { warmth } from "./rule.ts";
import { bestBesideWorst, type Scored } from "./stored.ts";

/** A look at the test openings while a learned reward is optimised. */
export interface Look {
  readonly step: number;
  readonly kl: number;
  /** What the reward model says, normalised. */
  readonly proxy: number;
  /** What the rule says of the same answers. */
  readonly gold: number;
}

/** Few labels with slips: what a small crowd would bring. */
export function slippingLabels(stored: readonly Scored[], count: number, slips: number, seed: number) {
  const random = seededRandom(`slips/${seed}`);
  return random
    .shuffle(bestBesideWorst(stored))
    .slice(0, count)
    .map((row) => (random.uniform() < slips ? { ...row, outcome: -row.outcome } : row));
}

/** Optimises a reward that was learned from such labels, far beyond what it was learned on, and asks the rule as well. */
export async function overOptimise(
  engine: Engine,
  start: Files,
  labels: ReturnType<typeof slippingLabels>,
  specs: { readonly reward: TrainingSpecInput; readonly policy: TrainingSpecInput },
  seed: number,
): Promise<Look[]> {
  const models = { policy: start };
  const spec = TrainingSpec.parse(specs.reward);
  const { files: reward } = await runTrainer({ spec, data: { comparisons: labels }, models, engine, seed });
  const looks: Look[] = [];
  let gold = Number.NaN;
  const judge = {
    name: "learned reward",
    async score(items: Parameters<typeof scoreCompletions>[0]["items"]) {
      gold = mean(items.map(({ text }) => warmth(text)));
      return (await scoreCompletions({ engine, reward, items })).map(({ normalised }) => normalised);
    },
  };
  await runTrainer({
    spec: TrainingSpec.parse({ ...specs.policy, maxNewTokens, missingEosPenalty: 0 }),
    data: { prompts: [...storyPrompts("train"), ...storyPrompts("test", 4)] },
    models,
    judge,
    engine,
    seed,
    onMetric(step, values) {
      const [proxy, kl] = [values["heldout.reward"], values["heldout.kl"]];
      // The judge was last asked about the very answers that these figures are of.
      if (proxy !== undefined && kl !== undefined) looks.push({ step, kl, proxy, gold });
    },
  });
  return looks;
}
