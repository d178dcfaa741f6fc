import type { ReactNode } from "react";
import { classNames } from "../class-names.ts";

/** dot = fine, ring = running, hollow = waiting, diamond = attention, grey dot = at rest. */
export type ChipState = "ok" | "running" | "waiting" | "attention" | "rest";

interface ChipProps {
  readonly state: ChipState;
  readonly children: ReactNode;
  readonly className?: string;
}

/** A mark and a word, without a pill: state is never colour alone. */
export function Chip({ state, children, className }: ChipProps): ReactNode {
  const ink = state === "attention" ? "text-warn" : "text-ink-2";
  return (
    <span className={classNames("inline-flex items-center gap-1.5 text-xs", ink, className)}>
      <i aria-hidden="true" className="mark" data-state={state} />
      {children}
    </span>
  );
}
