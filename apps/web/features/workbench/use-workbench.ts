"use client";
import { useEffect, useState } from "react";
import { api } from "../../api/client.ts";
import { useSession } from "../session/signed-in.tsx";
import { openLastStore, openMemoryLastStore } from "./outbox/last-store.ts";
import { openBrowserStore, openMemoryStore } from "./outbox/outbox-store.ts";
import { attachToPage } from "./state/attach-to-page.ts";
import { browserDesk } from "./state/desk.ts";
import { aloneInBrowser, type HoldState, holdDesk } from "./state/desk-hold.ts";
import { WorkbenchSession } from "./state/workbench-session.ts";

/** `opening`: the browser's database, or the answer of other windows, is on its way. */
export type WorkbenchPlace =
  | { readonly kind: "opening" }
  | { readonly kind: "elsewhere"; readonly takeOver: () => void }
  | { readonly kind: "here"; readonly session: WorkbenchSession };

const opening: WorkbenchPlace = { kind: "opening" };

/** The session of this person on this project, in the one window of this browser that has it. */
export function useWorkbench(projectId: string): WorkbenchPlace {
  const memberId = useSession().member.id;
  const [place, setPlace] = useState<WorkbenchPlace>(opening);

  // External systems: other windows, the browser's database, the network, and the life of the page.
  useEffect(() => {
    let turn = 0;
    let leave: ((handingOver: boolean) => void) | undefined;

    const open = async (): Promise<void> => {
      turn += 1;
      const mine = turn;
      const [store, lastStore] = await Promise.all([
        openBrowserStore().catch(openMemoryStore),
        openLastStore().catch(openMemoryLastStore),
      ]);
      if (mine !== turn) return;
      const session = new WorkbenchSession({
        api,
        store,
        lastStore,
        desk: browserDesk(),
        alone: (work) => aloneInBrowser(`touchstone-outbox ${memberId}`, work),
        projectId,
        memberId,
      });
      const detach = attachToPage(session);
      leave = (handingOver) => {
        detach();
        if (handingOver) session.handOver();
        else session.close();
      };
      setPlace({ kind: "here", session });
      await session.open();
    };
    const stop = (handingOver: boolean): void => {
      turn += 1;
      leave?.(handingOver);
      leave = undefined;
    };
    const hold = holdDesk(`touchstone-desk ${memberId} ${projectId}`, (state: HoldState) => {
      if (state === "held") return void open();
      stop(true);
      setPlace({ kind: "elsewhere", takeOver: () => hold.takeOver() });
    });
    return () => {
      stop(false);
      hold.release();
      setPlace(opening);
    };
  }, [projectId, memberId]);

  return place;
}
