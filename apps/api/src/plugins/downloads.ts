import { setTimeout as sleep } from "node:timers/promises";
import { DomainError, refused } from "@touchstone/contracts";
import { beatSpooled, failSpooled, findSpooled, type SpooledFile } from "@touchstone/persistence";
import fp from "fastify-plugin";
import { problemOf, toDomainError } from "./problem-of.ts";
import { again, UnderWay } from "./under-way.ts";

declare module "fastify" {
  interface FastifyInstance {
    downloads: Downloads;
  }
}

/** A file that this process fetches. */
interface Download {
  readonly file: SpooledFile;
  /** Stores all of it. @throws DomainError for what keeps it from coming */
  readonly store: (signal: AbortSignal) => Promise<void>;
}

interface Downloads {
  /** Stores what comes, whoever goes on watching. @param leave called once it has ended, however */
  start(download: Download, leave: () => void): void;
  /** Has one of this process stop at once; one of another hears of it by itself. */
  stop(id: string): void;
}

/** How often a download says that its process lives, and hears whether it is still wanted. */
const beatMs = 1_000;
/** How long is waited before what failed is tried again; after these it is told of. */
const againMs = [500, 2_000, 5_000, 15_000];

/**
 * Files that this process fetches from addresses, or copies from the server's folder. A process that ends leaves what has come,
 * and the row says that it ended.
 */
export const downloads = fp(
  async (app) => {
    const underWay = new UnderWay();
    app.decorate("downloads", {
      start: (download, leave) => underWay.begin(download.file.id, (stop) => fetchIt(download, stop), leave),
      stop: (id) => underWay.stop(id, refused("spooledStopped")),
    });
    app.addHook("onClose", () => underWay.close(refused("processEnded")));

    async function fetchIt({ file, store }: Download, stop: AbortController): Promise<void> {
      const stores = { pool: app.databasePool, files: app.files };
      const endBeat = again(beatMs, async () => {
        const isWanted = await beatSpooled(stores.pool, file).catch(() => true);
        if (!isWanted) stop.abort(refused("spooledStopped"));
      });
      try {
        await store(stop.signal);
        await complete(file, stop.signal);
      } catch (thrown) {
        const error = stop.signal.aborted ? stop.signal.reason : thrown;
        const known = toDomainError(error instanceof Error ? error : new Error(String(error)));
        if (known.code === "internal") app.log.error({ err: error, file: file.id }, "a download failed");
        await failSpooled(stores, file, problemOf(known, file.id)).catch((lost: unknown) =>
          app.log.warn({ err: lost, file: file.id }, "the end of a download could not be written down"),
        );
      } finally {
        endBeat();
      }
    }

    /** Threads may be busy with other files just now; what has come is not given up for that. */
    async function complete({ workspaceId, id }: SpooledFile, signal: AbortSignal): Promise<void> {
      const arrived = await findSpooled(app.databasePool, workspaceId, id);
      for (const wait of againMs) {
        try {
          await app.completeSpooled(arrived);
          return;
        } catch (error) {
          if (!(error instanceof DomainError && error.code === "unavailable")) throw error;
          await sleep(wait, undefined, { signal });
        }
      }
      await app.completeSpooled(arrived);
    }
  },
  { name: "downloads", dependencies: ["database", "file-store", "outgoing", "spool"] },
);
