import { Prisma } from "../generated/client.ts";
import { staleAfterSeconds } from "./fencing.ts";

/**
 * Of a row with `workspace_id` and the project `project`: somebody is being erased whose work that project still has. Whoever
 * reads its judgements then reads them for another moment only.
 *
 * @param of what the statement calls the row
 * @param project its column with the project's id
 */
export const losesWork = (of: "run" | "r" | "p", project: "project_id" | "id" = "project_id"): Prisma.Sql => {
  const row = Prisma.raw(of);
  return Prisma.sql`EXISTS (
      SELECT FROM erasure e WHERE e.workspace_id = ${row}.workspace_id AND e.finished_at IS NULL
        -- What it is about is written down first.
        AND (e.staged IS NULL OR EXISTS (
          SELECT FROM erasure_lease l WHERE l.erasure_id = e.id AND l.project_id = ${row}.${Prisma.raw(project)})))`;
};

/**
 * Of a row of `run`: that a worker may take it. It waits and does not rest, or whoever held it is dead; and nobody is being
 * erased whose work its project still has: it is taken then.
 *
 * @param run what the statement calls the row
 */
export const isReady = (run: "run" | "r" = "run"): Prisma.Sql => {
  const row = Prisma.raw(run);
  return Prisma.sql`(
    (${row}.state = 'queued' AND coalesce(${row}.not_before, now()) <= now())
    OR (${row}.state = 'running' AND ${row}.heartbeat_at < now() - make_interval(secs => ${staleAfterSeconds})))
    AND NOT ${losesWork(run)}`;
};
