import type { Verdict } from "@touchstone/contracts";
import type { ChipState } from "../../components/figures/chip.tsx";

const keys = {
  better: "better",
  worse: "worse",
  "no meaningful difference": "same",
  "not yet known": "unknown",
} as const satisfies Record<Verdict, string>;
const chips: Record<Verdict, ChipState> = {
  better: "ok",
  worse: "attention",
  "no meaningful difference": "rest",
  "not yet known": "waiting",
};

/** The message's key under `evaluations.verdicts`, and the mark that goes with it. */
export function wordsOf(verdict: Verdict): { key: (typeof keys)[Verdict]; chip: ChipState } {
  return { key: keys[verdict], chip: chips[verdict] };
}
