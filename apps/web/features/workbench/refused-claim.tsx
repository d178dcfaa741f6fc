"use client";
import type { ApiError } from "@touchstone/api-client";
import type { ReactNode } from "react";
import { ProblemNotice } from "../../components/problem-notice.tsx";
import { GuidelineReading } from "../guidance/guideline-reading.tsx";

interface RefusedClaimProps {
  readonly error: ApiError;
  readonly projectId: string;
  readonly onClaim: () => void;
}

/** The desk without a task, because the claim was refused: with what is to be done first, where there is something. */
export function RefusedClaim({ error, projectId, onClaim }: RefusedClaimProps): ReactNode {
  const { refusal } = error;
  if (refusal?.reason !== "unreadGuideline") return <ProblemNotice error={error} onRetry={onClaim} />;
  return <GuidelineReading projectId={projectId} version={Number(refusal.values.version)} onRead={onClaim} />;
}
