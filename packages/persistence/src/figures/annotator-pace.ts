import { lettersPerSecond } from "@touchstone/labeling";
import { z } from "zod";
import type { Database } from "../client.ts";
import { Prisma } from "../generated/client.ts";
import { fasterThan, newLetters } from "./reading-speed.ts";

/** How many of the project's latest judgements are looked at: pace now, at a cost that does not grow. */
const latestJudgements = 2_000;
/** Of somebody who has no part in those, their own last ones. */
const ownLatest = 50;
const Pace = z.object({
  memberId: z.uuid(),
  medianSeconds: z.number().nullable(),
  readingSeconds: z.number().nullable(),
  /** Of the decisions looked at of which it can be said, how many were made faster than anybody reads. */
  haste: z.object({ fast: z.number(), decisions: z.number() }),
});

export type Pace = Omit<z.infer<typeof Pace>, "memberId">;

/**
 * Of each of these members: the median of the seconds that their latest tasks were visible, and of those that it takes
 * at least to read the answers shown (labeling's `lettersPerSecond`); and how many were decided faster than that. The prompt
 * is left out, for the same one may have come before, and so are corrections, for whoever makes one has read it all.
 */
export async function pacesOf(db: Database, projectId: string, members: string[]): Promise<Map<string, Pace>> {
  const latest = Prisma.sql`
    SELECT * FROM judgement
    WHERE project_id = ${projectId}::uuid AND kind = 'answer' AND supersedes_id IS NULL AND timings IS NOT NULL
    ORDER BY created_at DESC, id DESC LIMIT ${latestJudgements}::int`;
  const paces = await readPaces(db, latest);
  const others = members.filter((member) => !paces.has(member));
  if (others.length === 0) return paces;
  const own = Prisma.sql`
    SELECT j.* FROM unnest(${others}::uuid[]) AS o(id)
    CROSS JOIN LATERAL (
      SELECT * FROM judgement
      WHERE member_id = o.id AND project_id = ${projectId}::uuid AND kind = 'answer' AND supersedes_id IS NULL
        AND timings IS NOT NULL
      ORDER BY created_at DESC, id DESC LIMIT ${ownLatest}::int) j`;
  return new Map([...paces, ...(await readPaces(db, own))]);
}

async function readPaces(db: Database, judgements: Prisma.Sql): Promise<Map<string, Pace>> {
  const rows = await db.$queryRaw<unknown[]>`
    SELECT j.member_id AS "memberId",
      percentile_cont(0.5) WITHIN GROUP (ORDER BY (j.timings ->> 'visibleMs')::float8) / 1000 AS "medianSeconds",
      percentile_cont(0.5) WITHIN GROUP (ORDER BY shown.letters) / ${lettersPerSecond}::float8 AS "readingSeconds",
      jsonb_build_object('fast', count(*) FILTER (WHERE ${fasterThan(Prisma.sql`fresh.letters`)}),
        'decisions', count(fresh.letters)) AS haste
    FROM (${judgements}) j
    JOIN task t ON t.id = j.task_id
    CROSS JOIN LATERAL (
      SELECT sum(letters_of(c.text))::float8 AS letters FROM completion c WHERE c.id = ANY (t.completion_ids)) shown
    CROSS JOIN LATERAL (SELECT ${newLetters} AS letters) fresh
    GROUP BY j.member_id`;
  return new Map(
    z
      .array(Pace)
      .parse(rows)
      .map(({ memberId, ...pace }) => [memberId, pace]),
  );
}
