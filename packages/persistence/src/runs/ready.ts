import { Prisma } from "../generated/client.ts";
import { staleAfterSeconds } from "./fencing.ts";

/** Of a row of `run`: that a worker may take it. It waits and does not rest, or whoever held it is dead. */
export const isReady = Prisma.sql`(
  (state = 'queued' AND coalesce(not_before, now()) <= now())
  OR (state = 'running' AND heartbeat_at < now() - make_interval(secs => ${staleAfterSeconds})))`;
