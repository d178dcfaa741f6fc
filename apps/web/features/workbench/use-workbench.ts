"use client";
import { useEffect, useState } from "react";
import { api } from "../../api/client.ts";
import { useSession } from "../session/signed-in.tsx";
import { openBrowserStore, openMemoryStore } from "./outbox/outbox-store.ts";
import { attachToPage } from "./state/attach-to-page.ts";
import { browserDesk } from "./state/desk.ts";
import { WorkbenchSession } from "./state/workbench-session.ts";

/** The session of this person on this project; null until the browser's database is open. */
export function useWorkbench(projectId: string): WorkbenchSession | null {
  const memberId = useSession().member.id;
  const [session, setSession] = useState<WorkbenchSession | null>(null);

  // External systems: the browser's database, the network, and the life of the page.
  useEffect(() => {
    let left = false;
    let detach = (): void => {};
    const open = async (): Promise<void> => {
      const store = await openBrowserStore().catch(openMemoryStore);
      if (left) return;
      const opened = new WorkbenchSession({ api, store, desk: browserDesk(), projectId, memberId });
      detach = attachToPage(opened);
      setSession(opened);
      await opened.open();
    };
    void open();
    return () => {
      left = true;
      detach();
      setSession(null);
    };
  }, [projectId, memberId]);

  return session;
}
