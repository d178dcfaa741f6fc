import type { ReportCard } from "@touchstone/contracts";
import { cardBestOf } from "./card-best-of.ts";
import { cardCalibration } from "./card-calibration.ts";
import { type ControlGaps, cardControls } from "./card-controls.ts";
import { promptsIn, rightBy, shareOf } from "./card-figure.ts";
import type { CardPair } from "./card-pair.ts";
import { cardPeople } from "./card-people.ts";
import { cardSentence, cardVerdict } from "./card-sentence.ts";
import { cardSlice, cardSlices, isLengthMatched } from "./card-slices.ts";

export interface CardRequest {
  readonly objective: string;
  readonly made?: ReportCard["made"];
  readonly labels: ReportCard["labels"];
  readonly pairs: readonly CardPair[];
  /** Why σ of the differences is no probability, if it is none. */
  readonly uncalibrated: ReportCard["uncalibrated"];
  readonly gaps: ControlGaps;
}

/** Everything that can be said of a reward model by the pairs it was not taught. Equal pairs in any order give an equal card. */
export function reportCard({ objective, made = "run", labels, pairs, uncalibrated, gaps }: CardRequest): ReportCard {
  // Sums round by their order, and resamples are drawn by it.
  const decided = inOneOrder(pairs.filter(({ outcome }) => outcome !== 0));
  const matched = decided.filter(isLengthMatched);
  const controls = decided.length === 0 ? [] : cardControls(decided, gaps);
  const accuracy = decided.length === 0 ? null : shareOf(decided, (pair) => rightBy(pair, pair.model));
  const figures = { pairs: decided.length, accuracy, controls, bestOf: cardBestOf(decided) };
  return {
    format: 1,
    sentence: cardSentence(figures),
    verdict: cardVerdict(figures),
    objective,
    made,
    labels,
    prompts: promptsIn(decided),
    ties: pairs.length - decided.length,
    splits: {
      validation: decided.filter(({ split }) => split === "validation").length,
      test: decided.filter(({ split }) => split === "test").length,
    },
    calibration: uncalibrated === null ? cardCalibration(decided) : null,
    uncalibrated,
    lengthMatched: matched.length > 0 ? cardSlice("matched", matched) : null,
    slices: cardSlices(decided),
    people: cardPeople(decided),
    // Whoever has a policy adds them: `pickFreshAnswers`.
    ...{ fresh: null, freshMissing: "no-policy" },
    ...figures,
  };
}

/** By prompt, answers and annotator; what somebody judged twice stays in its order. */
function inOneOrder(pairs: readonly CardPair[]): CardPair[] {
  const keyed = pairs.map((pair) => {
    const { promptId, answers, annotator } = pair;
    return { pair, key: JSON.stringify([promptId, ...answers.map(({ id }) => id), annotator]) };
  });
  const byKey = keyed.sort((one, other) => Number(one.key > other.key) - Number(one.key < other.key));
  return byKey.map(({ pair }) => pair);
}
