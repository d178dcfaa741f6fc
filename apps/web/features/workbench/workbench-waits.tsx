"use client";
import type { Wait } from "@touchstone/contracts";
import type { ReactNode } from "react";
import { EmptyState } from "../../components/empty-state.tsx";
import { useWaitWords, WaitLines } from "../work/wait-words.tsx";

interface WorkbenchWaitsProps {
  /** One at least. */
  readonly waits: readonly Wait[];
  readonly action: ReactNode;
}

/** The desk without a task, though some are left: what they wait for. Fetched only then. */
export function WorkbenchWaits({ waits: [first, ...others], action }: WorkbenchWaitsProps): ReactNode {
  const wordsOf = useWaitWords();
  if (!first) return null;
  const { title, body } = wordsOf(first);
  return (
    <EmptyState title={title} action={action}>
      <span className="grid gap-1">
        <span>{body}</span>
        <WaitLines waits={others} />
      </span>
    </EmptyState>
  );
}
