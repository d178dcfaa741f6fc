import { setTimeout as sleep } from "node:timers/promises";
import { advanceDeletion, deletionsUnderWay } from "@touchstone/persistence";
import fp from "fastify-plugin";

declare module "fastify" {
  interface FastifyInstance {
    /** There is something to delete: whoever has just asked for it need not wait for the next look. */
    deletionAsked(): void;
  }
}

/** How late what another process left behind goes on. */
const everyMs = 2_000;
/** Between two steps: whoever waits for a connection or a row comes first. */
const breathMs = 5;

/**
 * Removes what was deleted, step by step, while the server runs. A process that is killed leaves the rest to the next that
 * starts; any number of them may do so side by side, and take turns.
 */
export const deletions = fp(
  async (app) => {
    const stop = new AbortController();
    let nudge = new AbortController();
    let loop: Promise<void> | undefined;
    app.decorate("deletionAsked", () => nudge.abort());
    app.addHook("onReady", async () => {
      loop = removeUntil(stop.signal);
    });
    app.addHook("onClose", async () => {
      stop.abort();
      await loop;
    });

    async function removeUntil(signal: AbortSignal): Promise<void> {
      while (!signal.aborted) {
        nudge = new AbortController();
        await removeSome(signal).catch((error: unknown) => app.log.warn({ err: error }, "a deletion could not go on"));
        // Rejects when stopped or nudged; both end the wait.
        const woken = AbortSignal.any([signal, nudge.signal]);
        await sleep(everyMs, undefined, { signal: woken, ref: false }).catch(() => undefined);
      }
    }

    /** Each as far as it goes without waiting: what others are at is looked at again later, and one that fails keeps no other. */
    async function removeSome(signal: AbortSignal): Promise<void> {
      for (const id of await deletionsUnderWay(app.database)) {
        try {
          while (
            !signal.aborted &&
            (await advanceDeletion({ pool: app.databasePool, files: app.files }, id)) === "more"
          ) {
            await sleep(breathMs, undefined, { ref: false });
          }
        } catch (error) {
          app.log.warn({ err: error, deletion: id }, "a deletion could not go on");
        }
      }
    }
  },
  { name: "deletions", dependencies: ["database", "file-store"] },
);
