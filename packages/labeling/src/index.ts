export { chosenPlace } from "./agreement/chosen-place.ts";
export { type CohenKappa, cohenKappa } from "./agreement/cohen-kappa.ts";
export type { Scale } from "./agreement/distance.ts";
export { type AnsweredTask, shareOfEqualPairs } from "./agreement/equal-pairs.ts";
export {
  type AgreementEstimate,
  type BootstrapOptions,
  krippendorffAlpha,
  type ValueCounts,
  valueCounts,
} from "./agreement/krippendorff-alpha.ts";
export { type PositionShare, positionShare } from "./agreement/position-bias.ts";
export { rawAgreement } from "./agreement/raw-agreement.ts";
export { type BestAnswer, BestAnswers } from "./best-answers.ts";
export {
  blindWinRate,
  type JudgedPrompt,
  type WinRate,
  type WinRateOptions,
  winRateMethod,
  winRateVerdict,
} from "./evaluation/win-rate.ts";
export { type Forecast, forecastEnd } from "./forecast.ts";
export { hasMedia, hasTools, type JudgedCompletion, type JudgedTask } from "./judged-task.ts";
export { type JudgementInContext, type LeftOut, type Normalised, normalise } from "./normalise.ts";
export {
  answerFor,
  type Outcome,
  outcomeOf,
  type ShownOrder,
  scoreFor,
  shownFirst,
} from "./outcome.ts";
export { allPairs, pairsTogether } from "./pair-ways.ts";
export { type AnswersFault, answersFault } from "./questions/answers-fault.ts";
export { formsOf, measurementsOf, ordersAnswers, scaleOf } from "./questions/kinds.ts";
export { mqmScore, spanScores } from "./questions/mqm-score.ts";
export type { AnswerFault, Measurement } from "./questions/question-rules.ts";
export { comparisonsOf, rankingPairs } from "./ranking-pairs.ts";
export { isFasterThanReading, leastReadingMs, lettersOf, lettersPerSecond } from "./reading-speed.ts";
export { pairsOf } from "./ring.ts";
export { type Split, splitOf } from "./split.ts";
export type { TieRule } from "./standing/games.ts";
export type { ModelComparison } from "./standing/model-comparison.ts";
export {
  type Interval,
  type ModelStanding,
  modelStanding,
  type StandingModel,
  type StandingPair,
  standingMethod,
} from "./standing/model-standing.ts";
export { type OrderedPair, orderedPairs } from "./standing/ordered-pairs.ts";
export { roundsOf } from "./standing/rounds.ts";
export { SummedComparisons } from "./standing/summed-comparisons.ts";
export { sidesOfTasks, unchosenTogether } from "./task-sides.ts";
export { type DawidSkene, type DawidSkeneOptions, dawidSkene, likeliest } from "./truth/dawid-skene.ts";
export { accuracyOf, type CrowdLabel, type Majority, majorityVote } from "./truth/majority-vote.ts";
