import { createReadStream } from "node:fs";
import { jsonText, type PairRow, readPairs } from "@touchstone/datasets";
import { openEngine } from "@touchstone/engine";
import { type AnswerScore, differenceVariance, scoreCompletions } from "@touchstone/rlhf";
import { z } from "zod";
import { onInterrupt } from "../../signals.ts";
import { callerPath } from "../files/caller-path.ts";
import { storedFeatures } from "../files/features-folder.ts";
import { writeWhole } from "../files/folder.ts";
import { outputFile } from "../files/output-file.ts";
import { readModel } from "../files/read-model.ts";
import { telling } from "../files/read-rows.ts";
import { withItsBase } from "../files/rests-on.ts";
import { refuseInputAsOutput } from "../files/same-file.ts";
import { UsageError } from "../usage-error.ts";

interface ScoreOptions {
  readonly model: string;
  readonly features?: string;
  readonly in: string;
  readonly out: string;
  readonly uncertainty?: boolean;
  readonly aspects?: boolean;
  readonly combine?: "mean" | "worst" | "penalised";
  readonly penalty: string;
}

/** `rlhf score`. Rewards are comparable within a row only. @throws UsageError, TrainingError */
export async function score(options: ScoreOptions): Promise<void> {
  const penalty = z.coerce.number().min(0).safeParse(options.penalty);
  if (!penalty.success) throw new UsageError(`--penalty must be a number from 0, and is “${options.penalty}”.`);
  const model = await withItsBase(await readModel("--model", options.model), options.features);
  await refuseInputAsOutput(callerPath(options.out), [options.in]);
  const out = await outputFile("--out", options.out);
  const pairs: PairRow[] = [];
  await telling(options.in, async () => {
    for await (const pair of readPairs(createReadStream(callerPath(options.in)))) pairs.push(pair);
  });
  const engine = await openEngine();
  const scores = await scoreCompletions({
    engine,
    reward: model.files,
    items: pairs.flatMap(({ prompt, a, b }) => [
      { prompt, text: a },
      { prompt, text: b },
    ]),
    features: storedFeatures(),
    combination: options.combine && { combine: options.combine, penalty: penalty.data },
    signal: onInterrupt(),
  });
  refuseMissing(scores, options);
  const rows = pairs.map(({ id, columns, a: first, b: second }, index) => {
    const [a, b] = [scores[2 * index], scores[2 * index + 1]];
    return {
      ...columns,
      id,
      a: a?.score,
      b: b?.score,
      answers: { a: first, b: second },
      ...(options.uncertainty ? { uncertainty: differenceVariance(a?.members ?? [], b?.members ?? []) } : {}),
      ...(options.aspects ? { aspects: { a: a?.aspects, b: b?.aspects } } : {}),
    };
  });
  await writeWhole(out, rows.map((row) => `${jsonText(row)}\n`).join(""));
  const truncated = scores.filter((one) => one.truncated).length;
  if (truncated > 0) {
    process.stderr.write(`${truncated} of ${scores.length} answers did not fit the model's context whole.\n`);
  }
  process.stderr.write(`${rows.length} ${rows.length === 1 ? "pair" : "pairs"} scored.\n`);
}

function refuseMissing([first]: readonly AnswerScore[], { uncertainty, aspects, combine }: ScoreOptions): void {
  if (!first) return;
  if ((uncertainty || combine) && !first.members) {
    const flag = uncertainty ? "--uncertainty" : "--combine";
    throw new UsageError(
      `${flag} is for ensembles, and this model has one member. Train one with --ensemble.members 4.`,
    );
  }
  if (aspects && !first.aspects) {
    throw new UsageError("--aspects is for models with a head an aspect. Train one with --objective.kind per-aspect.");
  }
}
