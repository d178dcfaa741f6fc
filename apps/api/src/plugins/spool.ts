import { setTimeout as sleep } from "node:timers/promises";
import { refused } from "@touchstone/contracts";
import { endLostImportJobs, failLostDownloads, sweepSpool } from "@touchstone/persistence";
import fp from "fastify-plugin";
import { problemOf } from "./problem-of.ts";

/** How late what ended with another process is noticed, and what has expired is removed. */
const everyMs = 2_000;
/** Each process says every half second that its work goes on; one that has not for so long is gone. */
const silentMs = 10_000;

/** Looks after files that were brought for imports: what nobody uses any more goes, and what ended with its process says so. */
export const spool = fp(
  async (app) => {
    const stop = new AbortController();
    let loop: Promise<void> | undefined;
    app.addHook("onReady", async () => {
      loop = look(stop.signal);
    });
    app.addHook("onClose", async () => {
      stop.abort();
      await loop;
    });

    async function look(signal: AbortSignal): Promise<void> {
      while (!signal.aborted) {
        await lookOnce().catch((error: unknown) => app.log.warn({ err: error }, "the spool could not be looked after"));
        await sleep(everyMs, undefined, { signal, ref: false }).catch(() => undefined);
      }
    }

    async function lookOnce(): Promise<void> {
      await endLostImportJobs(app.databasePool, silentMs);
      await failLostDownloads(app.databasePool, silentMs, problemOf(refused("processEnded"), "restarted"));
      await sweepSpool({ pool: app.databasePool, files: app.files });
    }
  },
  { name: "spool", dependencies: ["database", "file-store"] },
);
