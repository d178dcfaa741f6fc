import type { EvaluationView } from "@touchstone/contracts";
import type { ChipState } from "../../components/figures/chip.tsx";
import { wordsOf } from "./verdict.ts";

type Seen = Pick<EvaluationView, "state" | "verdict" | "judgements" | "prompts">;
type VerdictKey = ReturnType<typeof wordsOf>["key"] | "undecided";

/** What a page shows of an evaluation: keys of messages under `evaluations`, and what can be done. */
export interface EvaluationSight {
  readonly verdict: VerdictKey;
  readonly chip: ChipState;
  readonly explained: VerdictKey | "allEqual" | "undecidedAll" | "settling";
  /** Fewer prompts than were asked for. */
  readonly fewer: boolean;
  readonly judges: boolean;
  /** The figures may still move, and whoever judges too should know what looking at them does. */
  readonly moves: boolean;
  /** Only where it can help: nothing is decided, and there are prompts that were not compared. */
  readonly comparesAgain: boolean;
}

/** All that there is to judge is judged, and it decides nothing: that is a result, and not waiting for one. */
export function sightOf({ state, verdict, judgements, prompts }: Seen): EvaluationSight {
  const { key, chip } = wordsOf(verdict);
  const shared = {
    fewer: state !== "stopped" && prompts.asked !== null && prompts.asked > prompts.total,
    judges: state === "judging" && prompts.judged < prompts.total,
    moves: state === "judging",
  };
  if (key === "unknown" && shared.moves && !shared.judges)
    return { ...shared, verdict: key, chip, explained: "settling", comparesAgain: false };
  if (key !== "unknown" || state !== "done")
    return { ...shared, verdict: key, chip, explained: key, comparesAgain: false };
  const more = prompts.available > prompts.total;
  if (judgements === 0)
    return { ...shared, verdict: "undecided", chip: "rest", explained: "allEqual", comparesAgain: more };
  const explained = more ? "undecided" : "undecidedAll";
  return { ...shared, verdict: "undecided", chip: "rest", explained, comparesAgain: more };
}
