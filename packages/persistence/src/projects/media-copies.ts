import { refused } from "@touchstone/contracts";
import { mediaId } from "@touchstone/datasets";
import type pg from "pg";
import { z } from "zod";
import type { FileStore } from "../files/file-store.ts";
import { mediaKey } from "../media/media-key.ts";
import type { MediaLimits } from "../media/store.ts";
import { copy } from "./copy-rows.ts";

const Shown = z.object({ id: z.uuid(), sha256: z.string(), bytes: z.number() });

/** The pictures and sounds that a project's prompts and answers show, as another project's own. */
export class MediaCopies {
  readonly #files: FileStore;
  readonly #workspaceId: string;
  readonly #from: string;
  readonly #to: string;

  constructor(files: FileStore, workspaceId: string, from: string, to: string) {
    this.#files = files;
    this.#workspaceId = workspaceId;
    this.#from = from;
    this.#to = to;
  }

  /**
   * Puts the bytes first and the rows after them, and leaves the pairs of ids in `copied_media` for the rest of the
   * transaction. @throws DomainError body_too_large where the workspace has no room for them.
   */
  async take(client: pg.PoolClient, limits: MediaLimits): Promise<void> {
    const shown = await this.#shown(client);
    await this.#assertRoom(client, shown, limits);
    for (const { sha256 } of shown) {
      const content = await this.#files.get(mediaKey(this.#at(this.#from, sha256)));
      if (content === null)
        throw new Error(`the file of media ${sha256} of project ${this.#from} is not in the file store`);
      await this.#files.put(mediaKey(this.#at(this.#to, sha256)), content.stream);
    }
    await client.query("CREATE TEMP TABLE copied_media (old uuid PRIMARY KEY, new uuid NOT NULL) ON COMMIT DROP");
    await client.query("INSERT INTO copied_media SELECT * FROM unnest($1::uuid[], $2::uuid[])", [
      shown.map(({ id }) => id),
      shown.map(({ sha256 }) => mediaId(this.#to, sha256)),
    ]);
    const changes = "jsonb_build_object('id', d.new, 'project_id', $1::uuid, 'created_at', now())";
    await copy(client, "media", { joined: "JOIN copied_media d ON d.old = r.id" }, changes, [this.#to]);
  }

  /** After a failure: bytes that no row names. */
  async forget(): Promise<void> {
    await this.#files.removePrefix(`media/${this.#workspaceId}/${this.#to}`).catch(() => undefined);
  }

  async #shown(client: pg.PoolClient) {
    const { rows } = await client.query(
      `SELECT id, sha256, bytes FROM media m
       WHERE project_id = $1 AND EXISTS (SELECT FROM media_use u WHERE u.media_id = m.id)`,
      [this.#from],
    );
    return z.array(Shown).parse(rows);
  }

  async #assertRoom(
    client: pg.PoolClient,
    shown: readonly z.infer<typeof Shown>[],
    limits: MediaLimits,
  ): Promise<void> {
    const bytes = shown.reduce((sum, one) => sum + one.bytes, 0);
    if (bytes === 0) return;
    const { rows } = await client.query<{ used: number }>(
      "SELECT coalesce(sum(bytes), 0)::float8 AS used FROM media WHERE workspace_id = $1",
      [this.#workspaceId],
    );
    const used = rows[0]?.used ?? 0;
    if (used + bytes > limits.bytes) throw refused("mediaQuota", { used, limit: limits.bytes, bytes });
  }

  #at(projectId: string, sha256: string) {
    return { workspaceId: this.#workspaceId, projectId, sha256 };
  }
}

/** SQL of what rows hold of pictures and sounds, with the copies' ids in place of theirs. */
export const ofCopy = {
  /** Of a column of contracts' MediaRefs. */
  refs: (column: string) => `(
    SELECT jsonb_agg(x.ref || jsonb_build_object('id', d.new) ORDER BY x.place)
    FROM jsonb_array_elements(${column}) WITH ORDINALITY AS x(ref, place)
    JOIN copied_media d ON d.old = (x.ref ->> 'id')::uuid)`,
  /** Of a column of contracts' Messages. */
  messages: (column: string) => `CASE WHEN jsonb_path_exists(${column}, '$[*].media') THEN (
    SELECT jsonb_agg(y.turn || CASE WHEN y.turn ? 'media'
      THEN jsonb_build_object('media', ${ofCopy.refs("y.turn -> 'media'")}) ELSE '{}' END ORDER BY y.place)
    FROM jsonb_array_elements(${column}) WITH ORDINALITY AS y(turn, place)) ELSE ${column} END`,
};
