import { openEngine } from "@touchstone/engine";
import type { Experiment } from "../experiment.ts";
import { figuresOf, leadOf, measure, type PromptRow } from "./measure.ts";
import { fromStored, seeds } from "./recipes.ts";
import { bestBesideWorst, learnFrom, storedCompletions } from "./stored.ts";
import { storyModel } from "./story-model.ts";
import { intervalInWords } from "./words.ts";

const completions = 4_000;
const answersPerPrompt = 8;
/** The fair baseline of learning from scored completions. */
const baseline = "behaviour cloning";

/** Do Q-learning and DPO make more of stored, scored completions than imitating the best quarter of them? */
export const storedCompletionsExperiment: Experiment = {
  needsReferenceData: true,
  async run(say) {
    const engine = await openEngine();
    const start = await storyModel();
    const rows: Record<string, PromptRow[][]> = { start: [] };
    const pairs: number[] = [];
    for (const seed of seeds) {
      const stored = await storedCompletions(engine, start, completions, seed);
      pairs.push(bestBesideWorst(stored).length);
      rows.start?.push(await measure(engine, start, start, answersPerPrompt, seed));
      for (const [name, spec] of Object.entries(fromStored)) {
        const files = await learnFrom(engine, start, stored, spec, seed);
        const own = await measure(engine, files, start, answersPerPrompt, seed);
        rows[name] = [...(rows[name] ?? []), own];
        const { reward, kl } = figuresOf(own);
        say(`${name}, seed ${seed}: ${reward.mean.toFixed(3)} at ${kl.mean.toFixed(2)} nats`);
      }
    }
    const cloned = rows[baseline] ?? [];
    const learners = Object.fromEntries(
      Object.entries(rows).map(([name, own]) => [
        name,
        {
          ...figuresOf(own.flat()),
          lead: leadOf(own.flat(), cloned.flat()),
          seeds: own.map((one, index) => ({
            seed: seeds[index],
            ...figuresOf(one),
            lead: leadOf(one, cloned[index] ?? []),
          })),
        },
      ]),
    );
    const table = [
      `| | reward | KL, nats a completion | lead over ${baseline} |`,
      "|---|---|---|---|",
      ...Object.entries(learners).map(
        ([name, { reward, kl, lead }]) =>
          `| ${name} | ${intervalInWords(reward)} | ${intervalInWords(kl)} | ${name === baseline ? "" : intervalInWords(lead)} |`,
      ),
    ].join("\n");
    return { result: { engine: engine.reason, completions, pairs, recipes: fromStored, learners }, table };
  },
};
