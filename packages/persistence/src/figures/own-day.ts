import { type OwnDay, refused } from "@touchstone/contracts";
import { z } from "zod";
import type { Annotator } from "../assignment/annotator.ts";
import type { Database } from "../client.ts";
import { Prisma } from "../generated/client.ts";
import { consistencyOf } from "./consistency.ts";
import { fasterThan, newLetters } from "./reading-speed.ts";

/** The last so many of a person's decisions of today: more make no other median, and cost more. */
const latestToday = 1_000;

const Row = z.object({
  allowed: z.boolean(),
  judgements: z.number(),
  medianSeconds: z.number().nullable(),
  fast: z.number(),
  decisions: z.number(),
});

/**
 * Somebody's own figures in a project: of today (UTC), and how often they said the same of a task that came again. Shown to
 * nobody else here, and beside nobody else's.
 *
 * @throws DomainError not_found for a project that is not theirs to work in.
 */
export async function ownDay(db: Database, who: Annotator, projectId: string): Promise<OwnDay> {
  const [row] = z.array(Row).parse(
    await db.$queryRaw<unknown[]>`
      WITH today AS (SELECT date_trunc('day', clock_timestamp() AT TIME ZONE 'UTC') AS day),
      decided AS (
        SELECT (j.timings ->> 'visibleMs')::float8 AS visible, fresh.letters,
          ${fasterThan(Prisma.sql`fresh.letters`)} AS fast
        FROM (
          SELECT o.* FROM judgement o
          WHERE o.project_id = ${projectId}::uuid AND o.member_id = ${who.memberId}::uuid AND o.kind = 'answer'
            AND o.created_at >= (SELECT day FROM today) AT TIME ZONE 'UTC' AND o.timings IS NOT NULL
            AND NOT EXISTS (SELECT FROM judgement later WHERE later.supersedes_id = o.id)
          ORDER BY o.created_at DESC, o.id DESC LIMIT ${latestToday}::int) j
        JOIN task t ON t.id = j.task_id
        CROSS JOIN LATERAL (SELECT ${newLetters} AS letters) fresh)
      SELECT may_work(${who.workspaceId}::uuid, ${projectId}::uuid, ${who.memberId}::uuid) AS allowed,
        coalesce((SELECT CASE WHEN y.day = today.day::date THEN y.today + y.repeats_today END FROM tally y
          WHERE y.member_id = ${who.memberId}::uuid AND y.project_id = ${projectId}::uuid), 0)::int AS judgements,
        (SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY visible) / 1000 FROM decided) AS "medianSeconds",
        (SELECT count(*) FILTER (WHERE fast)::int FROM decided) AS fast,
        (SELECT count(letters)::int FROM decided) AS decisions
      FROM today`,
  );
  if (!row?.allowed) throw refused("notYours", { kind: "project" });
  const { judgements, medianSeconds, fast, decisions } = row;
  const consistency = (await consistencyOf(db, projectId, who.memberId)).all;
  return { judgements, medianSeconds, haste: { fast, decisions }, consistency };
}
