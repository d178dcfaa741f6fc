import type { RunState } from "@touchstone/contracts";
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
