import { type ImportJobView, refused } from "@touchstone/contracts";
import { endImportJob, finishImportJob, type ImportProgress, reportImportJob } from "@touchstone/persistence";
import fp from "fastify-plugin";
import type { Environment } from "../environment.ts";
import { bringIn, type WantedImport } from "../routes/imports/bring-in.ts";
import { Room } from "../routes/room.ts";
import { problemOf, toDomainError } from "./problem-of.ts";
import { again, UnderWay } from "./under-way.ts";

declare module "fastify" {
  interface FastifyInstance {
    /** Files of a workspace that are read or undone at once: each may hold a connection for minutes, or wait for another. */
    readingRoom: Room;
    importJobs: ImportJobs;
  }
}

const filesAtOnce = 3;
/** How often a job says how far it is, and hears whether it is still wanted. */
const reportMs = 500;

/** A job that is to be made, and the file that it reads. */
export interface JobToMake extends Omit<WantedImport, "file" | "mediaBytes"> {
  readonly job: ImportJobView;
  /** Opens the file for as long as the work takes, which asks before it commits whether the file is still the same. */
  readonly withFile: <T>(
    work: (file: WantedImport["file"], assertSame: () => Promise<void>) => Promise<T>,
  ) => Promise<T>;
}

interface ImportJobs {
  /** Makes a job, whoever goes on watching it. @param leave called once it has ended */
  start(job: JobToMake, leave: () => void): void;
  /** Has a job of this process stop at once; one of another process hears of it by itself. */
  stop(id: string): void;
}

/** Imports that go on without the request that began them. A process that ends takes its jobs along, and their rows say so. */
export const importJobs = fp<{ environment: Pick<Environment, "mediaBytes"> }>(
  async (app, { environment: { mediaBytes } }) => {
    const underWay = new UnderWay();
    app.decorate("readingRoom", new Room(filesAtOnce, (limit) => refused("tooManyImports", { limit })));
    app.decorate("importJobs", {
      start: (toMake, leave) => underWay.begin(toMake.job.id, (stop) => make(toMake, stop), leave),
      stop: (id) => underWay.stop(id, refused("importStopped")),
    });
    app.addHook("onClose", async () => {
      // Their rows first: what they write from now on counts no more.
      for (const id of underWay.ids) await endImportJob(app.databasePool, id, "interrupted").catch(() => undefined);
      await underWay.close(refused("processEnded"));
    });

    async function make({ job, withFile, ...wanted }: JobToMake, stop: AbortController): Promise<void> {
      const pool = app.databasePool;
      const progress: ImportProgress & { readBytes: () => number } = {
        phase: "looking",
        bytesRead: 0,
        rowsRead: 0,
        rows: null,
        step: 0,
        steps: null,
        readBytes: () => 0,
      };
      const endReports = again(reportMs, async () => {
        progress.bytesRead = Math.min(job.bytes, progress.readBytes());
        // Without Postgres nothing can be written either; the import itself says so.
        const isWanted = await reportImportJob(pool, job.id, progress).catch(() => true);
        if (!isWanted) stop.abort(refused("importStopped"));
      });
      try {
        await withFile((file, assertSame) =>
          bringIn(
            app,
            { ...wanted, file, mediaBytes },
            {
              signal: stop.signal,
              progress,
              beforeCommit: async (client, view) => {
                await assertSame();
                await finishImportJob(client, job.id, view);
              },
            },
          ),
        );
      } catch (error) {
        const known = toDomainError(error instanceof Error ? error : new Error(String(error)));
        if (known.code === "internal") app.log.error({ err: error, job: job.id }, "an import failed");
        await endImportJob(pool, job.id, "failed", problemOf(known, job.id)).catch((lost: unknown) =>
          app.log.warn({ err: lost, job: job.id }, "the end of an import could not be written down"),
        );
      } finally {
        endReports();
      }
    }
  },
  { name: "import-jobs", dependencies: ["database", "threads", "file-store"] },
);
