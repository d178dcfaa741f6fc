import { openEngine } from "@touchstone/engine";
import { type ClusteredMean, clusteredMean } from "@touchstone/rlhf";
import { drawChart } from "../../../apps/cli/src/rlhf/curves/chart.ts";
import type { Experiment } from "../experiment.ts";
import { bestOfN, type OnPolicyRun, type OnPolicySpec, optimise } from "./frontier.ts";
import { figuresOf, leadOf, maxNewTokens, mean } from "./measure.ts";
import { grouped, onPolicy, seeds } from "./recipes.ts";
import { storyModel } from "./story-model.ts";
import { intervalInWords } from "./words.ts";

const sizes = [1, 2, 4, 8, 16, 32, 64];
/** What the optimised policies have to reach. */
const goal = 16;
/** Answers to each test prompt: of the start, to estimate best-of-64 from, and of the optimised policies. */
const [drawn, measured] = [128, 8];

/** Upper bound on the KL of best-of-n, in nats (Stiennon et al. 2020, appendix G.3). */
const boundOf = (n: number) => Math.log(n) - (n - 1) / n;

/** Do PPO and RLOO reach what best-of-16 makes of a real pretrained model, and how far do they go for it? */
export const policyFrontier = frontierOf("policy-frontier", onPolicy);

/** And GRPO, in RLOO's place. */
export const grpoFrontier = frontierOf("grpo-frontier", grouped);

function frontierOf(title: string, recipes: Readonly<Record<string, OnPolicySpec>>): Experiment {
  return {
    needsReferenceData: true,
    async run(say) {
      const engine = await openEngine();
      const start = await storyModel();
      const best = await bestOfN(engine, start, sizes, drawn);
      const bestRows = best.map(({ n, rows }) => ({
        n,
        klBound: boundOf(n),
        reward: clusteredMean(rows.map(({ prompt, reward }) => ({ cluster: prompt, value: reward }))),
      }));
      say(`best of ${goal}: ${bestRows.find(({ n }) => n === goal)?.reward.mean.toFixed(3)}`);
      const wanted = (best.find(({ n }) => n === goal)?.rows ?? []).map((row) => ({ ...row, kl: 0 }));

      const runs: Record<string, OnPolicyRun[]> = {};
      for (const [name, spec] of Object.entries(recipes)) {
        const own: OnPolicyRun[] = [];
        for (const seed of seeds) {
          own.push(await optimise(engine, start, spec, seed, measured));
          const { reward, kl } = figuresOf(own.at(-1)?.rows ?? []);
          say(`${name}, seed ${seed}: ${reward.mean.toFixed(3)} at ${kl.mean.toFixed(2)} nats`);
        }
        runs[name] = own;
      }
      const trainers = Object.fromEntries(
        Object.entries(runs).map(([name, own]) => [
          name,
          {
            ...figuresOf(own.flatMap(({ rows }) => rows)),
            lead: leadOf(
              own.flatMap(({ rows }) => rows),
              own.flatMap(() => wanted),
            ),
            seeds: own.map(({ seed, rows, path }) => ({ seed, ...figuresOf(rows), lead: leadOf(rows, wanted), path })),
          },
        ]),
      );
      return {
        result: { engine: engine.reason, tokensAnAnswer: maxNewTokens, recipes, bestOfN: bestRows, trainers },
        table: tableOf(bestRows, trainers),
        figures: { [title]: figureOf(bestRows, runs) },
      };
    },
  };
}

type BestRow = { readonly n: number; readonly klBound: number; readonly reward: ClusteredMean };
type Figures = { readonly reward: ClusteredMean; readonly kl: ClusteredMean; readonly lead: ClusteredMean };
type Trainers = Readonly<
  Record<string, Figures & { readonly seeds: readonly (Figures & { readonly seed: number })[] }>
>;

function tableOf(best: readonly BestRow[], trainers: Trainers): string {
  const line = (...cells: string[]) => `| ${cells.join(" | ")} |`;
  const ofTrainer = (name: string, { reward, kl, lead }: Figures) =>
    line(name, intervalInWords(reward), intervalInWords(kl), intervalInWords(lead));
  return [
    line("", "reward", "KL, nats a completion", `lead over best of ${goal}`),
    line("---", "---", "---", "---"),
    ...best.map(({ n, klBound, reward }) =>
      line(`best of ${n}`, intervalInWords(reward), `≤ ${klBound.toFixed(2)}`, ""),
    ),
    ...Object.entries(trainers).flatMap(([name, pooled]) => [
      ...pooled.seeds.map((own) => ofTrainer(`${name}, seed ${own.seed}`, own)),
      ofTrainer(`**${name}, pooled**`, pooled),
    ]),
  ].join("\n");
}

/** Each trainer's way out, the mean of its seeds, beside best-of-n. */
function figureOf(best: readonly BestRow[], runs: Readonly<Record<string, readonly OnPolicyRun[]>>): string {
  const pathOf = (own: readonly OnPolicyRun[]) =>
    (own[0]?.path ?? []).map((_, look): [number, number] => {
      const points = own.flatMap(({ path }) => path[look] ?? []);
      return [mean(points.map(({ kl }) => kl)), mean(points.map(({ reward }) => reward))];
    });
  const start: [number, number] = [0, best[0]?.reward.mean ?? 0];
  return drawChart([
    {
      title: `stories260K: words of warmth in ${maxNewTokens} tokens, mean of ${seeds.length} seeds`,
      x: "KL to the start (nats a completion, k1, temperature 1; for best-of-n its upper bound)",
      series: [
        {
          name: "best of n",
          points: best.map(({ klBound, reward }): [number, number] => [klBound, reward.mean]),
        },
        ...Object.entries(runs).map(([name, own]) => ({ name, points: [start, ...pathOf(own)] })),
      ],
    },
  ]);
}
