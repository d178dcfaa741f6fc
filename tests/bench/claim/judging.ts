import type { LabellingProject } from "../../harness/labelling-project.ts";
import type { Effort } from "../bench.ts";
import type { Contender } from "../contender.ts";
import { measure, measuredOf, mustOpen, type Side } from "../measure.ts";
import { type Row, rowOf } from "../report.ts";
import type { StandingApi } from "../standing-api.ts";
import { projectOf, settle } from "./grounds.ts";
import { findPgbench, runPgbench } from "./pgbench.ts";

interface Grounds {
  readonly people: number;
  /** Tasks of the small projects: one for the annotators, and one for pgbench. */
  readonly few: number;
  /** Where cost is to be as on the small one; absent where nobody asks for it. */
  readonly large: LabellingProject | undefined;
}

type Say = (line: string) => void;

/** The four rows of an annotator's loop, one judgement and with it the next task, all of the same rounds. */
export async function judgingRows(
  standing: StandingApi,
  { people, few, large }: Grounds,
  effort: Effort,
  say: Say,
): Promise<Row[]> {
  const small = await projectOf(standing.db, few, 0, say);
  const pgbench = await pgbenchSide(standing, await projectOf(standing.db, few, people, say));
  await settle(standing.pool);
  const open: Contender[] = [];
  const annotatorsAt = async (project: LabellingProject, name: string, tasks: number): Promise<Side> => {
    const { api, databaseUrl } = standing;
    const order = { url: api.url, databaseUrl, project, people, name };
    const contender = await mustOpen(new URL("annotators.ts", import.meta.url), order);
    open.push(contender);
    return { label: `${contender.label}, ${tasks.toLocaleString("en")} tasks`, round: contender.round };
  };
  try {
    const ours = await annotatorsAt(small, "of-few", few);
    const grown = large && (await annotatorsAt(large, "of-many", effort.tasks));
    const [peer, missing] = typeof pgbench === "string" ? [undefined, [pgbench]] : [pgbench, []];
    const measured = await measure([ours, ...(grown ? [grown] : []), ...(peer ? [peer] : [])], effort, say);
    const ratesOf = (side: Side | undefined) => measuredOf(measured, side);
    const p99sOf = (side: Side | undefined) => measuredOf(measured, side, ({ p99Ms = Number.NaN }) => p99Ms);
    const rate = { unit: "judgements/s", measure: "rate" } as const;
    const time = { unit: "ms", measure: "time" } as const;
    return [
      rowOf({ case: "throughput", ...rate, ours: ratesOf(ours), peers: ratesOf(peer), missing }),
      rowOf({ case: "p99", ...time, ours: p99sOf(ours), peers: p99sOf(peer), missing }),
      rowOf({ case: "flat-throughput", ...rate, ours: ratesOf(grown), peers: ratesOf(ours), missing: [] }),
      rowOf({ case: "flat-p99", ...time, ours: p99sOf(grown), peers: p99sOf(ours), missing: [] }),
    ];
  } finally {
    for (const contender of open) await contender.close();
  }
}

/** On a project of its own: its annotators would take the tasks of the others. A string where there is no pgbench. */
async function pgbenchSide({ databaseUrl }: StandingApi, project: LabellingProject): Promise<Side | string> {
  const found = await findPgbench();
  if (typeof found === "string") return found;
  return {
    label: `${found.label}, ${project.annotators.length} clients`,
    round: (seconds) => runPgbench(found.program, databaseUrl, project, seconds),
  };
}
