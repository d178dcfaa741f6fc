import { type DBSchema, openDB } from "idb";
import { DeskPapers, HeldDesk, KeptSession } from "./kept.ts";

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
  async function write(kind: "desks" | "papers", memberId: string, projectId: string, value: unknown): Promise<void> {
    const transaction = database.transaction(["session", kind], "readwrite");
    const { data } = KeptSession.safeParse(await transaction.objectStore("session").get("session"));
    if (data?.member.id === memberId) await transaction.objectStore(kind).put(value, keyOf(memberId, projectId));
    await transaction.done;
  }

  return {
    readSession: async () => KeptSession.safeParse(await database.get("session", "session")).data ?? null,
    async keepSession(session) {
      const transaction = database.transaction(stores, "readwrite");
      const before = KeptSession.safeParse(await transaction.objectStore("session").get("session")).data;
      const others = before !== undefined && before.member.id !== session.member.id;
      if (others) for (const name of stores) await transaction.objectStore(name).clear();
      await transaction.objectStore("session").put(KeptSession.parse(session), "session");
      await transaction.done;
      return others;
    },
    readDesk: async (memberId, projectId) =>
      HeldDesk.safeParse(await database.get("desks", keyOf(memberId, projectId))).data ?? null,
    writeDesk: (memberId, projectId, desk) => write("desks", memberId, projectId, desk),
    readPapers: async (memberId, projectId) =>
      DeskPapers.safeParse(await database.get("papers", keyOf(memberId, projectId))).data ?? null,
    writePapers: (memberId, projectId, papers) => write("papers", memberId, projectId, papers),
    async forget() {
      const transaction = database.transaction(stores, "readwrite");
      for (const name of stores) await transaction.objectStore(name).clear();
      await transaction.done;
    },
  };
}
