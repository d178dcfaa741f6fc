import { MemberKind, type ProjectFigures } from "@touchstone/contracts";
import { z } from "zod";
import type { Database } from "../client.ts";
import { sumUpAnnotators } from "./annotator-order.ts";

const Cell = z.object({
  day: z.string(),
  memberId: z.uuid(),
  source: MemberKind,
  counted: z.number(),
  surplus: z.number(),
  retracted: z.number(),
  lastAt: z.date(),
});
type Cell = z.infer<typeof Cell>;
const Median = z.object({ memberId: z.uuid(), seconds: z.number() });

/** Annotators listed at most. */
const annotatorsShown = 100;
const daysShown = 60;
/** How many of the latest judgements an annotator's pace is read from: pace now, at a cost that does not grow. */
const timedJudgements = 2_000;

type Counts = Pick<ProjectFigures, "judgements" | "timeline" | "annotators">;

/** One pass over a project's judgements makes cells of day and member; timeline, list and sums are made of those. */
export async function countJudgements(db: Database, projectId: string): Promise<Counts> {
  const found = await db.$queryRaw<unknown[]>`
    SELECT to_char(j.day, 'YYYY-MM-DD') AS day, j.member_id AS "memberId", j.source::text AS source,
      count(*) FILTER (WHERE NOT j.superseded AND NOT j.surplus AND NOT j.repeat)::int AS counted,
      count(*) FILTER (WHERE NOT j.superseded AND j.surplus)::int AS surplus,
      count(*) FILTER (WHERE j.superseded)::int AS retracted,
      max(j.created_at) AS "lastAt"
    FROM (
      SELECT j.member_id, j.source, j.created_at, (j.created_at AT TIME ZONE 'UTC')::date AS day, j.surplus, j.repeat,
        s.supersedes_id IS NOT NULL AS superseded
      FROM judgement j
      LEFT JOIN (SELECT supersedes_id FROM judgement WHERE supersedes_id IS NOT NULL) s ON s.supersedes_id = j.id
      WHERE j.project_id = ${projectId}::uuid AND j.kind = 'answer'
    ) j
    GROUP BY j.day, j.member_id, j.source`;
  const cells = z.array(Cell).parse(found);
  return {
    judgements: sumUp(cells),
    timeline: timelineOf(cells),
    annotators: await annotatorsOf(db, projectId, cells),
  };
}

function sumUp(cells: Cell[]): ProjectFigures["judgements"] {
  const sums = { person: 0, imported: 0, simulated: 0, surplus: 0, retracted: 0 };
  for (const cell of cells) {
    sums[cell.source] += cell.counted;
    sums.surplus += cell.surplus;
    sums.retracted += cell.retracted;
  }
  return sums;
}

function timelineOf(cells: Cell[]): ProjectFigures["timeline"] {
  const days = new Map<string, ProjectFigures["timeline"][number]>();
  for (const { day, source, counted } of cells) {
    const entry = days.get(day) ?? { day, person: 0, imported: 0, simulated: 0 };
    entry[source] += counted;
    days.set(day, entry);
  }
  return [...days.values()].sort((a, b) => a.day.localeCompare(b.day)).slice(-daysShown);
}

async function annotatorsOf(db: Database, projectId: string, cells: Cell[]): Promise<ProjectFigures["annotators"]> {
  const shown = sumUpAnnotators(cells).slice(0, annotatorsShown);
  const [named, medians] = await Promise.all([
    db.member.findMany({
      where: { id: { in: shown.map((sum) => sum.memberId) } },
      select: { id: true, name: true, kind: true },
    }),
    recentMedians(db, projectId),
  ]);
  const byId = new Map(named.map((member) => [member.id, member]));
  return shown.flatMap(({ memberId, judgements, last }) => {
    const member = byId.get(memberId);
    if (!member) return [];
    const lastAt = new Date(last).toISOString();
    const { name, kind } = member;
    return [{ memberId, name, kind, judgements, lastAt, medianSeconds: medians.get(memberId) ?? null }];
  });
}

/** Median visible seconds of each member who has a part in the project's latest judgements. */
async function recentMedians(db: Database, projectId: string): Promise<Map<string, number>> {
  const rows = await db.$queryRaw<unknown[]>`
    SELECT j.member_id AS "memberId", percentile_cont(0.5) WITHIN GROUP (ORDER BY j.visible) / 1000 AS seconds
    FROM (
      SELECT member_id, (timings ->> 'visibleMs')::float8 AS visible FROM judgement
      WHERE project_id = ${projectId}::uuid AND kind = 'answer' AND timings IS NOT NULL
      ORDER BY created_at DESC, id DESC LIMIT ${timedJudgements}::int) j
    GROUP BY j.member_id`;
  return new Map(
    z
      .array(Median)
      .parse(rows)
      .map(({ memberId, seconds }) => [memberId, seconds]),
  );
}
