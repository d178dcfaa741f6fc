import type { LabellingProject } from "../../harness/labelling-project.ts";
import type { Bench, Effort } from "../bench.ts";
import type { Contender } from "../contender.ts";
import { measure, measuredOf, mustOpen, type Side } from "../measure.ts";
import { type Row, rowOf } from "../report.ts";
import { openStandingApi, type StandingApi } from "../standing-api.ts";
import { annotatorAhead, projectOf } from "./grounds.ts";
import { findPgbench, runPgbench } from "./pgbench.ts";

const people = 16;
/** The size that larger ones are held against. */
const fewTasks = 10_000;
/** How far the one annotator is ahead of the other, at most: half of all tasks are left to claim. */
const tasksAhead = 100_000;

type Say = (line: string) => void;

/** Claiming and judging, by annotators who go through the public port, beside the same SQL functions called by pgbench. */
export const claimBench: Bench = {
  cases: ["throughput", "p99", "flat-throughput", "flat-p99", "ahead"],
  takesTasks: true,
  async run(wanted, effort, say) {
    const standing = await openStandingApi(say);
    try {
      const few = ["throughput", "p99", "flat-throughput", "flat-p99"].some(wanted);
      const large = ["flat-throughput", "flat-p99", "ahead"].some(wanted)
        ? await projectOf(standing.db, effort.tasks, 0, say)
        : undefined;
      // Before others work there: whoever is ahead has the last slots of the first tasks.
      const claimers = wanted("ahead") && large ? await claimersOf(standing, large, effort) : [];
      const rows = few ? await judgingRows(standing, large, effort, say) : [];
      if (claimers.length > 0) rows.push(await aheadRow(standing, claimers, effort, say));
      return rows.filter((row) => wanted(row.case));
    } finally {
      await standing.close();
    }
  },
};

/** The four rows of the annotators' loop, one judgement and the next task, all of the same rounds. */
async function judgingRows(
  standing: StandingApi,
  large: LabellingProject | undefined,
  effort: Effort,
  say: Say,
): Promise<Row[]> {
  const small = await projectOf(standing.db, fewTasks, 0, say);
  const pgbench = await pgbenchSide(standing, say);
  await settle(standing);
  const open: Contender[] = [];
  const annotatorsAt = async (project: LabellingProject, tasks: number) => {
    const { api, databaseUrl } = standing;
    const order = { url: api.url, databaseUrl, project, people, name: `of-${tasks}` };
    const contender = await mustOpen(new URL("annotators.ts", import.meta.url), order);
    open.push(contender);
    return { label: `${contender.label}, ${tasks.toLocaleString("en")} tasks`, round: contender.round };
  };
  try {
    const ours = await annotatorsAt(small, fewTasks);
    const grown = large && (await annotatorsAt(large, effort.tasks));
    const sides = [ours, ...(grown ? [grown] : []), ...(typeof pgbench === "string" ? [] : [pgbench])];
    const measured = await measure(sides, effort, say);
    const rateOf = (side: Side | undefined) => measuredOf(measured, side);
    const p99Of = (side: Side | undefined) => measuredOf(measured, side, ({ p99Ms = Number.NaN }) => p99Ms);
    const [peer, missing] = typeof pgbench === "string" ? [undefined, [pgbench]] : [pgbench, []];
    const rate = { unit: "judgements/s", measure: "rate" } as const;
    const time = { unit: "ms", measure: "time" } as const;
    return [
      rowOf({ case: "throughput", ...rate, ours: rateOf(ours), peers: rateOf(peer), missing }),
      rowOf({ case: "p99", ...time, ours: p99Of(ours), peers: p99Of(peer), missing }),
      rowOf({ case: "flat-throughput", ...rate, ours: rateOf(grown), peers: rateOf(ours), missing: [] }),
      rowOf({ case: "flat-p99", ...time, ours: p99Of(grown), peers: p99Of(ours), missing: [] }),
    ];
  } finally {
    for (const contender of open) await contender.close();
  }
}

/** On a project of its own: its annotators would take the tasks of the others. */
async function pgbenchSide(standing: StandingApi, say: Say): Promise<Side | string> {
  const found = await findPgbench();
  if (typeof found === "string") return found;
  const project = await projectOf(standing.db, fewTasks, people, say);
  return {
    label: `${found.label}, ${people} clients`,
    round: (seconds) => runPgbench(found.program, standing.databaseUrl, project, seconds),
  };
}

/** What the two who are held against each other are told: one who has gone far, and one who has just come. */
async function claimersOf({ db, api }: StandingApi, project: LabellingProject, { tasks }: Effort) {
  const orders: object[] = [];
  for (const judged of [Math.min(tasksAhead, Math.floor(tasks / 2)), 0]) {
    const email = await annotatorAhead(db, project, judged);
    const label = `${judged.toLocaleString("en")} tasks ahead`;
    orders.push({ url: api.url, email, projectId: project.projectId, label });
  }
  return orders;
}

/** How long one claim takes: half of them take less. */
async function aheadRow(standing: StandingApi, claimers: readonly object[], effort: Effort, say: Say): Promise<Row> {
  const sides: Contender[] = [];
  try {
    for (const order of claimers) sides.push(await mustOpen(new URL("claimer.ts", import.meta.url), order));
    await settle(standing);
    const measured = await measure(sides, effort, say);
    const [ours, peers] = sides.map((side) => measuredOf(measured, side));
    return rowOf({ case: "ahead", unit: "ms", measure: "time", ours: ours ?? [], peers: peers ?? [], missing: [] });
  } finally {
    for (const side of sides) await side.close();
  }
}

/** What loading has left behind is no part of what is measured. */
async function settle({ pool }: StandingApi): Promise<void> {
  await pool.query("VACUUM (ANALYZE)");
  await pool.query("CHECKPOINT");
}
