import { createHash } from "node:crypto";
import type { Readable } from "node:stream";
import { DomainError, refused } from "@touchstone/contracts";
import type { SpoolTurn } from "@touchstone/persistence";
import type { Checksum } from "./tus.ts";

/** A piece in the file store. As much is lost at most where this process is killed. */
const pieceBytes = 4 * 2 ** 20;
/** A slow line fills no piece for minutes; what it has brought counts after so long. */
const pieceMs = 3_000;

interface Arriving {
  /** How much may still come. */
  readonly room: number;
  /** The whole of it, as the file was announced. */
  readonly limit: number;
  readonly checksum: Checksum | null;
  /** Shown each piece before it is stored; what it throws ends the reading. */
  readonly beforePiece?: ((piece: Uint8Array) => void | Promise<void>) | undefined;
}

/**
 * Stores what a connection brings, piece by piece. A connection that breaks leaves what has come, and so does a refusal;
 * but with a checksum nothing counts before all of it has come and is right.
 *
 * @throws DomainError body_too_large beyond the announced length, checksum_mismatch, conflict where another connection goes
 * on with the same upload.
 */
export async function appendBody(
  turn: SpoolTurn,
  body: AsyncIterable<Buffer>,
  { room, limit, checksum, beforePiece }: Arriving,
): Promise<void> {
  const hash = checksum && createHash(checksum.algorithm);
  let waiting: Buffer[] = [];
  let waits = 0;
  let came = 0;
  let since = Date.now();
  const store = async () => {
    const piece = Buffer.concat(waiting, waits);
    // Let go of first: what could not be stored is not stored a second time behind what may be there.
    waiting = [];
    waits = 0;
    since = Date.now();
    await beforePiece?.(piece);
    await turn.add(piece);
    if (!checksum) await turn.keep();
  };
  try {
    for await (const chunk of body) {
      came += chunk.length;
      if (came > room) throw refused("uploadBeyond", { limit });
      hash?.update(chunk);
      waiting.push(chunk);
      waits += chunk.length;
      if (waits >= pieceBytes || Date.now() - since >= pieceMs) await store();
    }
  } catch (error) {
    // Of what was cut off, what has come is as good as any other.
    if (!(error instanceof DomainError && error.reason === "uploadBeyond") && !checksum) {
      await store().catch(() => undefined);
    }
    await turn.drop();
    throw error;
  }
  await store();
  if (!checksum) return;
  if (hash?.digest("base64") !== checksum.digest) {
    await turn.drop();
    throw refused("uploadChecksum");
  }
  await turn.keep();
}

/** The body of a request, which stays open when reading stops early: destroying it would cut the connection off. */
export function bodyOf(body: Readable | null | undefined): AsyncIterable<Buffer> {
  return body ? body.iterator({ destroyOnReturn: false }) : (async function* () {})();
}
