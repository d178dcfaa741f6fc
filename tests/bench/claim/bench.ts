import type { Bench, Effort } from "../bench.ts";
import type { Row } from "../report.ts";
import { openStandingApi, type StandingApi } from "../standing-api.ts";
import { aheadRow, claimersOf } from "./ahead.ts";
import { projectOf } from "./grounds.ts";
import { judgingRows } from "./judging.ts";

/** How many work where. */
export interface Sizes {
  readonly people: number;
  /** Tasks of the project that larger ones are held against. */
  readonly few: number;
  /** How far the one annotator is ahead of the other. */
  readonly ahead: number;
}

const sizes: Sizes = { people: 16, few: 10_000, ahead: 100_000 };
const flat = ["flat-throughput", "flat-p99"];
const judging = ["throughput", "p99", ...flat];

/** Claiming and judging, by annotators who go through the public port, beside the same SQL functions called by pgbench. */
export const claimBench: Bench = {
  cases: [...judging, "ahead"],
  takesTasks: true,
  async run(wanted, effort, say) {
    const standing = await openStandingApi(say);
    try {
      return await claimRows(standing, wanted, sizes, effort, say);
    } finally {
      await standing.close();
    }
  },
};

/** The cases that are wanted; what none of them needs is not loaded. */
export async function claimRows(
  standing: StandingApi,
  wanted: (name: string) => boolean,
  { people, few, ahead }: Sizes,
  effort: Effort,
  say: (line: string) => void,
): Promise<Row[]> {
  const { db } = standing;
  const large = [...flat, "ahead"].some(wanted) ? await projectOf(db, effort.tasks, 0, say) : undefined;
  // Half of all tasks are left to claim. Before others work there: whoever is ahead has the last slots of the first tasks.
  const far = Math.min(ahead, Math.floor(effort.tasks / 2));
  const claimers = large && wanted("ahead") ? await claimersOf(standing, large, far) : undefined;
  const rows = judging.some(wanted) ? await judgingRows(standing, { people, few, large }, effort, say) : [];
  if (claimers) rows.push(await aheadRow(standing, claimers, effort, say));
  return rows.filter((row) => wanted(row.case));
}
