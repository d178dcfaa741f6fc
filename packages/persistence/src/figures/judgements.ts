import { MemberKind, type ProjectFigures } from "@touchstone/contracts";
import { z } from "zod";
import type { Database } from "../client.ts";
import { pacesOf } from "./annotator-pace.ts";

/** What one kind of annotators judged on one day. */
const Day = z.object({
  day: z.string(),
  source: MemberKind,
  counted: z.number(),
  surplus: z.number(),
  retracted: z.number(),
});
type Day = z.infer<typeof Day>;

const Annotator = z.object({
  memberId: z.uuid(),
  judgements: z.number(),
  lastAt: z.coerce.date(),
  leftOut: z.boolean(),
});
type Annotator = z.infer<typeof Annotator>;

const Counted = z.object({
  days: z.array(Day),
  annotators: z.array(Annotator),
  annotatorCount: z.number(),
  leftOut: z.number(),
});

/** Annotators listed at most. */
const annotatorsShown = 100;
const daysShown = 60;
/** A page is about people: what was brought in or made up comes after them, however much it is. */
const order: MemberKind[] = ["person", "imported", "simulated"];

type Counts = Pick<ProjectFigures, "judgements" | "timeline" | "annotators" | "annotatorCount">;

/**
 * What was corrected counts once, on the day when it was judged first; what it was corrected from is neither counted nor
 * taken back. One pass over a project's judgements makes cells of member and day; timeline, list and sums are made of those, in the
 * database too: a file may bring tens of thousands of annotators, of whom a page lists the first hundred.
 */
export async function countJudgements(db: Database, projectId: string): Promise<Counts> {
  const [row] = await db.$queryRaw<{ counted: unknown }[]>`
    WITH cell AS MATERIALIZED (
      SELECT j.day, j.member_id, j.source,
        count(*) FILTER (WHERE NOT j.superseded AND NOT j.surplus AND NOT j.repeat) AS counted,
        count(*) FILTER (WHERE NOT j.superseded AND j.surplus) AS surplus,
        count(*) FILTER (WHERE j.retracted) AS retracted,
        max(j.created_at) AS last_at
      FROM (
        SELECT j.member_id, j.source, j.created_at, j.surplus, j.repeat,
          (CASE WHEN j.supersedes_id IS NULL THEN j.created_at ELSE first_said_at(j.id) END AT TIME ZONE 'UTC')::date AS day,
          s.supersedes_id IS NOT NULL AS superseded, s.kind IS NOT DISTINCT FROM 'retraction' AS retracted
        FROM judgement j
        LEFT JOIN (SELECT supersedes_id, kind FROM judgement WHERE supersedes_id IS NOT NULL) s ON s.supersedes_id = j.id
        WHERE j.project_id = ${projectId}::uuid AND j.kind = 'answer'
      ) j
      GROUP BY j.day, j.member_id, j.source),
    day AS (
      SELECT to_char(day, 'YYYY-MM-DD') AS day, source, sum(counted) AS counted, sum(surplus) AS surplus,
        sum(retracted) AS retracted
      FROM cell GROUP BY cell.day, source),
    annotator AS (
      SELECT member_id AS "memberId", sum(counted) AS judgements, max(last_at) AS "lastAt", EXISTS (
          SELECT FROM left_out o WHERE o.project_id = ${projectId}::uuid AND o.member_id = cell.member_id) AS "leftOut"
      FROM cell GROUP BY member_id
      ORDER BY min(array_position(${order}::text[], source::text)), judgements DESC, member_id LIMIT ${annotatorsShown}::int)
    SELECT jsonb_build_object(
      'days', (SELECT coalesce(jsonb_agg(d), '[]') FROM day d),
      'annotators', (SELECT coalesce(jsonb_agg(a), '[]') FROM annotator a),
      'annotatorCount', (SELECT count(DISTINCT member_id) FROM cell),
      'leftOut', (SELECT count(*) FROM left_out_judgement o WHERE o.project_id = ${projectId}::uuid)) AS counted`;
  const { days, annotators, annotatorCount, leftOut } = Counted.parse(row?.counted);
  return {
    judgements: { ...sumUp(days), leftOut },
    timeline: timelineOf(days),
    annotators: await describe(db, projectId, annotators),
    annotatorCount,
  };
}

function sumUp(days: readonly Day[]): Omit<ProjectFigures["judgements"], "leftOut"> {
  const sums = { person: 0, imported: 0, simulated: 0, surplus: 0, retracted: 0 };
  for (const { source, counted, surplus, retracted } of days) {
    sums[source] += counted;
    sums.surplus += surplus;
    sums.retracted += retracted;
  }
  return sums;
}

function timelineOf(found: readonly Day[]): ProjectFigures["timeline"] {
  const days = new Map<string, ProjectFigures["timeline"][number]>();
  for (const { day, source, counted } of found) {
    const entry = days.get(day) ?? { day, person: 0, imported: 0, simulated: 0 };
    entry[source] += counted;
    days.set(day, entry);
  }
  return [...days.values()].sort((a, b) => a.day.localeCompare(b.day)).slice(-daysShown);
}

async function describe(
  db: Database,
  projectId: string,
  annotators: readonly Annotator[],
): Promise<ProjectFigures["annotators"]> {
  const ids = annotators.map(({ memberId }) => memberId);
  const [named, paces] = await Promise.all([
    db.member.findMany({ where: { id: { in: ids } }, select: { id: true, name: true, kind: true } }),
    pacesOf(db, projectId, ids),
  ]);
  const byId = new Map(named.map((member) => [member.id, member]));
  return annotators.flatMap(({ memberId, judgements, lastAt, leftOut }) => {
    const member = byId.get(memberId);
    if (!member) return [];
    const { name, kind } = member;
    const { medianSeconds = null, readingSeconds = null, haste = null } = paces.get(memberId) ?? {};
    const pace = { medianSeconds, readingSeconds, haste };
    return [{ memberId, name, kind, judgements, lastAt: lastAt.toISOString(), ...pace, leftOut }];
  });
}
