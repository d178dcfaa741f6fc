import type { WorkbenchSession } from "./workbench-session.ts";

/** What the views of a task ask of whoever keeps it: the session at the desk, or the correction of a former answer. */
export type DeskSession = Pick<
  WorkbenchSession,
  "read" | "judge" | "counts" | "changeAnswers" | "changeNote" | "ignoreDoubleClick" | "painted" | "seen"
> & {
  /** An answer that was whole is mended: what is put together is sent by Enter alone, as more than one part may change. */
  readonly mends?: boolean;
};

/** What of a session hangs on the life of its page. */
export type SessionOfPage = Pick<
  WorkbenchSession,
  "read" | "activity" | "scrolled" | "visibility" | "retry" | "leavePage" | "tick"
>;
