import type { Readable } from "node:stream";
import { DomainError, refused } from "@touchstone/contracts";
import { failSpooled, findSpooled, type SpooledFile, type SpoolLimits, SpoolTurn } from "@touchstone/persistence";
import type { FastifyInstance } from "fastify";
import { problemOf } from "../../plugins/problem-of.ts";
import { appendBody, bodyOf } from "./append.ts";
import type { LineWatches } from "./line-watches.ts";
import type { Checksum } from "./tus.ts";
import { assertZipHead } from "./zip-head.ts";

/** What a request says of the bytes that it brings. */
interface Announced {
  /** From which byte of the file on. */
  readonly offset: number;
  readonly length: number;
  readonly checksum: Checksum | null;
}

interface Receiving {
  readonly limits: SpoolLimits;
  readonly watches: LineWatches;
}

/**
 * Adds what a request brings to an upload.
 *
 * @throws DomainError as `appendBody`; conflict where the upload stands elsewhere, has failed, or the file is no upload;
 * invalid_line where a line is longer than any row, invalid_value where the copy of a project is no zip; no more is taken then.
 */
export async function receiveUpload(
  app: FastifyInstance,
  file: SpooledFile,
  { offset, length, checksum }: Announced,
  body: Readable | null | undefined,
  { limits, watches }: Receiving,
): Promise<void> {
  const stores = { pool: app.databasePool, files: app.files };
  const { bytes, received, state, origin } = file.view;
  if (origin !== "upload" || bytes === null) throw refused("uploadWhole");
  if (state === "failed") throw refused("spooledFailed");
  if (offset !== received) throw refused("uploadElsewhere", { offset: received });
  // Before anything is stored of it.
  if (offset + length > bytes) throw refused("uploadBeyond", { limit: bytes });
  if (state !== "arriving") return;
  const turn = await SpoolTurn.take(stores, file, offset, limits);
  if (!turn) {
    const now = await findSpooled(stores.pool, file.workspaceId, file.id);
    throw refused("uploadElsewhere", { offset: now.view.received });
  }
  try {
    const append = (beforePiece: ((piece: Uint8Array) => void) | undefined) =>
      appendBody(turn, bodyOf(body), { room: bytes - offset, limit: bytes, checksum, beforePiece });
    if (file.projectId === null) await append((piece) => assertZipHead(piece, turn.kept));
    else await watches.within(file.id, offset, append);
  } catch (error) {
    // What is wrong with the file itself no other request mends.
    if (error instanceof DomainError && (error.code === "invalid_line" || error.code === "invalid_value")) {
      await failSpooled(stores, file, problemOf(error, file.id));
    }
    throw error;
  }
}
