import { createReadStream } from "node:fs";
import { type PairRow, readPairs } from "@touchstone/datasets";
import { openEngine } from "@touchstone/engine";
import { scoreCompletions } from "@touchstone/rlhf";
import { callerPath } from "../files/caller-path.ts";
import { writeWhole } from "../files/folder.ts";
import { readModel } from "../files/read-model.ts";
import { telling } from "../files/read-rows.ts";
import { onInterrupt } from "../interrupt.ts";

/** `rlhf score`. Rewards are comparable within a row only. @throws UsageError, TrainingError */
export async function score(options: { model: string; in: string; out: string }): Promise<void> {
  const model = await readModel("--model", options.model);
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
    signal: onInterrupt(),
  });
  const rows = pairs.map(({ id }, index) => ({ id, a: scores[2 * index]?.score, b: scores[2 * index + 1]?.score }));
  await writeWhole(callerPath(options.out), rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
  const truncated = scores.filter((one) => one.truncated).length;
  if (truncated > 0) {
    process.stderr.write(`${truncated} of ${scores.length} answers did not fit the model's context whole.\n`);
  }
  process.stderr.write(`${rows.length} pairs scored.\n`);
}
