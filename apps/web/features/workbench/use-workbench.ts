"use client";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { HeldTasks } from "../offline/held-tasks.ts";
import { openHeldDesk } from "../offline/open-held-desk.ts";
import { watchLine } from "../offline/watch-line.ts";
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
  | { readonly kind: "here"; readonly session: WorkbenchSession; readonly held: HeldTasks };

/** One for the page's whole life: where the browser keeps nothing, what is unsent outlives at least a look at another page. */
const memoryStore = openMemoryStore();
const opening: WorkbenchPlace = { kind: "opening" };

/** The session of this person on this project, in the one window of this browser that has it. */
export function useWorkbench(projectId: string): WorkbenchPlace {
  const memberId = useSession().member.id;
  const queries = useQueryClient();
  const [place, setPlace] = useState<WorkbenchPlace>(opening);

  // External systems: other windows, the browser's database, the network, and the life of the page.
  useEffect(() => {
    let turn = 0;
    let leave: ((handingOver: boolean) => void) | undefined;

    const open = async (): Promise<void> => {
      turn += 1;
      const mine = turn;
      const [store, lastStore, held] = await Promise.all([
        openBrowserStore().catch(() => memoryStore),
        openLastStore().catch(openMemoryLastStore),
        openHeldDesk(queries, memberId, projectId),
      ]);
      if (mine !== turn) return;
      const session = new WorkbenchSession({
        api: held.api,
        store,
        lastStore,
        desk: browserDesk(memberId),
        alone: (work) => aloneInBrowser(`touchstone-outbox ${memberId}`, work),
        projectId,
        memberId,
      });
      const detach = attachToPage(session);
      const unwatch = watchLine(held, session);
      leave = (handingOver) => {
        detach();
        unwatch();
        if (handingOver) session.handOver();
        else session.close();
      };
      setPlace({ kind: "here", session, held });
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
  }, [projectId, memberId, queries]);

  return place;
}
