import { lookAtMedia } from "@touchstone/datasets";
import { type FileStore, forgetUnused, type MediaLimits, type MemberActor, storeMedia } from "@touchstone/persistence";
import type pg from "pg";

interface Keeping {
  readonly pool: pg.Pool;
  readonly files: FileStore;
  readonly limits: MediaLimits;
  readonly who: MemberActor;
  readonly projectId: string;
}

/**
 * Keeps the files that rows hold themselves, and then brings the rows in. Where that fails, those that nothing shows are
 * forgotten again.
 */
export async function withEmbedded<T>(
  { who, projectId, limits, ...stores }: Keeping,
  files: AsyncIterable<{ readonly bytes: Uint8Array; readonly name: string }>,
  bringIn: () => Promise<T>,
): Promise<T> {
  const kept: string[] = [];
  try {
    for await (const { bytes, name } of files) {
      const look = lookAtMedia(bytes, name);
      // The same bytes were looked at when the row was read.
      if ("reason" in look) throw new Error(`a file of a row is not what it was: ${look.reason}`);
      kept.push((await storeMedia(stores, who, projectId, { name, bytes, look }, limits)).id);
    }
    return await bringIn();
  } catch (error) {
    await forgetUnused(stores, who.workspaceId, kept);
    throw error;
  }
}
