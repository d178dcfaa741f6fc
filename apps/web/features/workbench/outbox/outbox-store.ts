import { type DBSchema, openDB } from "idb";
import { Draft } from "../state/draft.ts";
import { OutboxEntry } from "./entry.ts";

/** Where unsent work and drafts survive a reload. */
export interface OutboxStore {
  readonly entriesOf: (memberId: string) => Promise<readonly OutboxEntry[]>;
  readonly put: (entry: OutboxEntry) => Promise<void>;
  readonly remove: (key: string) => Promise<void>;
  readonly readDraft: (leaseId: string) => Promise<Draft | undefined>;
  readonly putDraft: (draft: Draft) => Promise<void>;
  readonly removeDraft: (leaseId: string) => Promise<void>;
}

interface Schema extends DBSchema {
  outbox: { key: string; value: unknown };
  drafts: { key: string; value: unknown };
}

/** Drafts of leases that ended long ago are of no use to anyone. */
const draftsLastMs = 7 * 24 * 3_600_000;

/** The browser's database. What an older version of this page left there is parsed, and skipped where it does not fit. */
export async function openBrowserStore(): Promise<OutboxStore> {
  const database = await openDB<Schema>("touchstone-workbench", 1, {
    upgrade(fresh) {
      fresh.createObjectStore("outbox");
      fresh.createObjectStore("drafts");
    },
  });
  await forgetOldDrafts();
  return {
    async entriesOf(memberId) {
      const values = await database.getAll("outbox");
      return values
        .map((value) => OutboxEntry.safeParse(value))
        .flatMap((parsed) => (parsed.success ? [parsed.data] : []))
        .filter((entry) => entry.memberId === memberId)
        .sort((one, other) => one.madeAt - other.madeAt);
    },
    async put(entry) {
      // Strict durability: the write is on the disk before the next task may replace what was judged.
      const transaction = database.transaction("outbox", "readwrite", { durability: "strict" });
      await transaction.store.put(entry, entry.key);
      await transaction.done;
    },
    remove: (key) => database.delete("outbox", key),
    readDraft: async (leaseId) => Draft.safeParse(await database.get("drafts", leaseId)).data,
    putDraft: async (draft) => void (await database.put("drafts", draft, draft.leaseId)),
    removeDraft: (leaseId) => database.delete("drafts", leaseId),
  };

  async function forgetOldDrafts(): Promise<void> {
    for (const key of await database.getAllKeys("drafts")) {
      const draft = Draft.safeParse(await database.get("drafts", key));
      if (!draft.success || Date.now() - draft.data.savedAt > draftsLastMs) await database.delete("drafts", key);
    }
  }
}

/** For browsers that keep nothing (some private windows): work goes on, and a reload would lose what is unsent. */
export function openMemoryStore(): OutboxStore {
  const entries = new Map<string, OutboxEntry>();
  const drafts = new Map<string, Draft>();
  return {
    entriesOf: async (memberId) =>
      [...entries.values()]
        .filter((entry) => entry.memberId === memberId)
        .sort((one, other) => one.madeAt - other.madeAt),
    put: async (entry) => void entries.set(entry.key, entry),
    remove: async (key) => void entries.delete(key),
    readDraft: async (leaseId) => drafts.get(leaseId),
    putDraft: async (draft) => void drafts.set(draft.leaseId, draft),
    removeDraft: async (leaseId) => void drafts.delete(leaseId),
  };
}
