import type { WorkbenchSnapshot } from "../state/work-board.ts";
import type { WorkbenchSession } from "../state/workbench-session.ts";

/** What is laid beside the desk: one's own day, or what waits to be sent. */
export type DeskPanel = "day" | "waiting";

export interface DeskPanelsProps {
  readonly panel: DeskPanel;
  readonly projectId: string;
  readonly session: WorkbenchSession;
  readonly snapshot: WorkbenchSnapshot;
  readonly onClose: () => void;
  readonly onRetry: () => void;
}
