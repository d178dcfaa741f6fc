import { type EndpointLimits, refused } from "@touchstone/contracts";
import type { Database } from "../client.ts";
import {
  type CallEnd,
  deadAfterSeconds,
  isOver,
  lessThan,
  roomOf,
  spend,
  spentBy,
  type WantedAnswer,
} from "./calls.ts";
import { type Cost, costOf } from "./cost.ts";
import { settingsOf } from "./view.ts";

/** An answer that may now be asked for. */
export interface BegunTalk {
  readonly id: string;
  readonly limits: EndpointLimits;
  readonly reserved: Cost;
}

/**
 * Somebody talks to the model behind an endpoint: within the limits and the budget that its runs keep too. Whoever waits in
 * front of a page is told that there is no room, and does not wait for it.
 *
 * @throws DomainError not_found; endpointBudget, endpointAtOnce, endpointPerMinute
 */
export async function beginTalk(
  db: Database,
  workspaceId: string,
  endpointId: string,
  most: WantedAnswer["most"],
): Promise<BegunTalk> {
  return db.$transaction(async (tx) => {
    await tx.$queryRaw`SELECT FROM endpoint WHERE id = ${endpointId}::uuid FOR NO KEY UPDATE`;
    const endpoint = await tx.endpoint.findFirst({ where: { id: endpointId, workspaceId } });
    if (!endpoint) throw refused("notThere", { kind: "endpoint" });
    const { limits } = settingsOf(endpoint);
    // What no limit counts any more.
    await tx.$executeRaw`
      DELETE FROM endpoint_talk WHERE endpoint_id = ${endpointId}::uuid
        AND asked_at < clock_timestamp() - make_interval(secs => greatest(60, ${limits.seconds + deadAfterSeconds}::int))`;
    const { name } = endpoint;
    const room = await roomOf(tx, endpointId, limits);
    if (room.underWay >= limits.atOnce) throw refused("endpointAtOnce", { name, limit: limits.atOnce });
    if (limits.perMinute !== null && room.minute >= limits.perMinute)
      throw refused("endpointPerMinute", {
        ...{ name, limit: limits.perMinute, seconds: Math.max(1, Math.ceil(room.untilRoom)) },
      });
    const reserved = costOf(limits, most.promptTokens, most.answerTokens);
    const spent = { tokens: endpoint.spentTokens, money: endpoint.spentMoney };
    if (isOver(limits, spent, reserved)) throw refused("endpointBudget", { name });
    await spend(tx, endpointId, reserved);
    const { id } = await tx.endpointTalk.create({ data: { workspaceId, endpointId }, select: { id: true } });
    return { id, limits, reserved };
  });
}

/** It has ended: what it took is counted, or, where nobody knows that, the most that it can have been. */
export async function endTalk(
  db: Database,
  endpointId: string,
  { id, limits, reserved }: BegunTalk,
  end: Pick<CallEnd, "answer" | "fault">,
): Promise<void> {
  const spent = spentBy(limits, end);
  await db.$transaction(async (tx) => {
    await tx.$executeRaw`UPDATE endpoint_talk SET ended_at = clock_timestamp() WHERE id = ${id}::uuid`;
    if (spent !== null) await spend(tx, endpointId, lessThan(reserved, spent));
  });
}
