"use client";
import type { LeasedTask } from "@touchstone/contracts";
import { useEffect, useState } from "react";
import { openDeskOf } from "../../questionnaires/preview/example-desk.ts";
import { useSession } from "../../session/signed-in.tsx";
import { localStore } from "../../workbench/local-store.ts";
import { attachToPage } from "../../workbench/state/attach-to-page.ts";
import { browserDesk } from "../../workbench/state/desk.ts";
import type { WorkbenchSession } from "../../workbench/state/workbench-session.ts";
import { nthLease } from "./leased-preview.ts";
import { previewBlur } from "./preview-blur.ts";

interface Preview {
  readonly session: WorkbenchSession;
  /** From here on nothing is blurred in this preview; what the person has blurred at the desk stays as they have it. */
  readonly unblur: () => void;
}

/** A session at a desk with these tasks, the one at `start` first; null until it has been opened. */
export function usePreviewSession(projectId: string, tasks: readonly LeasedTask[], start: number): Preview | null {
  const [preview, setPreview] = useState<Preview | null>(null);
  const memberId = useSession().member.id;

  // External system: the life of the page, which the session follows as at the desk itself.
  useEffect(() => {
    const taskOf = (nth: number): LeasedTask => {
      const task = nthLease(tasks, start + nth - 1);
      if (!task) throw new Error("a preview has a task");
      return task;
    };
    const { memory, unblur } = previewBlur(localStore, memberId);
    const opened = openDeskOf(projectId, taskOf, { ...browserDesk(memberId), ...memory });
    const detach = attachToPage(opened);
    setPreview({ session: opened, unblur });
    void opened.open();
    return () => {
      detach();
      opened.close();
    };
  }, [projectId, tasks, start, memberId]);

  return preview;
}
