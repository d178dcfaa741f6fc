import type { Redis } from "ioredis";

const windowSeconds = 15 * 60;
/** While Redis is away: what a flood of addresses may take of this process's memory. */
const mostKept = 10_000;

/** Counts what happened within a quarter of an hour: in Redis for all processes, in this one's memory while Redis is away. */
export class AttemptCounts {
  private readonly local = new Map<string, { count: number; until: number }>();
  private readonly redis: Redis;

  constructor(redis: Redis) {
    this.redis = redis;
  }

  /** Counts once more under each. @returns the counts, in their order. */
  add(keys: readonly string[]): Promise<number[]> {
    return this.addInRedis(keys).catch(() => keys.map((key) => this.addHere(key)));
  }

  /** Takes one back under each of these, where one is counted. */
  async takeBack(keys: readonly string[]): Promise<void> {
    for (const key of keys) {
      const entry = this.local.get(key);
      if (entry) entry.count -= 1;
    }
    // One that has run out meanwhile begins anew at -1, which allows one more, and runs out again.
    const commands = this.redis.multi();
    for (const key of keys) commands.decr(key).expire(key, windowSeconds);
    await commands.exec().catch(() => undefined);
  }

  async forget(key: string): Promise<void> {
    this.local.delete(key);
    await this.redis.del(key).catch(() => undefined);
  }

  private async addInRedis(keys: readonly string[]): Promise<number[]> {
    const commands = this.redis.multi();
    // Never a count without an end, also when this process dies between the two.
    for (const key of keys) commands.set(key, 0, "EX", windowSeconds, "NX").incr(key);
    const results = (await commands.exec()) ?? [];
    return keys.map((_, at) => Number(results[at * 2 + 1]?.[1]));
  }

  private addHere(key: string): number {
    const now = Date.now();
    const [oldest] = this.local.keys();
    if (this.local.size >= mostKept && oldest !== undefined) this.local.delete(oldest);
    const known = this.local.get(key);
    const entry = known && known.until > now ? known : { count: 0, until: now + windowSeconds * 1000 };
    entry.count += 1;
    this.local.set(key, entry);
    return entry.count;
  }
}
