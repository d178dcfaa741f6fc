import type { Redis } from "ioredis";

/** What is said on one channel, in order. */
export interface Line {
  /** The next of it, or null if nothing comes for so long, in ms; at once when it was aborted. */
  next(patienceMs: number): Promise<string | null>;
  close(): Promise<void>;
}

interface Listener {
  readonly heard: string[];
  wake: () => void;
}

/** One connection that listens for all who wait for an answer, each on a channel of its own. */
export class NewsLine {
  readonly #commands: Redis;
  readonly #listeners = new Map<string, Listener>();
  #redis: Redis | undefined;

  constructor(commands: Redis) {
    this.#commands = commands;
  }

  /** Resolves when nothing that is said from now on is missed. */
  async listen(channel: string, signal: AbortSignal): Promise<Line> {
    const listener: Listener = { heard: [], wake: () => {} };
    this.#listeners.set(channel, listener);
    const wake = () => listener.wake();
    signal.addEventListener("abort", wake, { once: true });
    const redis = this.#connected();
    const close = async () => {
      signal.removeEventListener("abort", wake);
      this.#listeners.delete(channel);
      await redis.unsubscribe(channel).catch(() => undefined);
    };
    await redis.subscribe(channel).catch(async (error: unknown) => {
      await close();
      throw error;
    });
    return {
      close,
      async next(patienceMs) {
        if (listener.heard.length === 0 && !signal.aborted) {
          await new Promise<void>((resolve) => {
            const late = setTimeout(resolve, patienceMs);
            listener.wake = () => {
              clearTimeout(late);
              resolve();
            };
          });
        }
        return listener.heard.shift() ?? null;
      },
    };
  }

  close(): void {
    this.#redis?.disconnect();
  }

  /** Opened when somebody listens first: most processes never do. A connection that is lost loses news, which their numbers show. */
  #connected(): Redis {
    if (this.#redis) return this.#redis;
    const redis = this.#commands.duplicate({ lazyConnect: false, enableOfflineQueue: true, maxRetriesPerRequest: 1 });
    redis.on("error", () => {});
    redis.on("message", (channel, text) => {
      const listener = this.#listeners.get(channel);
      listener?.heard.push(text);
      listener?.wake();
    });
    this.#redis = redis;
    return redis;
  }
}
