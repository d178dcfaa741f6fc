import type { Database } from "../client.ts";
import { Prisma } from "../generated/client.ts";
import { mostAttempts } from "./retries.ts";

/** One event for one address, to be sent by whoever holds the claim. */
export interface DueDelivery {
  readonly id: string;
  readonly claim: string;
  readonly webhookId: string;
  readonly eventId: string;
  readonly url: string;
  readonly payload: string;
  /** The newest first; each signs. */
  readonly secrets: readonly string[];
}

/** Longer than an attempt may take: while it lasts nobody else tries the same. Whoever dies with it leaves it to others then. */
const claimSeconds = 60;

/** To one address by one process. */
const mostAtOnce = 4;

const held = Prisma.sql`d.id, d.claim, d.webhook_id AS "webhookId", d.event_id AS "eventId", d.payload, w.url,
  CASE WHEN w.former_until > now() THEN ARRAY[w.secret, w.former_secret] ELSE ARRAY[w.secret] END AS secrets`;

/**
 * Takes deliveries that are due, each for one sender alone. An attempt counts from here, so that one which kills its
 * sender each time comes to an end too. Addresses with the fewest under way come first, and equals by lot: however many
 * are slow, another waits for one of their places and not for their backlogs.
 *
 * @param limit as many as are begun at once: a claim runs from now on, and not from its turn.
 * @param underWay the address of each attempt that this process has begun.
 */
export async function claimDeliveries(
  db: Database,
  { limit, underWay }: { limit: number; underWay: readonly string[] },
): Promise<DueDelivery[]> {
  return db.$queryRaw<DueDelivery[]>`
    WITH due AS MATERIALIZED (
      SELECT d.id FROM webhook w JOIN project p ON p.id = w.project_id AND p.deleted_at IS NULL
      CROSS JOIN LATERAL (SELECT cardinality(array_positions(${[...underWay]}::uuid[], w.id)) AS count) begun
      CROSS JOIN LATERAL (
        SELECT d.id, d.next_at FROM webhook_delivery d
        WHERE d.webhook_id = w.id AND d.state = 'waiting' AND d.next_at <= now() AND d.attempts < ${mostAttempts}::int
        ORDER BY d.next_at LIMIT greatest(${mostAtOnce}::int - begun.count, 0) FOR NO KEY UPDATE OF d SKIP LOCKED) d
      WHERE w.disabled_at IS NULL
      ORDER BY begun.count + row_number() OVER (PARTITION BY w.id ORDER BY d.next_at), random()
      LIMIT ${limit}::int)
    UPDATE webhook_delivery d SET claim = gen_random_uuid(), attempts = d.attempts + 1, tried_at = now(),
      next_at = now() + make_interval(secs => ${claimSeconds}::int)
    FROM due, webhook w WHERE d.id = due.id AND w.id = d.webhook_id
    RETURNING ${held}`;
}

/** The same of one that somebody waits for. */
export async function claimOne(db: Database, id: string): Promise<DueDelivery> {
  const [row] = await db.$queryRaw<DueDelivery[]>`
    UPDATE webhook_delivery d SET claim = gen_random_uuid(), attempts = d.attempts + 1, tried_at = now()
    FROM webhook w WHERE d.id = ${id}::uuid AND w.id = d.webhook_id
    RETURNING ${held}`;
  if (!row) throw new Error("A delivery was gone before it was sent.");
  return row;
}
