import { setTimeout as sleep } from "node:timers/promises";
import { advanceErasure, erasuresUnderWay, sweepRetention } from "@touchstone/persistence";
import fp from "fastify-plugin";

declare module "fastify" {
  interface FastifyInstance {
    /** There is somebody to erase: whoever has just asked for it need not wait for the next look. */
    erasureAsked(): void;
  }
}

/** How late what another process left behind goes on. */
const everyMs = 2_000;
/** Between two steps: whoever waits for a connection or a row comes first. */
const breathMs = 5;
/** Between two looks at what projects keep no longer: it is a matter of days. */
const sweepEveryMs = 60 * 60_000;

/**
 * Erases step by step while the server runs, as `deletions` deletes, and looks once an hour at what projects keep no longer.
 * A process that is killed leaves the rest to the next that starts; any number of them may do so side by side.
 */
export const erasures = fp(
  async (app) => {
    const stop = new AbortController();
    let nudge = new AbortController();
    let loop: Promise<void> | undefined;
    let sweptAt: number | null = null;
    app.decorate("erasureAsked", () => nudge.abort());
    app.addHook("onReady", async () => {
      loop = eraseUntil(stop.signal);
    });
    app.addHook("onClose", async () => {
      stop.abort();
      await loop;
    });

    async function eraseUntil(signal: AbortSignal): Promise<void> {
      while (!signal.aborted) {
        nudge = new AbortController();
        await sweep().catch((error: unknown) => app.log.warn({ err: error }, "what is due could not be looked at"));
        await eraseSome(signal).catch((error: unknown) => app.log.warn({ err: error }, "an erasure could not go on"));
        // Rejects when stopped or nudged; both end the wait.
        const woken = AbortSignal.any([signal, nudge.signal]);
        await sleep(everyMs, undefined, { signal: woken, ref: false }).catch(() => undefined);
      }
    }

    /** By a clock that nobody sets; what is due is the database's to say. */
    async function sweep(): Promise<void> {
      if (sweptAt !== null && performance.now() - sweptAt < sweepEveryMs) return;
      await sweepRetention(app.database);
      sweptAt = performance.now();
    }

    /** Each as far as it goes without waiting: what others are at is looked at again later, and one that fails keeps no other. */
    async function eraseSome(signal: AbortSignal): Promise<void> {
      for (const id of await erasuresUnderWay(app.database)) {
        try {
          while (!signal.aborted && (await advanceErasure(app.databasePool, id)) === "more") {
            await sleep(breathMs, undefined, { ref: false });
          }
        } catch (error) {
          app.log.warn({ err: error, erasure: id }, "an erasure could not go on");
        }
      }
    }
  },
  { name: "erasures", dependencies: ["database"] },
);
