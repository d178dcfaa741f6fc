import { MemberKind, type ProjectFigures } from "@touchstone/contracts";
import { z } from "zod";
import type { Database } from "../client.ts";

const Row = z.object({
  day: z.string().nullable(),
  memberId: z.uuid().nullable(),
  source: MemberKind,
  counted: z.number(),
  surplus: z.number(),
  retracted: z.number(),
  seconds: z.number().nullable(),
  lastAt: z.date().nullable(),
});

/** Annotators listed at most, those with most judgements first. */
const annotatorsShown = 100;
const daysShown = 60;

type Counts = Pick<ProjectFigures, "judgements" | "timeline" | "annotators">;

/** One pass over a project's judgements: by day and source for the timeline, by member for the list, and their sums. */
export async function countJudgements(db: Database, projectId: string): Promise<Counts> {
  const found = await db.$queryRaw<unknown[]>`
    SELECT to_char(j.day, 'YYYY-MM-DD') AS day, j.member_id AS "memberId", j.source::text AS source,
      count(*) FILTER (WHERE j.counts)::int AS counted,
      count(*) FILTER (WHERE j.surplus AND NOT j.superseded)::int AS surplus,
      count(*) FILTER (WHERE j.superseded)::int AS retracted,
      CASE WHEN GROUPING (j.member_id) = 0
        THEN percentile_cont(0.5) WITHIN GROUP (ORDER BY j.visible) FILTER (WHERE j.counts) / 1000 END AS seconds,
      max(j.created_at) AS "lastAt"
    FROM (
      SELECT j.member_id, j.source, j.created_at, (j.created_at AT TIME ZONE 'UTC')::date AS day, j.surplus,
        s.id IS NOT NULL AS superseded, s.id IS NULL AND NOT j.surplus AND NOT j.repeat AS counts,
        (j.timings ->> 'visibleMs')::float8 AS visible
      FROM judgement j LEFT JOIN judgement s ON s.supersedes_id = j.id AND s.project_id = j.project_id
      WHERE j.project_id = ${projectId}::uuid AND j.kind = 'answer'
    ) j
    GROUP BY GROUPING SETS ((j.day, j.source), (j.member_id, j.source))`;
  const rows = z.array(Row).parse(found);
  const members = rows.filter((row) => row.memberId !== null);
  return {
    judgements: sumUp(members),
    timeline: timelineOf(rows.filter((row) => row.day !== null)),
    annotators: await annotatorsOf(db, members),
  };
}

type CountRow = z.infer<typeof Row>;

function sumUp(members: CountRow[]): ProjectFigures["judgements"] {
  const sums = { person: 0, imported: 0, simulated: 0, surplus: 0, retracted: 0 };
  for (const row of members) {
    sums[row.source] += row.counted;
    sums.surplus += row.surplus;
    sums.retracted += row.retracted;
  }
  return sums;
}

function timelineOf(days: CountRow[]): ProjectFigures["timeline"] {
  const byDay = new Map<string, ProjectFigures["timeline"][number]>();
  for (const row of days) {
    if (row.day === null) continue;
    const entry = byDay.get(row.day) ?? { day: row.day, person: 0, imported: 0, simulated: 0 };
    entry[row.source] += row.counted;
    byDay.set(row.day, entry);
  }
  return [...byDay.values()].sort((a, b) => a.day.localeCompare(b.day)).slice(-daysShown);
}

async function annotatorsOf(db: Database, members: CountRow[]): Promise<ProjectFigures["annotators"]> {
  const shown = members.sort((a, b) => b.counted - a.counted).slice(0, annotatorsShown);
  const ids = shown.flatMap((row) => row.memberId ?? []);
  const named = await db.member.findMany({ where: { id: { in: ids } }, select: { id: true, name: true, kind: true } });
  const byId = new Map(named.map((member) => [member.id, member]));
  return shown.flatMap((row) => {
    const member = row.memberId === null ? undefined : byId.get(row.memberId);
    if (!member) return [];
    const { id, name, kind } = member;
    const lastAt = row.lastAt?.toISOString() ?? null;
    return [{ memberId: id, name, kind, judgements: row.counted, medianSeconds: row.seconds, lastAt }];
  });
}
