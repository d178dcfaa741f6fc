import { z } from "zod";
import type { Database } from "../client.ts";
import { Prisma } from "../generated/client.ts";

/** How many of the project's latest judgements are looked at: pace now, at a cost that does not grow. */
const latestJudgements = 2_000;
/** Of somebody who has no part in those, their own last ones. */
const ownLatest = 50;
/**
 * Faster than this nobody reads: 1,200 English words a minute, or 2,400 Chinese characters. In bytes of UTF-8, of which
 * a letter has one and a Chinese character three, so that one number serves both, and is known without unpacking a text.
 */
const bytesPerSecond = 120;

const Pace = z.object({
  memberId: z.uuid(),
  medianSeconds: z.number().nullable(),
  readingSeconds: z.number().nullable(),
});

export type Pace = Omit<z.infer<typeof Pace>, "memberId">;

/**
 * Of each of these members: the median of the seconds that their latest tasks were visible, and of those that it takes
 * at least to read the answers shown. The prompt is left out, for the same one may have come before, and so are
 * corrections, for whoever makes one has read it all already.
 */
export async function pacesOf(db: Database, projectId: string, members: string[]): Promise<Map<string, Pace>> {
  const latest = Prisma.sql`
    SELECT member_id, task_id, timings FROM judgement
    WHERE project_id = ${projectId}::uuid AND kind = 'answer' AND supersedes_id IS NULL AND timings IS NOT NULL
    ORDER BY created_at DESC, id DESC LIMIT ${latestJudgements}::int`;
  const paces = await readPaces(db, latest);
  const others = members.filter((member) => !paces.has(member));
  if (others.length === 0) return paces;
  const own = Prisma.sql`
    SELECT j.member_id, j.task_id, j.timings FROM unnest(${others}::uuid[]) AS o(id)
    CROSS JOIN LATERAL (
      SELECT member_id, task_id, timings FROM judgement
      WHERE member_id = o.id AND project_id = ${projectId}::uuid AND kind = 'answer' AND supersedes_id IS NULL
        AND timings IS NOT NULL
      ORDER BY created_at DESC, id DESC LIMIT ${ownLatest}::int) j`;
  return new Map([...paces, ...(await readPaces(db, own))]);
}

async function readPaces(db: Database, judgements: Prisma.Sql): Promise<Map<string, Pace>> {
  const rows = await db.$queryRaw<unknown[]>`
    SELECT j.member_id AS "memberId",
      percentile_cont(0.5) WITHIN GROUP (ORDER BY (j.timings ->> 'visibleMs')::float8) / 1000 AS "medianSeconds",
      percentile_cont(0.5) WITHIN GROUP (ORDER BY shown.bytes::float8) / ${bytesPerSecond}::float8 AS "readingSeconds"
    FROM (${judgements}) j
    JOIN task t ON t.id = j.task_id
    CROSS JOIN LATERAL (
      SELECT sum(octet_length(c.text)) AS bytes FROM completion c WHERE c.id = ANY (t.completion_ids)) shown
    GROUP BY j.member_id`;
  return new Map(
    z
      .array(Pace)
      .parse(rows)
      .map(({ memberId, ...pace }) => [memberId, pace]),
  );
}
