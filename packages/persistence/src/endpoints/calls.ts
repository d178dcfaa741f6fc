import { type EndpointLimits, refused } from "@touchstone/contracts";
import type { Database, Transaction } from "../client.ts";
import { type Fence, holdFence } from "../runs/fencing.ts";
import { countStep } from "../runs/progress.ts";
import { type Cost, costOf } from "./cost.ts";
import { settingsOf } from "./view.ts";

/** One answer that a run wants of an endpoint. */
export interface WantedAnswer {
  readonly promptId: string;
  /** Which of the prompt's answers, from 0. */
  readonly place: number;
  readonly seed: number;
  /** The most that it can take. */
  readonly most: { readonly promptTokens: number; readonly answerTokens: number };
}

/** A call that is written down and may now be made. */
export interface BegunCall {
  readonly promptId: string;
  readonly place: number;
  readonly attempt: number;
  readonly reserved: Cost;
}

export type Begun =
  | { readonly kind: "asked"; readonly call: BegunCall }
  /** As many are under way or were begun within the minute as may be, or what is under way may leave room in the budget. */
  | { readonly kind: "wait"; readonly ms: number }
  | { readonly kind: "budget" }
  /** Its prompt was deleted. */
  | { readonly kind: "gone" };

/** What became of a call. */
export interface CallEnd {
  readonly state: "answered" | "again" | "failed";
  readonly status: number | null;
  readonly answer: {
    readonly text: string;
    readonly finishReason: string;
    readonly promptTokens: number | null;
    readonly answerTokens: number | null;
  } | null;
  readonly fault: {
    readonly reason: string;
    readonly values: Readonly<Record<string, string | number>>;
    readonly mayBePaid: boolean;
  } | null;
}

/** Beyond the time that a call has, whose worker has died: it counts as under way no more. */
export const deadAfterSeconds = 60;
/** Between two looks whether there is room, in milliseconds. */
const lookMs = 200;

interface Room {
  readonly underWay: number;
  readonly minute: number;
  /** Seconds until the oldest call of the last minute is a minute old. */
  readonly untilRoom: number;
}

/**
 * Writes down that a run asks an endpoint, before it does, if the endpoint's limits and budget let it: the run's own and
 * those of all other runs that ask the same. The most that it can cost is taken from the budget until its end is known.
 *
 * @throws FencedOffError; DomainError not_found where the endpoint is gone.
 */
export async function beginCall(db: Database, fence: Fence, endpointId: string, wanted: WantedAnswer): Promise<Begun> {
  return db.$transaction(async (tx) => {
    await holdFence(tx, fence);
    await tx.$queryRaw`SELECT FROM endpoint WHERE id = ${endpointId}::uuid FOR NO KEY UPDATE`;
    const endpoint = await tx.endpoint.findUnique({ where: { id: endpointId } });
    if (!endpoint) throw refused("notThere", { kind: "endpoint" });
    const { limits } = settingsOf(endpoint);
    const room = await roomOf(tx, endpointId, limits);
    if (room.underWay >= limits.atOnce) return { kind: "wait", ms: lookMs };
    if (limits.perMinute !== null && room.minute >= limits.perMinute) {
      return { kind: "wait", ms: Math.max(lookMs, Math.ceil(room.untilRoom * 1000)) };
    }
    const reserved = costOf(limits, wanted.most.promptTokens, wanted.most.answerTokens);
    const spent = { tokens: endpoint.spentTokens, money: endpoint.spentMoney };
    if (isOver(limits, spent, reserved)) return room.underWay > 0 ? { kind: "wait", ms: lookMs } : { kind: "budget" };
    const attempt = await insertCall(tx, fence, { endpointId, wanted, reserved });
    if (attempt === null) return { kind: "gone" };
    await spend(tx, endpointId, reserved);
    return { kind: "asked", call: { promptId: wanted.promptId, place: wanted.place, attempt, reserved } };
  });
}

export function isOver({ tokens, money }: EndpointLimits, spent: Cost, more: Cost): boolean {
  if (tokens !== null && spent.tokens + more.tokens > tokens) return true;
  return money !== null && spent.money + more.money > money;
}

export async function roomOf(
  tx: Transaction,
  endpointId: string,
  { seconds, perMinute }: EndpointLimits,
): Promise<Room> {
  const [row] = await tx.$queryRaw<Room[]>`
    SELECT (SELECT count(*)::int FROM endpoint_call WHERE endpoint_id = ${endpointId}::uuid AND state = 'asked'
        AND asked_at > clock_timestamp() - make_interval(secs => ${seconds + deadAfterSeconds}::int))
      + (SELECT count(*)::int FROM endpoint_talk WHERE endpoint_id = ${endpointId}::uuid AND ended_at IS NULL
        AND asked_at > clock_timestamp() - make_interval(secs => ${seconds + deadAfterSeconds}::int)) AS "underWay",
      count(recent.asked_at)::int AS minute,
      coalesce(extract(epoch FROM min(recent.asked_at) + interval '60 seconds' - clock_timestamp()), 0)::float8 AS "untilRoom"
    FROM (SELECT asked_at FROM (
        (SELECT asked_at FROM endpoint_call WHERE endpoint_id = ${endpointId}::uuid
          AND asked_at > clock_timestamp() - interval '60 seconds' ORDER BY asked_at DESC LIMIT ${perMinute ?? 0}::int)
        UNION ALL
        (SELECT asked_at FROM endpoint_talk WHERE endpoint_id = ${endpointId}::uuid
          AND asked_at > clock_timestamp() - interval '60 seconds' ORDER BY asked_at DESC LIMIT ${perMinute ?? 0}::int)) both_of
      ORDER BY asked_at DESC LIMIT ${perMinute ?? 0}::int) recent`;
  return row ?? { underWay: 0, minute: 0, untilRoom: 0 };
}

interface NewCall {
  readonly endpointId: string;
  readonly wanted: WantedAnswer;
  readonly reserved: Cost;
}

/** @returns its attempt; null where its prompt is gone. */
async function insertCall(
  tx: Transaction,
  { runId }: Fence,
  { endpointId, wanted, reserved }: NewCall,
): Promise<number | null> {
  const { promptId, place, seed } = wanted;
  const [row] = await tx.$queryRaw<{ attempt: number }[]>`
    INSERT INTO endpoint_call (workspace_id, run_id, prompt_id, place, attempt, endpoint_id, seed, reserved_tokens, reserved_money)
    SELECT p.workspace_id, ${runId}::uuid, p.id, ${place}::smallint,
      1 + coalesce((SELECT max(attempt) FROM endpoint_call WHERE run_id = ${runId}::uuid AND prompt_id = p.id AND place = ${place}::smallint), 0),
      ${endpointId}::uuid, ${seed}::int, ${reserved.tokens}::float8, ${reserved.money}::float8
    FROM prompt p WHERE p.id = ${promptId}::uuid
    RETURNING attempt::int AS attempt`;
  return row?.attempt ?? null;
}

export async function spend(tx: Transaction, endpointId: string, { tokens, money }: Cost): Promise<void> {
  await tx.$executeRaw`
    UPDATE endpoint SET spent_tokens = greatest(0, spent_tokens + ${tokens}::float8),
      spent_money = greatest(0, spent_money + ${money}::float8)
    WHERE id = ${endpointId}::uuid`;
}

/** What a call took in the end; null where nobody knows, and it counts as the most that it can have been. */
export function spentBy(limits: EndpointLimits, { answer, fault }: Pick<CallEnd, "answer" | "fault">): Cost | null {
  if (fault !== null) return fault.mayBePaid ? null : { tokens: 0, money: 0 };
  if (answer === null || answer.promptTokens === null || answer.answerTokens === null) return null;
  return costOf(limits, answer.promptTokens, answer.answerTokens);
}

export const lessThan = (reserved: Cost, spent: Cost): Cost => ({
  tokens: spent.tokens - reserved.tokens,
  money: spent.money - reserved.money,
});

/** Writes down what became of a call, and what it cost. A step of the run is one answer that is there or given up. @throws FencedOffError */
export async function endCall(
  db: Database,
  fence: Fence,
  { endpointId, limits, call }: { endpointId: string; limits: EndpointLimits; call: BegunCall },
  end: CallEnd,
): Promise<void> {
  const { promptId, place, attempt, reserved } = call;
  const { state, status, answer, fault } = end;
  const spent = spentBy(limits, end);
  await db.$transaction(async (tx) => {
    await holdFence(tx, fence);
    await tx.$executeRaw`
      UPDATE endpoint_call SET state = ${state}, ended_at = clock_timestamp(), cost_unknown = ${spent === null}, status = ${status}::int,
        reason = ${fault?.reason ?? null}, reason_values = ${fault === null ? null : JSON.stringify(fault.values)}::jsonb,
        text = ${answer?.text ?? null}, finish_reason = ${answer?.finishReason ?? null},
        prompt_tokens = ${answer?.promptTokens ?? null}::int, answer_tokens = ${answer?.answerTokens ?? null}::int
      WHERE run_id = ${fence.runId}::uuid AND prompt_id = ${promptId}::uuid AND place = ${place}::smallint
        AND attempt = ${attempt}::smallint`;
    if (spent !== null) await spend(tx, endpointId, lessThan(reserved, spent));
    if (state !== "again") await countStep(tx, fence);
  });
}

/** A call for nothing but to see whether an endpoint answers: within its budget, and counted. @throws DomainError conflict */
export async function beginTest(
  db: Database,
  workspaceId: string,
  endpointId: string,
  most: WantedAnswer["most"],
): Promise<Cost> {
  return db.$transaction(async (tx) => {
    await tx.$queryRaw`SELECT FROM endpoint WHERE id = ${endpointId}::uuid FOR NO KEY UPDATE`;
    const endpoint = await tx.endpoint.findFirst({ where: { id: endpointId, workspaceId } });
    if (!endpoint) throw refused("notThere", { kind: "endpoint" });
    const { limits } = settingsOf(endpoint);
    const reserved = costOf(limits, most.promptTokens, most.answerTokens);
    const spent = { tokens: endpoint.spentTokens, money: endpoint.spentMoney };
    if (isOver(limits, spent, reserved)) throw refused("endpointBudget", { name: endpoint.name });
    await spend(tx, endpointId, reserved);
    return reserved;
  });
}

/** What the test cost in the end. */
export async function endTest(
  db: Database,
  endpointId: string,
  { limits, reserved }: { limits: EndpointLimits; reserved: Cost },
  end: Pick<CallEnd, "answer" | "fault">,
): Promise<void> {
  const spent = spentBy(limits, end);
  if (spent !== null) await db.$transaction((tx) => spend(tx, endpointId, lessThan(reserved, spent)));
}
