import type { EvaluationView } from "@touchstone/contracts";
import type { RoundFigures } from "./round.ts";

/** What `--json` prints as its last line. */
export interface LoopResult {
  rounds: RoundFigures[];
  winRate: number | null;
  interval: [number, number] | null;
  verdict: EvaluationView["verdict"];
}
