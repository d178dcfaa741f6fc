import type { Redis } from "ioredis";

/** BullMQ's highest priority; turns beyond it are all the last. */
const lastTurn = 2 ** 21;

/**
 * The turn in which a question comes, as start-time fair queueing has it (Goyal, Vin and Cheng 1996): one later than the last of
 * the same workspace, and no earlier than the turn that it is now. The turn that it is now is that of whoever waits first, or,
 * where nobody waits, the last that was given. What was asked while nobody else waited costs nothing later.
 *
 * KEYS: the sorted set of what waits; the hash of turns. ARGV: the workspace; the last turn that there is.
 */
const nextTurn = `
local first = redis.call('ZRANGE', KEYS[1], 0, 0, 'WITHSCORES')
local given = tonumber(redis.call('HGET', KEYS[2], 'given') or '0')
if #first == 0 and given * 2 > tonumber(ARGV[2]) then
  redis.call('DEL', KEYS[2])
  given = 0
end
local now = given
if #first > 0 then now = math.floor(tonumber(first[2]) / 0x100000000) end
local mine = tonumber(redis.call('HGET', KEYS[2], ARGV[1]) or '0')
local turn = math.min(math.max(now, mine + 1), tonumber(ARGV[2]))
redis.call('HSET', KEYS[2], ARGV[1], turn, 'given', math.max(given, turn))
return turn`;

/**
 * A turn in the queue, so that workspaces come one after the other, however much one of them asks.
 *
 * @param waiting the key of BullMQ's sorted set of prioritised jobs, whose score is priority · 2^32 + counter
 * @param turns the key of the hash in which each workspace's last turn stands
 * @returns the priority of the job, from 1
 */
export async function takeTurn(
  redis: Redis,
  { waiting, turns }: { readonly waiting: string; readonly turns: string },
  workspaceId: string,
): Promise<number> {
  return Number(await redis.eval(nextTurn, 2, waiting, turns, workspaceId, lastTurn));
}
