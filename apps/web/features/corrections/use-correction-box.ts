"use client";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { api } from "../../api/client.ts";
import { useSession } from "../session/signed-in.tsx";
import { openBrowserStore, openMemoryStore } from "../workbench/outbox/outbox-store.ts";
import { aloneInBrowser } from "../workbench/state/desk-hold.ts";
import { CorrectionBox } from "./correction-box.ts";
import { ownAnswersQuery } from "./own-queries.ts";

/** One for the page's whole life, as at the desk. */
const memoryStore = openMemoryStore();

/** The outbox as this page shows it; undefined while the browser's database is on its way. */
export function useCorrectionBox(projectId: string): CorrectionBox | undefined {
  const memberId = useSession().member.id;
  const queries = useQueryClient();
  const [box, setBox] = useState<CorrectionBox>();

  // External systems: the browser's database and the network.
  useEffect(() => {
    const parting = new AbortController();
    const { signal } = parting;
    let opened: CorrectionBox | undefined;
    const open = async (): Promise<void> => {
      const store = await openBrowserStore().catch(() => memoryStore);
      if (signal.aborted) return;
      const made = new CorrectionBox({
        api,
        store,
        memberId,
        projectId,
        online: () => navigator.onLine,
        alone: (work) => aloneInBrowser(`touchstone-outbox ${memberId}`, work),
        onSaved: () => void queries.invalidateQueries({ queryKey: ownAnswersQuery(projectId).queryKey }),
      });
      opened = made;
      for (const event of ["online", "offline"]) window.addEventListener(event, () => made.retry(), { signal });
      const unkept = (event: BeforeUnloadEvent): void => {
        if (made.read().outbox.unkept > 0) event.preventDefault();
      };
      window.addEventListener("beforeunload", unkept, { signal });
      setBox(made);
      await made.open();
    };
    void open();
    return () => {
      parting.abort();
      opened?.close();
      setBox(undefined);
    };
  }, [projectId, memberId, queries]);

  return box;
}
