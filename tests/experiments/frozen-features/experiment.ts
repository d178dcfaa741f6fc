import { type Comparison, type FrozenFeatures, TrainingSpec } from "@touchstone/contracts";
import { type Engine, openEngine } from "@touchstone/engine";
import { type FeatureCache, type Files, runTrainer, scoreCompletions, withRestedOn } from "@touchstone/rlhf";
import { z } from "zod";
import { compared } from "../cross-validation/compared.ts";
import { ComparisonRow } from "../cross-validation/reward-from-rows.ts";

/** The model that is read, and where its states are kept. */
export interface Reading {
  readonly policy: Files;
  readonly name: string;
  readonly cache: FeatureCache;
  readonly settings: Pick<FrozenFeatures, "context">;
}

/** One fold: what is learned from, and what is only measured on. */
export interface Fold {
  readonly train: readonly Comparison[];
  readonly test: readonly Comparison[];
  /** The test pairs under the prompts of others; left out, this fold has no such control. */
  readonly shuffled?: readonly Comparison[] | undefined;
}

const Choice = z.object({
  choice: z.object({
    recipe: z.string(),
    strength: z.number(),
    tried: z.array(z.object({ recipe: z.string(), strength: z.number(), logLoss: z.number(), accuracy: z.number() })),
    lead: z.object({ mean: z.number(), low: z.number(), high: z.number() }),
    leadOverNext: z.object({ mean: z.number(), low: z.number(), high: z.number() }),
  }),
  predictions: z.array(ComparisonRow),
});

/** Difference of lengths, as a share of the longer one, up to which two answers count as equally long. */
const nearLength = 0.3;

const seed = 1;

/** Everything that is known of held-out pairs by heads that never saw their prompts; no test row decides a setting. */
export async function acrossFolds(folds: readonly Fold[], reading: Reading, say: (line: string) => void) {
  const engine = await openEngine();
  const rows: ComparisonRow[] = [];
  const near: ComparisonRow[] = [];
  const control: ComparisonRow[] = [];
  const controlled: ComparisonRow[] = [];
  const chosen: z.infer<typeof Choice>["choice"][] = [];
  for (const [index, fold] of folds.entries()) {
    const { files, choice, predictions } = await headOn(fold, reading, engine, (line) => say(`fold ${index}: ${line}`));
    const lengths = new Map(fold.test.map(({ judgementId, a, b }) => [judgementId, [a.text.length, b.text.length]]));
    rows.push(...predictions);
    near.push(
      ...predictions.filter(({ judgementId }) => {
        const [a = 0, b = 0] = lengths.get(judgementId) ?? [];
        return Math.abs(a - b) <= nearLength * Math.max(a, b);
      }),
    );
    chosen.push(choice);
    const { accuracy } = compared(predictions);
    say(
      `fold ${index}: ${accuracy.model.value.toFixed(3)} of ${predictions.length}, by ${choice.recipe} at ${choice.strength}`,
    );
    if (fold.shuffled) {
      control.push(...(await scored(withRestedOn(files, reading.policy), fold.shuffled, predictions, reading, engine)));
      controlled.push(...predictions);
    }
  }
  return {
    folds: folds.length,
    pairs: rows.length,
    chosen,
    all: compared(rows),
    lengthMatched: compared(near),
    promptShuffled:
      control.length > 0 ? { asked: compared(controlled).accuracy.model, ...compared(control) } : undefined,
  };
}

async function headOn({ train, test }: Fold, reading: Reading, engine: Engine, say: (line: string) => void) {
  const spec = TrainingSpec.parse({ trainer: "reward", frozen: reading.settings });
  let told = 0;
  const { files } = await runTrainer({
    spec,
    data: { comparisons: [...train, ...test] },
    models: { policy: reading.policy },
    policyName: reading.name,
    features: reading.cache,
    engine,
    seed,
    onMetric(step, _, total) {
      if (Date.now() - told < 30_000) return;
      told = Date.now();
      say(`${step} of ${total}`);
    },
  });
  const evaluation: unknown = JSON.parse(new TextDecoder().decode(files.get("evaluation.json")));
  return { files, ...Choice.parse(evaluation) };
}

/** What the very same head says of pairs whose prompts are others'. */
async function scored(
  reward: Files,
  pairs: readonly Comparison[],
  predictions: readonly ComparisonRow[],
  { cache }: Reading,
  engine: Engine,
): Promise<ComparisonRow[]> {
  const items = pairs.flatMap(({ prompt, a, b }) => [
    { prompt, text: a.text },
    { prompt, text: b.text },
  ]);
  const scores = await scoreCompletions({ engine, reward, items, features: cache });
  const difference = new Map(
    pairs.map(({ judgementId }, index) => [
      judgementId,
      (scores[2 * index]?.score ?? Number.NaN) - (scores[2 * index + 1]?.score ?? Number.NaN),
    ]),
  );
  return predictions.map((row) => ({ ...row, model: difference.get(row.judgementId) ?? Number.NaN }));
}

/** Each pair under the prompt of another cluster: the next one in their order. */
export function withOthersPrompts(pairs: readonly Comparison[]): Comparison[] {
  const prompts = new Map(pairs.map(({ promptId, prompt }) => [promptId, prompt]));
  const ids = [...prompts.keys()].sort();
  return pairs.map((pair) => {
    const other = ids[(ids.indexOf(pair.promptId) + Math.ceil(ids.length / 2)) % ids.length] ?? pair.promptId;
    return { ...pair, prompt: prompts.get(other) ?? pair.prompt };
  });
}
