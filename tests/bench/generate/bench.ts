import type { Bench, Effort } from "../bench.ts";
import { duel } from "../duel.ts";
import { type Row, rowOf } from "../report.ts";
import { type Setting, settings } from "../settings.ts";
import type { Sampling } from "./sampling.ts";

/** The engines of which the fastest counts. Sampling works in one thread. */
const engines = ["native", "wasm"];
const sampling: Sampling = { batch: 32, prompt: 8, answer: 96 };

/** Tokens a second of sampling with a cache of keys and values, at the smaller model. */
export const generateBench: Bench = {
  cases: ["batch32"],
  async run(wanted, effort, say) {
    if (!wanted("batch32")) return [];
    return [await samplingRow("batch32", settings.a, sampling, engines, effort, say)];
  },
};

/** The fastest of the engines against the peer's same loop. */
export async function samplingRow(
  name: string,
  setting: Setting,
  sampling: Sampling,
  engines: readonly string[],
  effort: Effort,
  say: (line: string) => void,
): Promise<Row> {
  const [ours, peer] = [new URL("ours.ts", import.meta.url), new URL("../peers/generate.py", import.meta.url)];
  const choices = engines.map((engine) => ({ engine, workers: 1 }));
  const outcome = await duel({ ours, peer, work: { setting, sampling } }, choices, effort, say);
  const sides = [...outcome.engines.values()];
  return rowOf({
    case: name,
    unit: "tokens/s",
    measure: "rate",
    ours: sides.flatMap(({ measured }) => measured),
    peers: outcome.peer.measured,
    missing: [...sides, outcome.peer].flatMap(({ missing }) => missing),
  });
}
