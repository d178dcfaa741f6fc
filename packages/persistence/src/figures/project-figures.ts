import { type ProjectFigures, refused } from "@touchstone/contracts";
import { z } from "zod";
import type { Database } from "../client.ts";
import { agreementOfPeople } from "./agreement.ts";
import { countJudgements } from "./judgements.ts";

const Sizes = z.object({
  prompts: z.number(),
  completions: z.number(),
  open: z.number(),
  full: z.number(),
  paused: z.number(),
  wanted: z.number(),
});
const Recent = z.object({ lastHour: z.number(), active: z.number(), medianSeconds: z.number().nullable() });

/**
 * The live figures of a project. People's, imported and simulated judgements are counted apart; the last hour, the
 * median and the agreement speak of people alone.
 *
 * @throws DomainError not_found, also for a project of another workspace.
 */
export async function projectFigures(db: Database, workspaceId: string, projectId: string): Promise<ProjectFigures> {
  const project = await db.project.findFirst({ where: { workspaceId, id: projectId }, select: { id: true } });
  if (!project) throw refused("notThere", { kind: "project" });
  const [sizes, recent, counts, agreement] = await Promise.all([
    readSizes(db, projectId),
    readRecent(db, projectId),
    countJudgements(db, projectId),
    agreementOfPeople(db, projectId),
  ]);
  const { prompts, completions, open, full, paused, wanted } = sizes;
  return {
    projectId,
    prompts,
    completions,
    tasks: { open, full, paused, total: open + full + paused },
    wanted,
    lastHour: recent.lastHour,
    medianSeconds: recent.medianSeconds,
    activeAnnotators: recent.active,
    agreement,
    ...counts,
  };
}

async function readSizes(db: Database, projectId: string) {
  const rows = await db.$queryRaw<unknown[]>`
    SELECT
      (SELECT count(*)::int FROM prompt WHERE project_id = ${projectId}::uuid) AS prompts,
      (SELECT count(*)::int FROM completion c JOIN prompt p ON p.id = c.prompt_id
       WHERE p.project_id = ${projectId}::uuid) AS completions,
      count(*) FILTER (WHERE t.state = 'open')::int AS open,
      count(*) FILTER (WHERE t.state = 'full')::int AS full,
      count(*) FILTER (WHERE t.state = 'paused')::int AS paused,
      coalesce(sum(t.overlap), 0)::int AS wanted
    FROM task t WHERE t.project_id = ${projectId}::uuid`;
  return Sizes.parse(rows[0]);
}

/** Active: judged in the last quarter of an hour. */
async function readRecent(db: Database, projectId: string) {
  const rows = await db.$queryRaw<unknown[]>`
    SELECT
      count(*)::int AS "lastHour",
      count(DISTINCT member_id) FILTER (WHERE created_at > now() - interval '15 minutes')::int AS active,
      (SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY (l.timings ->> 'visibleMs')::float8) / 1000
       FROM (SELECT timings FROM judgement
             WHERE project_id = ${projectId}::uuid AND source = 'person' AND kind = 'answer'
             ORDER BY created_at DESC LIMIT 200) l) AS "medianSeconds"
    FROM effective_judgement
    WHERE project_id = ${projectId}::uuid AND source = 'person' AND created_at > now() - interval '1 hour'`;
  return Recent.parse(rows[0]);
}
