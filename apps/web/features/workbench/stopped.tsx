"use client";
import { ApiError } from "@touchstone/api-client";
import type { ReactNode } from "react";
import { ProblemNotice } from "../../components/problem-notice.tsx";
import { GuidelineReading } from "../guidance/guideline-reading.tsx";
import type { WorkbenchState } from "./state/workbench-state.ts";
import { WorkbenchWaits } from "./workbench-waits.tsx";

interface StoppedProps {
  readonly work: WorkbenchState;
  readonly projectId: string;
  readonly onClaim: () => void;
  /** Where others are to be waited for, what can be done meanwhile. */
  readonly action: ReactNode;
}

/** The desk without a task: others are to be waited for, or the claim was refused, with what is to be done first. */
export function Stopped({ work, projectId, onClaim, action }: StoppedProps): ReactNode {
  if (work.phase === "empty") return <WorkbenchWaits waits={work.waits} action={action} />;
  const refusal = work.error instanceof ApiError ? work.error.refusal : null;
  if (refusal?.reason !== "unreadGuideline") return <ProblemNotice error={work.error} onRetry={onClaim} />;
  return <GuidelineReading projectId={projectId} version={Number(refusal.values.version)} onRead={onClaim} />;
}
