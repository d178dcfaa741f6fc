import type { Readable } from "node:stream";
import { type BroughtArchive, DomainError, refused } from "@touchstone/contracts";
import {
  assertRoom,
  beginSpooled,
  bringUploaded,
  findSpooled,
  type MemberActor,
  removeSpooled,
  type SpoolLimits,
  SpoolTurn,
} from "@touchstone/persistence";
import type { FastifyInstance } from "fastify";
import { appendBody, bodyOf } from "../spool/append.ts";
import { assertZipHead } from "../spool/zip-head.ts";

interface Announced {
  readonly name: string;
  /** Null where whoever sends it does not say. */
  readonly bytes: number | null;
}

/**
 * Takes an archive that comes in one request, as an upload in pieces is taken, and promises it to a worker. Where it breaks
 * off, or comes to nothing otherwise, nothing of it stays: nobody knows by which name to go on with it.
 *
 * @throws DomainError invalid_value for what is no zip, invalid_request where it breaks off, body_too_large beyond the limits.
 */
export async function receiveArchive(
  app: FastifyInstance,
  by: MemberActor,
  { name, bytes }: Announced,
  body: Readable | null | undefined,
  limits: SpoolLimits,
): Promise<BroughtArchive> {
  if (!body) throw refused("archiveDamaged");
  const stores = { pool: app.databasePool, files: app.files };
  const file = await beginSpooled(stores.pool, by, null, { origin: "upload", name, bytes }, limits);
  try {
    const turn = await SpoolTurn.take(stores, file, 0, limits);
    if (!turn) throw refused("uploadTakenOver", { offset: 0 });
    await appendBody(turn, bodyOf(body), {
      ...{ room: bytes ?? limits.largest, limit: bytes ?? limits.largest, checksum: null },
      beforePiece: async (piece) => {
        assertZipHead(piece, turn.kept);
        // One that doesn't say how large it is was promised no room.
        if (bytes === null) await assertRoom(stores.pool, by.workspaceId, piece.length, limits);
      },
    });
    if (turn.kept === 0) throw refused("archiveDamaged");
    await app.completeSpooled(await findSpooled(stores.pool, by.workspaceId, file.id));
    return await bringUploaded(app.database, by, file.id);
  } catch (error) {
    await removeSpooled(stores, by.workspaceId, file.id);
    if (body.readableAborted) throw refused("uploadBrokeOff");
    const isTooLarge = error instanceof DomainError && error.reason === "uploadBeyond";
    throw isTooLarge ? refused("archiveTooLarge", { limit: bytes ?? limits.largest }) : error;
  } finally {
    // What is left of a refused file is read and dropped: a client hears the answer once it has sent everything.
    body.resume();
  }
}
