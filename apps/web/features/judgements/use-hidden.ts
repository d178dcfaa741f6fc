"use client";
import { useState } from "react";
import { useSession } from "../session/signed-in.tsx";
import { browserDesk } from "../workbench/state/desk.ts";

interface Hidden {
  readonly hidden: boolean;
  readonly reveal: () => void;
}

/** Whether something of a task is not to be shown yet: what was revealed here or at the desk stays so in this browser. */
export function useHidden({ blurred, taskId }: { readonly blurred: boolean; readonly taskId: string }): Hidden {
  const isHidden = useIsHidden();
  const [revealed, setRevealed] = useState<string | null>(null);
  const { id } = useSession().member;
  return {
    hidden: revealed !== taskId && isHidden({ blurred, taskId }),
    reveal: () => {
      browserDesk(id).reveal(taskId);
      setRevealed(taskId);
    },
  };
}

/** The same for the rows of a list, which are revealed on their own pages. */
export function useIsHidden(): (row: { readonly blurred: boolean; readonly taskId: string }) => boolean {
  const desk = browserDesk(useSession().member.id);
  return ({ blurred, taskId }) => blurred && !desk.revealed(taskId);
}
