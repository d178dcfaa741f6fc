import { setTimeout as sleep } from "node:timers/promises";
import { refused } from "@touchstone/contracts";
import {
  completeSpooled,
  endLostImportJobs,
  failLostDownloads,
  partsOf,
  type SpooledFile,
  sweepSpool,
} from "@touchstone/persistence";
import fp from "fastify-plugin";
import { problemOf } from "./problem-of.ts";

declare module "fastify" {
  interface FastifyInstance {
    /** Has a file be there whose last byte has come. Its bytes are looked through once, however many ask meanwhile. */
    completeSpooled(file: SpooledFile): Promise<SpooledFile>;
  }
}

/** How late what ended with another process is noticed, and what has expired is removed. */
const everyMs = 2_000;
/** Each process says every half second that its work goes on; one that has not for so long is gone. */
const silentMs = 10_000;

/** Looks after files that were brought for imports: what nobody uses any more goes, and what ended with its process says so. */
export const spool = fp(
  async (app) => {
    const completions = new Map<string, Promise<SpooledFile>>();
    app.decorate("completeSpooled", (file) => {
      const completion = completions.get(file.id) ?? complete(file).finally(() => completions.delete(file.id));
      completions.set(file.id, completion);
      return completion;
    });

    async function complete(file: SpooledFile): Promise<SpooledFile> {
      const pieces = await partsOf(app.databasePool, file);
      return completeSpooled(app.databasePool, file, await app.parsing.run("digest", { file: { pieces } }));
    }

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
  { name: "spool", dependencies: ["database", "threads", "file-store"] },
);
