import type { ReactNode } from "react";
import type { DeskSession } from "../state/desk-session.ts";
import { usePainted } from "../use-task-on-screen.ts";

/**
 * Stands beside what answers a task and comes with it: keys wake once that is there. Of a field that is still being fetched
 * its key would be lost, and the words after it would be keys of the desk.
 */
export function Painted({
  session,
  screenId,
}: {
  readonly session: DeskSession;
  readonly screenId: string;
}): ReactNode {
  usePainted(session, screenId);
  return null;
}
