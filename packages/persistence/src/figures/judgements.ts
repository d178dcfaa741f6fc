import { MemberKind, type ProjectFigures } from "@touchstone/contracts";
import { z } from "zod";
import type { Database } from "../client.ts";
import { sumUpAnnotators } from "./annotator-order.ts";
import { pacesOf } from "./annotator-pace.ts";

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

/** Annotators listed at most. */
const annotatorsShown = 100;
const daysShown = 60;

type Counts = Pick<ProjectFigures, "judgements" | "timeline" | "annotators" | "annotatorCount">;

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
    annotatorCount: new Set(cells.map(({ memberId }) => memberId)).size,
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
  const [named, paces] = await Promise.all([
    db.member.findMany({
      where: { id: { in: shown.map((sum) => sum.memberId) } },
      select: { id: true, name: true, kind: true },
    }),
    pacesOf(
      db,
      projectId,
      shown.map(({ memberId }) => memberId),
    ),
  ]);
  const byId = new Map(named.map((member) => [member.id, member]));
  return shown.flatMap(({ memberId, judgements, last }) => {
    const member = byId.get(memberId);
    if (!member) return [];
    const lastAt = new Date(last).toISOString();
    const { name, kind } = member;
    const { medianSeconds = null, readingSeconds = null } = paces.get(memberId) ?? {};
    return [{ memberId, name, kind, judgements, lastAt, medianSeconds, readingSeconds }];
  });
}
