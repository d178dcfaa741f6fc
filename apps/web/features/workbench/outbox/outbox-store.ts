import { type DBSchema, openDB } from "idb";
import type { Draft } from "../state/draft.ts";
import type { OutboxEntry } from "./entry.ts";
import { readKept, toKeep } from "./kept.ts";

/** Where unsent work and drafts survive a reload. */
export interface OutboxStore {
  /** Whether what is put here outlives the page. */
  readonly lasts: boolean;
  readonly entriesOf: (memberId: string) => Promise<readonly OutboxEntry[]>;
  readonly has: (key: string) => Promise<boolean>;
  readonly put: (entry: OutboxEntry) => Promise<void>;
  readonly remove: (key: string) => Promise<void>;
  /** The draft of this lease, or the latest of its task: a task may come back under another lease. */
  readonly readDraft: (of: { readonly leaseId: string; readonly taskId: string }) => Promise<Draft | undefined>;
  readonly putDraft: (draft: Draft) => Promise<void>;
  /** Removes the drafts of the lease and those of its task under former leases. */
  readonly removeDraft: (of: { readonly leaseId: string; readonly taskId: string }) => Promise<void>;
}

interface Schema extends DBSchema {
  outbox: { key: string; value: unknown };
  drafts: { key: string; value: unknown };
}

/** Drafts of leases that ended long ago are of no use to anyone. */
const draftsLastMs = 7 * 24 * 3_600_000;

const readEntry = (value: unknown) =>
  readKept<OutboxEntry>(value, async () => (await import("./entry.ts")).OutboxEntry);
const readDraft = (value: unknown) => readKept<Draft>(value, async () => (await import("../state/draft.ts")).Draft);

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
    lasts: true,
    async entriesOf(memberId) {
      const entries = await Promise.all((await database.getAll("outbox")).map(readEntry));
      return entries
        .flatMap((entry) => entry ?? [])
        .filter((entry) => entry.memberId === memberId)
        .sort((one, other) => one.madeAt - other.madeAt);
    },
    has: async (key) => (await database.getKey("outbox", key)) !== undefined,
    async put(entry) {
      // Strict durability: the write is on the disk before the next task may replace what was judged.
      const transaction = database.transaction("outbox", "readwrite", { durability: "strict" });
      await transaction.store.put(toKeep(entry), entry.key);
      await transaction.done;
    },
    remove: (key) => database.delete("outbox", key),
    async readDraft({ leaseId, taskId }) {
      const own = await readDraft(await database.get("drafts", leaseId));
      return own ?? latestOf(taskId, await Promise.all((await database.getAll("drafts")).map(readDraft)));
    },
    putDraft: async (draft) => void (await database.put("drafts", toKeep(draft), draft.leaseId)),
    async removeDraft({ leaseId, taskId }) {
      // One transaction, so that a draft begun a moment later is not taken for a former one.
      const transaction = database.transaction("drafts", "readwrite");
      for (let cursor = await transaction.store.openCursor(); cursor; cursor = await cursor.continue()) {
        if (cursor.key === leaseId || fieldOf(cursor.value, "taskId") === taskId) await cursor.delete();
      }
      await transaction.done;
    },
  };

  async function forgetOldDrafts(): Promise<void> {
    for (const key of await database.getAllKeys("drafts")) {
      const savedAt = fieldOf(await database.get("drafts", key), "savedAt");
      if (typeof savedAt !== "number" || Date.now() - savedAt > draftsLastMs) await database.delete("drafts", key);
    }
  }
}

/** One field of whatever lies there: inside a transaction nothing else can be waited for. */
function fieldOf(value: unknown, name: "taskId" | "savedAt"): unknown {
  return typeof value === "object" && value !== null && name in value ? Reflect.get(value, name) : undefined;
}

function latestOf(taskId: string, drafts: readonly (Draft | undefined)[]): Draft | undefined {
  return drafts
    .flatMap((draft) => (draft?.taskId === taskId ? [draft] : []))
    .toSorted((one, other) => other.savedAt - one.savedAt)[0];
}

/** For browsers that keep nothing (some private windows): work goes on, and a reload would lose what is unsent. */
export function openMemoryStore(): OutboxStore {
  const entries = new Map<string, OutboxEntry>();
  const drafts = new Map<string, Draft>();
  return {
    lasts: false,
    entriesOf: async (memberId) =>
      [...entries.values()]
        .filter((entry) => entry.memberId === memberId)
        .sort((one, other) => one.madeAt - other.madeAt),
    has: async (key) => entries.has(key),
    put: async (entry) => void entries.set(entry.key, entry),
    remove: async (key) => void entries.delete(key),
    readDraft: async ({ leaseId, taskId }) => drafts.get(leaseId) ?? latestOf(taskId, [...drafts.values()]),
    putDraft: async (draft) => void drafts.set(draft.leaseId, draft),
    async removeDraft({ leaseId, taskId }) {
      for (const [key, draft] of drafts) if (key === leaseId || draft.taskId === taskId) drafts.delete(key);
    },
  };
}
