import { setTimeout as sleep } from "node:timers/promises";
import { expireLeases } from "@touchstone/persistence";
import fp from "fastify-plugin";

/**
 * How late a slot may come back at worst. A claim that finds nothing sweeps its own project at once, so this only
 * matters to figures and to annotators who still have other tasks.
 */
const everyMs = 5_000;

/** Ends stale leases while the server runs. Any number of processes may do so side by side; they skip each other's rows. */
export const leaseExpiry = fp(
  async (app) => {
    const stop = new AbortController();
    let loop: Promise<void> | undefined;
    app.addHook("onReady", async () => {
      loop = sweepUntil(stop.signal);
    });
    app.addHook("onClose", async () => {
      stop.abort();
      await loop;
    });

    async function sweepUntil(signal: AbortSignal): Promise<void> {
      while (!signal.aborted) {
        await expireLeases(app.database).catch((error: unknown) =>
          app.log.warn({ err: error }, "leases could not be swept"),
        );
        // Rejects when stopped, which is what ends the loop.
        await sleep(everyMs, undefined, { signal, ref: false }).catch(() => undefined);
      }
    }
  },
  { name: "lease-expiry", dependencies: ["database"] },
);
