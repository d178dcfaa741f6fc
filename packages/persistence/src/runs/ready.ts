import { Prisma } from "../generated/client.ts";
import { staleAfterSeconds } from "./fencing.ts";

/**
 * Of a row of `run`: that a worker may take it. It waits and does not rest, or whoever held it is dead; and nobody is being
 * erased whose work its project still has, since it would read what is there for another moment only. It is taken then.
 *
 * @param run what the statement calls the row
 */
export const isReady = (run: "run" | "r" = "run"): Prisma.Sql => {
  const row = Prisma.raw(run);
  return Prisma.sql`(
    (${row}.state = 'queued' AND coalesce(${row}.not_before, now()) <= now())
    OR (${row}.state = 'running' AND ${row}.heartbeat_at < now() - make_interval(secs => ${staleAfterSeconds})))
    AND NOT EXISTS (
      SELECT FROM erasure e WHERE e.workspace_id = ${row}.workspace_id AND e.finished_at IS NULL
        -- What it is about is written down first.
        AND (e.staged IS NULL OR EXISTS (
          SELECT FROM erasure_lease l WHERE l.erasure_id = e.id AND l.project_id = ${row}.project_id)))`;
};
