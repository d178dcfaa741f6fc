import { setTimeout as sleep } from "node:timers/promises";

/** Between two questions. */
const everyMs = 25;
/** Answered this fast so many times in a row, a server is calm; it is not waited for longer than that. */
const calm = { withinMs: 100, times: 10, atMostMs: 15_000 };

/** Asks a server all the time whether it lives, and keeps how long it took at most. */
export class HealthWatch {
  longestMs = 0;
  #calmTimes = 0;
  #isStopped = false;
  readonly #url: string;

  constructor(url: string) {
    this.#url = url;
    void this.#watch();
  }

  restart(): void {
    this.longestMs = 0;
  }

  async calm(): Promise<void> {
    this.#calmTimes = 0;
    const deadline = Date.now() + calm.atMostMs;
    while (this.#calmTimes < calm.times && Date.now() < deadline) await sleep(everyMs);
  }

  stop(): void {
    this.#isStopped = true;
  }

  async #watch(): Promise<void> {
    while (!this.#isStopped) {
      const startedAt = performance.now();
      const answer = await fetch(`${this.#url}/api/health/live`).catch(() => undefined);
      await answer?.arrayBuffer().catch(() => undefined);
      const ms = performance.now() - startedAt;
      this.longestMs = Math.max(this.longestMs, ms);
      this.#calmTimes = answer?.ok && ms < calm.withinMs ? this.#calmTimes + 1 : 0;
      await sleep(everyMs);
    }
  }
}
