import type { ProjectFigures } from "@touchstone/contracts";
import { forecastEnd } from "@touchstone/labeling";
import { z } from "zod";
import type { Database } from "../client.ts";

/** How far back people's rhythm is looked at: four of every day of the week. */
const daysBack = 28;
const hoursOfDay = 24;
/** From so many whole days on, days are counted and no longer hours: nights and weekends are then part of the rhythm. */
const fewestDays = 3;
const hourMs = 3_600_000;
/** Farther than this is no date that anybody plans by; the calendar of a browser ends too. */
const farthestMs = 100 * 365 * hoursOfDay * hourMs;

const Hours = z.object({
  now: z.coerce.date(),
  hours: z.array(z.object({ ago: z.number().int(), count: z.number().int() })),
});

/**
 * Counted judgements by people, by how many whole hours ago they came; hours without any are left out. What was corrected
 * came when it was judged first.
 */
async function readHours(db: Database, projectId: string) {
  const [row] = await db.$queryRaw<unknown[]>`
    WITH hour AS (
      SELECT floor(extract(epoch FROM now() - j.said_at) / 3600)::int AS ago, count(*)::int AS count
      FROM (
        SELECT CASE WHEN supersedes_id IS NULL THEN created_at ELSE first_said_at(id) END AS said_at, judgement.*
        FROM judgement) j
      WHERE j.project_id = ${projectId}::uuid AND j.kind = 'answer' AND j.source = 'person'
        AND NOT j.surplus AND NOT j.repeat
        AND j.created_at > now() - make_interval(days => ${daysBack}) AND j.created_at <= now()
        AND j.said_at > now() - make_interval(days => ${daysBack})
        AND NOT EXISTS (SELECT FROM judgement s WHERE s.supersedes_id = j.id)
      GROUP BY 1)
    SELECT now() AS now, coalesce((SELECT jsonb_agg(hour ORDER BY ago) FROM hour), '[]') AS hours`;
  return Hours.parse(row);
}

/**
 * How fast judgements come while somebody is at work, and when all that open tasks want will be there: by whole days, once
 * there are three of them, else by whole hours, all counted back from now.
 *
 * @param left judgements that open tasks still want.
 */
export async function readProgress(db: Database, projectId: string, left: number): Promise<ProjectFigures["progress"]> {
  const { now, hours } = await readHours(db, projectId);
  const total = hours.reduce((sum, { count }) => sum + count, 0);
  if (total === 0) return null;
  return { perActiveHour: total / hours.length, activeHours: hours.length, end: endOf(now, hours, left) };
}

function endOf(
  now: Date,
  hours: readonly { readonly ago: number; readonly count: number }[],
  left: number,
): NonNullable<ProjectFigures["progress"]>["end"] {
  if (left <= 0) return null;
  const since = Math.max(...hours.map(({ ago }) => ago)) + 1;
  const unit = since >= fewestDays * hoursOfDay ? "day" : "hour";
  const size = unit === "day" ? hoursOfDay : 1;
  const counts = Array<number>(Math.floor(since / size)).fill(0);
  for (const { ago, count } of hours) {
    const at = Math.floor(ago / size);
    // Of the oldest unit only whole ones count.
    if (at < counts.length) counts[at] = (counts[at] ?? 0) + count;
  }
  const found = forecastEnd(counts, left);
  if (!found) return null;
  const at = (units: number) => {
    const ms = units * size * hourMs;
    return ms > farthestMs ? null : new Date(now.getTime() + ms).toISOString();
  };
  const [value, low] = [at(found.value), at(found.low)];
  if (value === null || low === null) return null;
  return { unit, units: counts.length, value, low, high: found.high === null ? null : at(found.high) };
}
