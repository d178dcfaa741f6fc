import { randomUUID } from "node:crypto";
import { type Problem, refused } from "@touchstone/contracts";
import type { FileStore } from "../files/file-store.ts";
import { findSpooled } from "./queries.ts";
import { type SpooledFile, type SpooledKey, type SpoolLimits, type SpoolStores, spoolFolder } from "./spooled-file.ts";

/** A piece that lies in the file store and that no row names yet. */
interface Piece {
  readonly key: string;
  readonly start: number;
  readonly bytes: number;
}

/**
 * Adds to a file that arrives. Whoever comes last has the turn: a connection that broke may seem alive for a while, and who
 * sends again must not wait for it. What the one before has stored stays; it adds nothing more.
 */
export class SpoolTurn {
  readonly #stores: SpoolStores;
  readonly #key: SpooledKey;
  readonly #turn: string;
  readonly #keptMs: number;
  /** From where the next piece goes on. */
  #next: number;
  /** Up to where rows say that it is there. */
  #kept: number;
  #loose: Piece[] = [];

  private constructor(stores: SpoolStores, key: SpooledKey, turn: string, offset: number, keptMs: number) {
    this.#stores = stores;
    this.#key = key;
    this.#turn = turn;
    this.#keptMs = keptMs;
    this.#next = offset;
    this.#kept = offset;
  }

  /** @returns null where the file does not stand at this offset, or is not on its way any more. */
  static async take(
    stores: SpoolStores,
    key: SpooledKey,
    offset: number,
    { keptMs }: Pick<SpoolLimits, "keptMs">,
  ): Promise<SpoolTurn | null> {
    const turn = randomUUID();
    const { rowCount } = await stores.pool.query(
      `UPDATE spooled_file SET turn = $4, beat_at = clock_timestamp()
       WHERE workspace_id = $1 AND id = $2 AND received = $3 AND state = 'arriving'`,
      [key.workspaceId, key.id, offset, turn],
    );
    return rowCount ? new SpoolTurn(stores, key, turn, offset, keptMs) : null;
  }

  /** Up to where the file is there for good. */
  get kept(): number {
    return this.#kept;
  }

  /** Stores a piece; it counts from the next `keep` on. */
  async add(bytes: Uint8Array): Promise<void> {
    if (bytes.length === 0) return;
    const start = this.#next;
    // The turn is in the name: two that write the same stretch never write the same file.
    const key = `${spoolFolder(this.#key)}/${start}-${this.#turn}`;
    await this.#stores.files.put(key, bytes);
    this.#loose.push({ key, start, bytes: bytes.length });
    this.#next += bytes.length;
  }

  /**
   * Has all pieces count that were added.
   *
   * @throws DomainError conflict where somebody else has the turn, or the file was removed; the pieces are gone then. Of any
   * other error nobody knows whether they count: they stay, and go with the file.
   */
  async keep(): Promise<void> {
    const pieces = this.#loose;
    if (pieces.length === 0) return;
    // From here on they may count: an answer that is lost says nothing of what was written.
    this.#loose = [];
    const { workspaceId, id } = this.#key;
    const { rowCount } = await this.#stores.pool.query(
      `WITH moved AS (
         UPDATE spooled_file SET received = $5, beat_at = clock_timestamp(),
           expires_at = clock_timestamp() + $9::float8 * interval '1 ms'
         WHERE workspace_id = $1 AND id = $2 AND turn = $3 AND received = $4 AND state = 'arriving' RETURNING id)
       INSERT INTO spooled_part (workspace_id, file_id, start, bytes, key)
       SELECT $1, $2, p.* FROM moved, unnest($6::bigint[], $7::int[], $8::text[]) AS p`,
      [
        ...[workspaceId, id, this.#turn, this.#kept, this.#next],
        ...[pieces.map(({ start }) => start), pieces.map(({ bytes }) => bytes), pieces.map(({ key }) => key)],
        this.#keptMs,
      ],
    );
    if (!rowCount) {
      await this.#remove(pieces);
      const now = await findSpooled(this.#stores.pool, workspaceId, id);
      throw refused("uploadTakenOver", { offset: now.view.received });
    }
    this.#kept = this.#next;
  }

  /** Removes the pieces that do not count. */
  async drop(): Promise<void> {
    const pieces = this.#loose;
    this.#loose = [];
    await this.#remove(pieces);
  }

  async #remove(pieces: readonly Piece[]): Promise<void> {
    for (const { key } of pieces) await this.#stores.files.remove(key);
    this.#next = this.#kept;
  }
}

/**
 * Says that a file is there, once all its bytes are: only then anybody can read it. Safe to call again, also after a kill.
 *
 * @param sha256 of all its bytes, as they lie in the store
 */
export async function completeSpooled(
  pool: SpoolStores["pool"],
  { workspaceId, id, view }: SpooledFile,
  sha256: string,
): Promise<SpooledFile> {
  await pool.query(
    `UPDATE spooled_file SET state = 'ready', sha256 = $4, bytes = received, turn = NULL
     WHERE workspace_id = $1 AND id = $2 AND received = $3 AND state = 'arriving'`,
    [workspaceId, id, view.received, sha256],
  );
  return findSpooled(pool, workspaceId, id);
}

/** Says that whoever fetches a file lives. @returns whether it is still wanted */
export async function beatSpooled(pool: SpoolStores["pool"], { workspaceId, id }: SpooledKey): Promise<boolean> {
  const { rowCount } = await pool.query(
    `UPDATE spooled_file SET beat_at = clock_timestamp() WHERE workspace_id = $1 AND id = $2 AND state = 'arriving'`,
    [workspaceId, id],
  );
  return rowCount === 1;
}

/** Says why a file did not arrive; nothing can be added to it any more. */
export async function failSpooled(
  { pool }: Pick<SpoolStores, "pool">,
  { workspaceId, id }: SpooledKey,
  problem: Problem,
): Promise<void> {
  await pool.query(
    `UPDATE spooled_file SET state = 'failed', problem = $3, turn = NULL
     WHERE workspace_id = $1 AND id = $2 AND state = 'arriving'`,
    [workspaceId, id, JSON.stringify(problem)],
  );
}

/** The bytes of pieces, one after another. @throws DomainError not_found where one is missing. */
export async function* readPieces(files: FileStore, keys: readonly string[]): AsyncGenerator<Uint8Array> {
  for (const key of keys) {
    const content = await files.get(key);
    if (content === null) throw refused("spooledGone");
    for await (const chunk of content.stream) yield chunk;
  }
}
