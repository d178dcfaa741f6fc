export {
  type AdapterReport,
  adapterBaseName,
  adapterFolder,
  importAdapter,
} from "./adapter/import-adapter.ts";
export { evaluateReward, type RewardEvaluation } from "./card/evaluate-reward.ts";
export { withFreshAnswers } from "./card/fresh-answers.ts";
export { folderFeatureCache } from "./features/folder-cache.ts";
export { restsOnOf, withRestedOn } from "./features/frozen-model.ts";
export type { FeatureCache } from "./features/state-reader.ts";
export type { GgufReport } from "./gguf/model.ts";
export { describeModel, type ModelDescription } from "./model/describe-model.ts";
export type { Files } from "./model/files.ts";
export type { Head } from "./model/head.ts";
export { importGgufFile, importSavedFolder, savedFolder } from "./model/import-files.ts";
export { importGgufModel, importLlama2cModel } from "./model/imported-model.ts";
export { modelFileNames } from "./model/model-files.ts";
export { withOpenFile } from "./model/open-file.ts";
export { shardIndex } from "./model/shards.ts";
export { tokenCounter } from "./model/token-counter.ts";
export { type ClusteredMean, clusteredMean } from "./reward/clustered-interval.ts";
export { differenceVariance } from "./reward/ensemble.ts";
export { type ComparisonPrediction, comparisonFigures } from "./reward/evaluate-comparisons.ts";
export { openScorer } from "./reward/open-scorer.ts";
export type { AnswerScore, RewardScorer, ScoredItem } from "./reward/reward-scorer.ts";
export { scoreCompletions } from "./reward/score-completions.ts";
export { bestOf } from "./rollout/best-of.ts";
export { type EvaluatedAnswer, evaluatePolicy } from "./rollout/evaluate-policy.ts";
export {
  type GeneratedCompletion,
  type GenerationRequest,
  generateCompletions,
} from "./rollout/generate-completions.ts";
export { roomToServe } from "./serving/room-to-serve.ts";
export {
  openServedPolicy,
  PromptTooLong,
  type ServedPolicy,
  type ServedRequest,
  type ServedTalk,
} from "./serving/served-policy.ts";
export { TurnsByAsker } from "./serving/turns-by-asker.ts";
export { type LabelFit, type LabelMeasure, openLabelMeasure } from "./trainers/label-measure.ts";
export { bestFitDecreasing, type Packing } from "./training/best-fit.ts";
export { isOfOtherRequest } from "./training/checkpoint.ts";
export type {
  AnsweredPrompt,
  Judge,
  Metrics,
  PromptItem,
  TrainerRequest,
  TrainerResult,
  TrainingData,
} from "./training/request.ts";
export { runTrainer } from "./training/run-trainer.ts";
export { TrainingError } from "./training-error.ts";
