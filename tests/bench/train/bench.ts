import type { Bench, Effort } from "../bench.ts";
import { duel } from "../duel.ts";
import { type Row, rowOf } from "../report.ts";
import { type Setting, settings } from "../settings.ts";

/**
 * The engines of the cases and the numbers of workers that each is tried with: two share a step on two cores. tfjs-node
 * has threads of its own.
 */
const workersOf: Record<string, readonly number[]> = { wasm: [1, 2], native: [1, 2], node: [1] };

/** Tokens a second of the training step, with the optimiser and everything else that a user's run does. */
export const trainBench: Bench = {
  cases: Object.keys(workersOf).flatMap((engine) => Object.keys(settings).map((setting) => `${engine}-${setting}`)),
  async run(wanted, effort, say) {
    const rows = new Map<string, Row>();
    for (const [name, setting] of Object.entries(settings)) {
      const engines = Object.keys(workersOf).filter((engine) => wanted(`${engine}-${name}`));
      if (engines.length === 0) continue;
      say(`setting ${name}: ${JSON.stringify(setting)}`);
      for (const row of await trainingRows(name, setting, engines, effort, say)) rows.set(row.case, row);
    }
    return trainBench.cases.flatMap((name) => rows.get(name) ?? []);
  },
};

/** One row an engine, `ENGINE-NAME`, all measured in the same rounds against the same peers. */
export async function trainingRows(
  name: string,
  setting: Setting,
  engines: readonly string[],
  effort: Effort,
  say: (line: string) => void,
): Promise<Row[]> {
  const choices = engines.flatMap((engine) => (workersOf[engine] ?? [1]).map((workers) => ({ engine, workers })));
  const [ours, peer] = [new URL("ours.ts", import.meta.url), new URL("../peers/train.py", import.meta.url)];
  const outcome = await duel({ ours, peer, work: { setting } }, choices, effort, say);
  return [...outcome.engines].map(([engine, { measured, missing }]) =>
    rowOf({
      case: `${engine}-${name}`,
      unit: "tokens/s",
      measure: "rate",
      ours: measured,
      peers: outcome.peer.measured,
      missing: [...missing, ...outcome.peer.missing],
    }),
  );
}
