import { type DBSchema, openDB } from "idb";
import type { LastDone } from "../state/last-done.ts";
import { readKept, toKeep } from "./kept.ts";

/** Where the last choice of each person in each project is kept for as long as it can be undone. */
export interface LastStore {
  readonly read: (memberId: string, projectId: string) => Promise<LastDone | null>;
  /** Null when there is nothing to undo any more. */
  readonly write: (memberId: string, projectId: string, last: LastDone | null) => Promise<void>;
}

interface Schema extends DBSchema {
  last: { key: string; value: unknown };
}

/** The server has the last word; past this it would be asked in vain. */
const undoLastsMs = 10 * 60_000;

const keyOf = (memberId: string, projectId: string): string => `${memberId} ${projectId}`;
const fresh = (last: LastDone): boolean => Date.now() - last.doneAt < undoLastsMs;

/** A database of its own: a new version of the outbox's would wait for pages of the version before to be closed. */
export async function openLastStore(): Promise<LastStore> {
  const database = await openDB<Schema>("touchstone-last-done", 1, {
    upgrade(made) {
      made.createObjectStore("last");
    },
  });
  return {
    async read(memberId, projectId) {
      const last = await readKept<LastDone>(
        await database.get("last", keyOf(memberId, projectId)),
        async () => (await import("../state/last-done.ts")).LastDone,
      );
      return last && fresh(last) ? last : null;
    },
    async write(memberId, projectId, last) {
      if (last) await database.put("last", toKeep(last), keyOf(memberId, projectId));
      else await database.delete("last", keyOf(memberId, projectId));
    },
  };
}

/** For browsers that keep nothing: undo lasts as long as the page. */
export function openMemoryLastStore(): LastStore {
  const kept = new Map<string, LastDone>();
  return {
    async read(memberId, projectId) {
      const last = kept.get(keyOf(memberId, projectId));
      return last && fresh(last) ? last : null;
    },
    async write(memberId, projectId, last) {
      if (last) kept.set(keyOf(memberId, projectId), last);
      else kept.delete(keyOf(memberId, projectId));
    },
  };
}
