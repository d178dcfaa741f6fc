import type { LabellingProject } from "../../harness/labelling-project.ts";
import type { Effort } from "../bench.ts";
import type { Contender } from "../contender.ts";
import { measure, measuredOf, mustOpen } from "../measure.ts";
import { type Row, rowOf } from "../report.ts";
import type { StandingApi } from "../standing-api.ts";
import { annotatorAhead, settle } from "./grounds.ts";

/** What `claimer.ts` is told of the two who are held against each other: one who has gone far, and one who has just come. */
export async function claimersOf({ db, api }: StandingApi, project: LabellingProject, far: number): Promise<object[]> {
  const claimers: object[] = [];
  for (const judged of [far, 0]) {
    const email = await annotatorAhead(db, project, judged);
    const label = `${judged.toLocaleString("en")} tasks ahead`;
    claimers.push({ url: api.url, email, projectId: project.projectId, label });
  }
  return claimers;
}

/** How long one claim takes each of them: half of the claims take less. */
export async function aheadRow(
  standing: StandingApi,
  claimers: readonly object[],
  effort: Effort,
  say: (line: string) => void,
): Promise<Row> {
  const sides: Contender[] = [];
  try {
    for (const claimer of claimers) sides.push(await mustOpen(new URL("claimer.ts", import.meta.url), claimer));
    await settle(standing.pool);
    const measured = await measure(sides, effort, say);
    const [ours = [], peers = []] = sides.map((side) => measuredOf(measured, side));
    return rowOf({ case: "ahead", unit: "ms", measure: "time", ours, peers, missing: [] });
  } finally {
    for (const side of sides) await side.close();
  }
}
