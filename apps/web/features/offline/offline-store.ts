import { type DBSchema, openDB } from "idb";
import { readKept, toKeep } from "../workbench/outbox/kept.ts";
import type { DeskPapers, HeldDesk, KeptSession } from "./kept.ts";

/** What this browser keeps of one person's desks, for reloads without a network. */
export interface OfflineStore {
  readonly readSession: () => Promise<KeptSession | null>;
  /** Whatever was kept for anybody else is gone with it. Says whether there was somebody else. */
  readonly keepSession: (session: KeptSession) => Promise<boolean>;
  readonly readDesk: (memberId: string, projectId: string) => Promise<HeldDesk | null>;
  /** Only while this member is the one that the browser keeps. */
  readonly writeDesk: (memberId: string, projectId: string, desk: HeldDesk) => Promise<void>;
  readonly readPapers: (memberId: string, projectId: string) => Promise<DeskPapers | null>;
  readonly writePapers: (memberId: string, projectId: string, papers: DeskPapers) => Promise<void>;
  readonly forget: () => Promise<void>;
}

interface Schema extends DBSchema {
  session: { key: "session"; value: unknown };
  desks: { key: string; value: unknown };
  papers: { key: string; value: unknown };
}

const stores = ["session", "desks", "papers"] as const;
const keyOf = (memberId: string, projectId: string): string => `${memberId} ${projectId}`;

/** A database of its own: a new version of the outbox's would wait for pages of the version before to be closed. */
export async function openOfflineStore(): Promise<OfflineStore> {
  const database = await openDB<Schema>("touchstone-offline", 1, {
    upgrade(made) {
      for (const name of stores) made.createObjectStore(name);
    },
  });

  /** One transaction, so that no answer to somebody who has just left is written for whoever came after. */
  async function write(kind: "desks" | "papers", memberId: string, projectId: string, value: object): Promise<void> {
    const transaction = database.transaction(["session", kind], "readwrite");
    const keeper = memberIdIn(await transaction.objectStore("session").get("session"));
    if (keeper === memberId) await transaction.objectStore(kind).put(toKeep(value), keyOf(memberId, projectId));
    await transaction.done;
  }

  return {
    readSession: async () =>
      (await readKept(await database.get("session", "session"), async () => (await import("./kept.ts")).KeptSession)) ??
      null,
    async keepSession(session) {
      const { member, workspace } = session;
      const transaction = database.transaction(stores, "readwrite");
      const before = memberIdIn(await transaction.objectStore("session").get("session"));
      const others = before !== undefined && before !== member.id;
      if (others) for (const name of stores) await transaction.objectStore(name).clear();
      await transaction.objectStore("session").put(toKeep({ member, workspace }), "session");
      await transaction.done;
      return others;
    },
    readDesk: async (memberId, projectId) =>
      (await readKept(
        await database.get("desks", keyOf(memberId, projectId)),
        async () => (await import("./kept.ts")).HeldDesk,
      )) ?? null,
    writeDesk: (memberId, projectId, desk) => write("desks", memberId, projectId, desk),
    readPapers: async (memberId, projectId) =>
      (await readKept(
        await database.get("papers", keyOf(memberId, projectId)),
        async () => (await import("./kept.ts")).DeskPapers,
      )) ?? null,
    writePapers: (memberId, projectId, papers) => write("papers", memberId, projectId, papers),
    async forget() {
      const transaction = database.transaction(stores, "readwrite");
      for (const name of stores) await transaction.objectStore(name).clear();
      await transaction.done;
    },
  };
}

/** Whose session was kept, by whichever build: a transaction would not wait for a schema to be fetched. */
function memberIdIn(kept: unknown): string | undefined {
  if (typeof kept !== "object" || kept === null || !("member" in kept)) return undefined;
  const { member } = kept;
  if (typeof member !== "object" || member === null || !("id" in member)) return undefined;
  return typeof member.id === "string" ? member.id : undefined;
}
