import type { MetricSeries, MetricsQuery, RunMetricsView } from "@touchstone/contracts";
import type { Database } from "../client.ts";
import { Prisma } from "../generated/client.ts";
import { getRun } from "./queries.ts";

interface SeriesRow {
  readonly name: string;
  readonly steps: number[];
  readonly values: number[];
  readonly seconds: (number | null)[];
}

/**
 * Curves of a run, one series a figure, points in step order, and what all of its figures are called. A long run has a
 * hundred thousand points a figure: the database puts a series into one row, and whoever needs one figure asks for one.
 *
 * @throws DomainError not_found, also for a run of another workspace
 */
export async function getRunMetrics(
  db: Database,
  workspaceId: string,
  runId: string,
  query: Partial<MetricsQuery> = {},
): Promise<RunMetricsView> {
  await getRun(db, workspaceId, runId);
  const [names, series] = await Promise.all([namesOf(db, runId), seriesOf(db, workspaceId, runId, query)]);
  return { names, series };
}

/** From name to name by the key, so that the points between are not read. */
async function namesOf(db: Database, runId: string): Promise<string[]> {
  const rows = await db.$queryRaw<{ name: string }[]>`
    WITH RECURSIVE found AS (
      SELECT min(name) AS name FROM metric WHERE run_id = ${runId}::uuid
      UNION ALL
      SELECT (SELECT min(m.name) FROM metric m WHERE m.run_id = ${runId}::uuid AND m.name > found.name)
      FROM found WHERE found.name IS NOT NULL)
    SELECT name FROM found WHERE name IS NOT NULL`;
  return rows.map(({ name }) => name);
}

async function seriesOf(
  db: Database,
  workspaceId: string,
  runId: string,
  { after = -1, name, times = false }: Partial<MetricsQuery>,
): Promise<MetricSeries[]> {
  if (name === "") return [];
  const alone = name === undefined ? Prisma.empty : Prisma.sql`AND m.name = ${name}`;
  const seconds = times
    ? Prisma.sql`array_agg(extract(epoch FROM m.at - r.started_at)::float8 ORDER BY m.step)`
    : Prisma.sql`ARRAY[]::float8[]`;
  const rows = await db.$queryRaw<SeriesRow[]>`
    SELECT m.name, array_agg(m.step ORDER BY m.step) AS steps, array_agg(m.value ORDER BY m.step) AS values,
      ${seconds} AS seconds
    FROM metric m JOIN run r ON r.id = m.run_id
    WHERE m.workspace_id = ${workspaceId}::uuid AND m.run_id = ${runId}::uuid AND m.step > ${after} ${alone}
    GROUP BY m.name ORDER BY m.name`;
  return rows.map((row) => ({
    name: row.name,
    points: row.steps.map((step, at): [number, number] => [step, row.values[at] ?? Number.NaN]),
    ...(times ? { seconds: row.seconds } : {}),
  }));
}
