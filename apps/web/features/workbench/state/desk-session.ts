import type { WorkbenchSession } from "./workbench-session.ts";

/** What the views of a task ask of whoever keeps it: the session at the desk, or the correction of a former answer. */
export type DeskSession = Pick<
  WorkbenchSession,
  "read" | "judge" | "counts" | "changeAnswers" | "changeNote" | "ignoreDoubleClick" | "painted" | "seen"
>;

/** What of a session hangs on the life of its page. */
export type SessionOfPage = Pick<
  WorkbenchSession,
  "read" | "activity" | "scrolled" | "visibility" | "retry" | "leavePage" | "tick"
>;
