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

/** Names that the product itself gives to runs, and where the reader's words for them stand. */
const given = new Map<string, NamedKind>([
  ["first answers", "firstAnswers"],
  ["fresh answers", "generate"],
  ["evaluation answers", "evaluationAnswers"],
  ["simulated annotators", "simulate"],
]);
type NamedKind = RunKind | "firstAnswers" | "evaluationAnswers";

/** A run that nobody named goes by its kind, in the reader's words; every name begins as a title does. */
export function nameOfRun(run: Pick<RunView, "name" | "kind">, words: (kind: NamedKind) => string): string {
  const kind = run.name === run.kind ? run.kind : given.get(run.name);
  return kind ? words(kind) : run.name.charAt(0).toUpperCase() + run.name.slice(1);
}
