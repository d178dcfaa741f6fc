import { setTimeout as sleep } from "node:timers/promises";
import { DomainError, refused } from "@touchstone/contracts";
import type { OutgoingAnswer } from "@touchstone/outgoing";
import {
  assertRoom,
  beatSpooled,
  failSpooled,
  findSpooled,
  type SpooledFile,
  type SpoolLimits,
  SpoolTurn,
} from "@touchstone/persistence";
import fp from "fastify-plugin";
import { appendBody } from "../routes/spool/append.ts";
import { LineWatches } from "../routes/spool/line-watches.ts";
import { problemOf, toDomainError } from "./problem-of.ts";
import { again, UnderWay } from "./under-way.ts";

declare module "fastify" {
  interface FastifyInstance {
    downloads: Downloads;
  }
}

/** A file that comes from an address, and how it is asked for once more. */
export interface Download {
  readonly file: SpooledFile;
  readonly answer: OutgoingAnswer;
  readonly limits: SpoolLimits;
  /** The rest of it, by these headers. */
  readonly ask: (headers: Record<string, string>, signal: AbortSignal) => Promise<OutgoingAnswer>;
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

/** By which a line says that it broke: the rest may come by another. */
const broken = new Set<string>([
  "outgoingBrokeOff",
  "outgoingStalled",
  "outgoingUnreachable",
  "outgoingSlowConnection",
  "outgoingSlowAnswer",
]);

/** Files that this process fetches from addresses. A process that ends leaves what has come, and the row says that it ended. */
export const downloads = fp(
  async (app) => {
    const underWay = new UnderWay();
    app.decorate("downloads", {
      start: (download, leave) => underWay.begin(download.file.id, (stop) => fetchIt(download, stop), leave),
      stop: (id) => underWay.stop(id, refused("spooledStopped")),
    });
    app.addHook("onClose", () => underWay.close(refused("processEnded")));

    async function fetchIt(download: Download, stop: AbortController): Promise<void> {
      const { file } = download;
      const stores = { pool: app.databasePool, files: app.files };
      const endBeat = again(beatMs, async () => {
        const isWanted = await beatSpooled(stores.pool, file).catch(() => true);
        if (!isWanted) stop.abort(refused("spooledStopped"));
      });
      try {
        await storeAll(download, stop.signal);
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

    async function storeAll({ file, answer, limits, ask }: Download, signal: AbortSignal): Promise<void> {
      const pool = app.databasePool;
      const turn = await SpoolTurn.take({ pool, files: app.files }, file, 0, limits);
      if (!turn) throw refused("spooledStopped");
      const { bytes } = file.view;
      const watches = new LineWatches();
      let body = answer.body;
      let tries = 0;
      for (;;) {
        const from = turn.kept;
        const leave = () => body.destroy(signal.reason);
        signal.addEventListener("abort", leave, { once: true });
        try {
          signal.throwIfAborted();
          const arriving = body;
          await watches.within(file.id, from, (show) =>
            appendBody(turn, arriving, {
              room: (bytes ?? limits.largest) - from,
              limit: bytes ?? limits.largest,
              checksum: null,
              beforePiece: async (piece) => {
                show?.(piece);
                // One that doesn't say how large it is was promised no room.
                if (bytes === null) await assertRoom(pool, file.workspaceId, piece.length, limits);
              },
            }),
          );
          return;
        } catch (error) {
          body.destroy();
          if (turn.kept > from) tries = 0;
          ({ body, tries } = await theRest({ answer, ask }, turn.kept, { error, tries, signal }));
        } finally {
          signal.removeEventListener("abort", leave);
        }
      }
    }
  },
  { name: "downloads", dependencies: ["database", "file-store", "outgoing", "spool"] },
);

interface Break {
  readonly error: unknown;
  /** How often the rest was asked for since something has come. */
  readonly tries: number;
  readonly signal: AbortSignal;
}

/**
 * Asks for what is missing after a line broke, if the sender can give it and has said by which tag it is the same file.
 *
 * @throws what broke it, where that can't be mended; DomainError where it is another file by now.
 */
async function theRest(
  { answer, ask }: Pick<Download, "answer" | "ask">,
  from: number,
  { error, tries, signal }: Break,
): Promise<{ body: OutgoingAnswer["body"]; tries: number }> {
  const { etag } = answer.headers;
  const isWhole = answer.headers["content-encoding"] === undefined;
  const isStrong = etag !== undefined && !etag.startsWith("W/");
  if (signal.aborted || !isBroken(error) || !isStrong || !isWhole) throw error;
  for (let tried = tries; ; tried++) {
    const wait = againMs[tried];
    if (wait === undefined) throw error;
    await sleep(wait, undefined, { signal });
    const rest: OutgoingAnswer | null = await ask({ range: `bytes=${from}-`, "if-range": etag }, signal).catch(
      (thrown: unknown) => {
        if (isBroken(thrown)) return null;
        throw thrown;
      },
    );
    if (rest === null) continue;
    const [, start] = /^bytes (\d+)-/.exec(rest.headers["content-range"] ?? "") ?? [];
    // Not every redirect passes the condition on, so the tag is looked at here too.
    if (rest.status === 206 && rest.headers.etag === etag && Number(start) === from)
      return { body: rest.body, tries: tried + 1 };
    rest.body.destroy();
    if (rest.status >= 500) continue;
    throw refused("downloadChanged", { host: new URL(rest.url).hostname });
  }
}

function isBroken(error: unknown): boolean {
  return error instanceof DomainError && error.reason !== undefined && broken.has(error.reason);
}
