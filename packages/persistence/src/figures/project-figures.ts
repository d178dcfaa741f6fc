import type { ProjectFigures } from "@touchstone/contracts";
import { z } from "zod";
import type { Database } from "../client.ts";
import { assertProject } from "../projects/queries.ts";
import { agreementOfPeople } from "./agreement.ts";
import { consistencyOf } from "./consistency.ts";
import { countJudgements } from "./judgements.ts";
import { readProgress } from "./progress.ts";

const Sizes = z.object({
  prompts: z.number(),
  completions: z.number(),
  open: z.number(),
  full: z.number(),
  paused: z.number(),
  wanted: z.number(),
  underway: z.number(),
  closed: z.number(),
});
const Recent = z.object({
  lastHour: z.number(),
  active: z.number(),
  sinceFirst: z.number(),
  medianSeconds: z.number().nullable(),
});

/** From fewer than these nobody can tell a pace. */
const fewestForPace = 5;
/** Whoever has just begun is not taken to go on as fast as their first minute. */
const shortestPaceSeconds = 300;

/**
 * The live figures of a project. People's, imported and simulated judgements are counted apart; the last hour, the
 * median and the agreement speak of people alone.
 *
 * @throws DomainError not_found, also for a project of another workspace.
 */
export async function projectFigures(db: Database, workspaceId: string, projectId: string): Promise<ProjectFigures> {
  await assertProject(db, workspaceId, projectId);
  const [sizes, recent, counts, agreement, consistency] = await Promise.all([
    readSizes(db, projectId),
    readRecent(db, projectId),
    countJudgements(db, projectId),
    agreementOfPeople(db, projectId),
    consistencyOf(db, projectId),
  ]);
  const { prompts, completions, open, full, paused, wanted, underway, closed } = sizes;
  const { person, imported, simulated } = counts.judgements;
  const waiting = Math.max(0, wanted - person - imported - simulated - underway - closed);
  const progress = await readProgress(db, projectId, underway + waiting);
  return {
    projectId,
    prompts,
    completions,
    tasks: { open, full, paused, total: open + full + paused },
    wanted,
    missing: { underway, waiting, closed },
    perHour: paceOf(recent),
    lastHour: recent.lastHour,
    medianSeconds: recent.medianSeconds,
    activeAnnotators: recent.active,
    progress,
    agreement,
    consistency: consistency.all,
    ...counts,
    annotators: counts.annotators.map((annotator) => ({
      ...annotator,
      consistency: consistency.byMember.get(annotator.memberId) ?? null,
    })),
  };
}

function paceOf({ lastHour, active, sinceFirst }: z.infer<typeof Recent>): number | null {
  if (active === 0 || lastHour < fewestForPace) return null;
  return (lastHour * 3_600) / Math.max(sinceFirst, shortestPaceSeconds);
}

async function readSizes(db: Database, projectId: string) {
  const rows = await db.$queryRaw<unknown[]>`
    SELECT
      (SELECT count(*)::int FROM prompt WHERE project_id = ${projectId}::uuid) AS prompts,
      (SELECT count(*)::int FROM completion c JOIN prompt p ON p.id = c.prompt_id
       WHERE p.project_id = ${projectId}::uuid) AS completions,
      count(*) FILTER (WHERE t.state = 'open')::int AS open,
      count(*) FILTER (WHERE t.state = 'full')::int AS full,
      count(*) FILTER (WHERE t.state IN ('paused', 'waiting', 'ended'))::int AS paused,
      coalesce(sum(t.overlap), 0)::int AS wanted,
      (SELECT count(*)::int FROM lease l JOIN task k ON k.id = l.task_id AND k.state IN ('open', 'full')
       WHERE l.project_id = ${projectId}::uuid AND l.state = 'held' AND l.slot > 0 AND l.expires_at > now()) AS underway,
      (SELECT coalesce(sum(k.overlap - (SELECT count(*) FROM lease l WHERE l.task_id = k.id AND l.state = 'judged' AND l.slot > 0)), 0)::int
       FROM task k WHERE k.project_id = ${projectId}::uuid AND k.state IN ('paused', 'waiting', 'ended')) AS closed
    FROM task t WHERE t.project_id = ${projectId}::uuid`;
  return Sizes.parse(rows[0]);
}

/** Active: judged in the last quarter of an hour. What was corrected counts when it was judged first. */
async function readRecent(db: Database, projectId: string) {
  const rows = await db.$queryRaw<unknown[]>`
    SELECT
      count(*)::int AS "lastHour",
      coalesce(extract(epoch FROM now() - min(created_at)), 0)::float8 AS "sinceFirst",
      count(DISTINCT member_id) FILTER (WHERE created_at > now() - interval '15 minutes')::int AS active,
      (SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY (l.timings ->> 'visibleMs')::float8) / 1000
       FROM (SELECT timings FROM judgement
             WHERE project_id = ${projectId}::uuid AND source = 'person' AND kind = 'answer' AND supersedes_id IS NULL
             ORDER BY created_at DESC LIMIT 200) l) AS "medianSeconds"
    FROM (
      SELECT member_id, first_said_at(id) AS created_at FROM standing_judgement
      WHERE project_id = ${projectId}::uuid AND source = 'person' AND created_at > now() - interval '1 hour') said
    WHERE created_at > now() - interval '1 hour'`;
  return Recent.parse(rows[0]);
}
