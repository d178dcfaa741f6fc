import type { RunKind, RunState, RunView } from "@touchstone/contracts";
import type { ChipState } from "../../components/figures/chip.tsx";

const chips: Record<RunState, ChipState> = {
  waiting: "waiting",
  queued: "waiting",
  running: "running",
  succeeded: "ok",
  failed: "attention",
  cancelled: "rest",
};

export function chipOfRun(state: RunState): ChipState {
  return chips[state];
}

export function hasEnded(state: RunState): boolean {
  return state === "succeeded" || state === "failed" || state === "cancelled";
}

/** A run that nobody named goes by its kind, in the reader's words; every name begins as a title does. */
export function nameOfRun(run: Pick<RunView, "name" | "kind">, words: (kind: RunKind) => string): string {
  return run.name === run.kind ? words(run.kind) : run.name.charAt(0).toUpperCase() + run.name.slice(1);
}
