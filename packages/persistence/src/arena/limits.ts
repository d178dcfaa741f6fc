import { refused } from "@touchstone/contracts";
import type { Annotator } from "../assignment/annotator.ts";
import type { Transaction } from "../client.ts";
import type { Arena } from "../generated/client.ts";

const minuteMs = 60_000;

/** Battles count for the day of UTC in which they began, however they ended. */
function startOfDay(now: Date): Date {
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate()));
}

/** `2026-11-28 00:00` of the next day. */
function nextDay(now: Date): string {
  const next = new Date(startOfDay(now).getTime() + 24 * 60 * minuteMs);
  return next.toISOString().slice(0, 16).replace("T", " ");
}

/** How many battles a member can begin in a project today. */
export async function battlesLeft(db: Pick<Transaction, "arenaBattle">, who: Annotator, arena: Arena, now: Date) {
  const where = { projectId: arena.projectId, createdAt: { gte: startOfDay(now) } };
  const own = await db.arenaBattle.count({ where: { ...where, memberId: who.memberId } });
  const all = arena.projectBattlesADay === null ? null : await db.arenaBattle.count({ where });
  return {
    own: Math.max(0, arena.battlesADay - own),
    all: all === null ? null : Math.max(0, (arena.projectBattlesADay ?? 0) - all),
  };
}

/** @throws DomainError too_many_requests that says which limit, and when there is room again */
export async function assertMayBegin(tx: Transaction, who: Annotator, arena: Arena, now: Date): Promise<void> {
  const left = await battlesLeft(tx, who, arena, now);
  const when = nextDay(now);
  if (left.own === 0) throw refused("arenaDayDone", { limit: arena.battlesADay, when });
  if (left.all === 0) throw refused("arenaProjectDayDone", { limit: arena.projectBattlesADay ?? 0, when });
}

/** @throws DomainError invalid_value, too_many_requests that says when it can be sent */
export async function assertMaySend(
  tx: Transaction,
  { memberId }: Annotator,
  { promptCharacters, messagesAMinute, projectId }: Arena,
  text: string,
  now: Date,
): Promise<void> {
  // As people count: a character of Chinese or an emoji is one.
  const count = [...text].length;
  if (count > promptCharacters)
    throw refused("arenaPromptTooLong", {
      ...{ count, limit: promptCharacters, over: count - promptCharacters },
      at: "text",
    });
  const since = new Date(now.getTime() - minuteMs);
  const sent = await tx.arenaTurn.findMany({
    where: { battle: { memberId, projectId }, createdAt: { gt: since } },
    select: { createdAt: true },
    orderBy: { createdAt: "desc" },
    take: messagesAMinute,
  });
  const oldest = sent.at(-1);
  if (sent.length < messagesAMinute || !oldest) return;
  const waitMs = oldest.createdAt.getTime() + minuteMs - now.getTime();
  throw refused("arenaTooFast", { limit: messagesAMinute, seconds: Math.max(1, Math.ceil(waitMs / 1_000)) });
}
