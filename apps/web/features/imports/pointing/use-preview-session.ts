"use client";
import type { LeasedTask } from "@touchstone/contracts";
import { useEffect, useState } from "react";
import { openDeskOf } from "../../questionnaires/preview/example-desk.ts";
import { useSession } from "../../session/signed-in.tsx";
import { localStore } from "../../workbench/local-store.ts";
import { attachToPage } from "../../workbench/state/attach-to-page.ts";
import { isBlurredFor } from "../../workbench/state/blur.ts";
import { browserDesk, type Desk } from "../../workbench/state/desk.ts";
import type { WorkbenchSession } from "../../workbench/state/workbench-session.ts";
import { nthLease } from "./leased-preview.ts";

/** A session at a desk with these tasks, the one at `start` first; null until it has been opened. */
export function usePreviewSession(
  projectId: string,
  tasks: readonly LeasedTask[],
  start: number,
): WorkbenchSession | null {
  const [session, setSession] = useState<WorkbenchSession | null>(null);
  const memberId = useSession().member.id;

  // External system: the life of the page, which the session follows as at the desk itself.
  useEffect(() => {
    const taskOf = (nth: number): LeasedTask => {
      const task = nthLease(tasks, start + nth - 1);
      if (!task) throw new Error("a preview has a task");
      return task;
    };
    const opened = openDeskOf(projectId, taskOf, previewDesk(memberId));
    const detach = attachToPage(opened);
    setSession(opened);
    void opened.open();
    return () => {
      detach();
      opened.close();
    };
  }, [projectId, tasks, start, memberId]);

  return session;
}

/** What is revealed here stays so here alone: these tasks are nobody's, and have the same ids in every preview. */
function previewDesk(memberId: string): Desk {
  const revealed = new Set<string>();
  return {
    ...browserDesk(memberId),
    revealed: (taskId) => revealed.has(taskId) || !isBlurredFor(localStore, memberId),
    reveal: (taskId) => void revealed.add(taskId),
  };
}
