export { type AskingReason, askingReasons, endpointReasons } from "./endpoint-reasons.ts";
export {
  AnswersTogether,
  mostPairs,
  mostSeed,
  PairWay,
  togetherAsked,
} from "./entities/answers-together.ts";
export {
  ArchiveContents,
  ArchivePhase,
  ArchiveReceipt,
  ArchiveState,
  ArchiveView,
  archiveForm,
  BroughtArchive,
} from "./entities/archives.ts";
export {
  ArenaBattleRow,
  ArenaBattleView,
  ArenaChoice,
  ArenaNews,
  ArenaSettings,
  ArenaSettingsView,
  ArenaView,
  ArenaVote,
  BattleQuery,
  BattleState,
  mostArenaModels,
} from "./entities/arena.ts";
export { type AuditDetail, type AuditDetailKey, auditDetailKeys } from "./entities/audit-details.ts";
export { BatchChange, BatchState, BatchView } from "./entities/batches.ts";
export {
  ItemAgreement,
  ItemChange,
  ItemChangeKind,
  ItemChoices,
  ItemCount,
  ItemFilter,
  ItemJudgement,
  ItemLeft,
  ItemOrigin,
  ItemPage,
  ItemPreferred,
  ItemQuery,
  ItemRow,
  ItemSelection,
  ItemsChange,
  ItemsChanged,
  ItemView,
  SavedViewDraft,
  SavedViewView,
  SelectedLabelSet,
  SelectedLabelSetDraft,
  TaskState,
} from "./entities/browse.ts";
export { type ColumnChoice, choosableRoles, entryOfList, mappingOf } from "./entities/column-choices.ts";
export { type ColumnConflict, type ConflictCode, columnConflicts, conflictsOf } from "./entities/column-conflicts.ts";
export {
  ColumnMapping,
  ExportCounts,
  ExportCountsQuery,
  ExportFitQuery,
  ExportFormat,
  ExportQuery,
  ExportSample,
  ImportFormat,
  ImportListItem,
  ImportQuery,
  ImportView,
  LabelSetExportQuery,
  LabelSetView,
  OpenImportBody,
  OpenImportResult,
  ReceiptQuery,
  RecordFormat,
  UndoImportResult,
  usualVoteValues,
} from "./entities/datasets.ts";
export {
  DeletedCounts,
  DeletionView,
  Dependants,
  ProjectDeletionDraft,
  PromptsDeletionDraft,
} from "./entities/deletions.ts";
export {
  EndpointChange,
  EndpointDialect,
  EndpointDraft,
  EndpointLimits,
  EndpointSampling,
  EndpointTestView,
  EndpointView,
  mostEndpoints,
  RunAskedView,
} from "./entities/endpoints.ts";
export { ErasedSince } from "./entities/erased-since.ts";
export {
  ErasedCounts,
  ErasureDraft,
  ErasureKind,
  ErasureView,
  PersonDependants,
  Retention,
  RetentionQuery,
  RetentionView,
} from "./entities/erasures.ts";
export {
  Aggregation,
  ExportContainer,
  ExportFit,
  ExportOptions,
  ShapedFormat,
  ShapeLoss,
  ShapeReason,
  shapeRules,
} from "./entities/export-shapes.ts";
export { Groups } from "./entities/groups.ts";
export {
  GuidelineReaders,
  GuidelineToRead,
  type InquiryAnswer,
  type InquiryAnswerDraft,
  type InquiryDraft,
  InquiryList,
  type InquiryNote,
  InquiryView,
  mostOpenInquiries,
} from "./entities/guidance.ts";
export {
  ColumnRole,
  ImportDetail,
  ImportReceipt,
  KeptReceipt,
  ReceiptColumn,
  ReceiptReason,
  ReceiptWarning,
  TaskPreview,
  WarningCode,
} from "./entities/import-receipt.ts";
export { FitNoun, FitUnknown, LabelFitCounts, LabelFitQuery, LabelFitView } from "./entities/label-fit.ts";
export { type LabelSetFileAsked, labelSetFileName, parseLabelSetFileName } from "./entities/label-set-file-name.ts";
export {
  LabelSetChange,
  LabelSetDetails,
  LabelSetDiff,
  LabelSetDifference,
  LabelSetDiffQuery,
  LabelSetDiffRow,
  LabelSetFileDraft,
  LabelSetFileState,
  LabelSetFileView,
  LabelSetRow,
  SignedAddress,
  SignedAddressDraft,
  toldSelection,
} from "./entities/label-sets.ts";
export { Language, Languages } from "./entities/languages.ts";
export {
  Capability,
  DeletedOrigin,
  EvaluationAsk,
  EvaluationDraft,
  EvaluationPairView,
  EvaluationView,
  LineageView,
  MetricSeries,
  MetricsQuery,
  ModelKind,
  ModelName,
  ModelRef,
  ModelStage,
  ModelVersionView,
  mostPolicies,
  PairOutcome,
  Preset,
  RoundDraft,
  RunDraft,
  RunKind,
  RunMetricsView,
  RunState,
  RunView,
  ScheduleDraft,
  ScheduleView,
  Verdict,
} from "./entities/learning.ts";
export {
  LeaveOutDraft,
  LeaveOutTold,
  LeaveOutWhat,
  LeftOutAct,
  PutBackDraft,
  PutBackTold,
  PutBackWhat,
} from "./entities/left-out.ts";
export { LeftOutCounts, LeftOutMark, LeftOutReason } from "./entities/left-out-mark.ts";
export {
  ModelStandingView,
  type OpenEstimate,
  StandingChoices,
  type StandingModel,
  StandingQuery,
  StandingSlice,
  type StandingSliceView,
  TieRule,
} from "./entities/model-standing.ts";
export { NoticeList, NoticeView } from "./entities/notices.ts";
export {
  AccountChange,
  ApiTokenCreated,
  ApiTokenDraft,
  ApiTokenView,
  AuditAction,
  AuditEventView,
  ComeBack,
  Email,
  Join,
  Joined,
  JoinSignedIn,
  JoinView,
  LinkCreated,
  LinkDraft,
  LinkKind,
  LinkView,
  Member,
  MemberChange,
  MemberKind,
  Membership,
  Password,
  PasswordChange,
  Reach,
  Role,
  SessionView,
  SignIn,
  WorkspaceSwitch,
} from "./entities/people.ts";
export {
  mostCopied,
  type OwnQuestionnaire,
  ProjectCopyDraft,
  ProjectFile,
  ProjectFileView,
  projectFileFormat,
  projectFileVersion,
} from "./entities/project-file.ts";
export {
  Blur,
  Consistency,
  GuidelineView,
  Haste,
  OverlapPreview,
  OverlapPreviewQuery,
  ProjectChange,
  ProjectDraft,
  ProjectFigures,
  ProjectListItem,
  ProjectState,
  ProjectView,
  SimulationDraft,
} from "./entities/projects.ts";
export { paceBounds, QualityPace, QualityQuestion, QualitySlice, QualityView } from "./entities/quality.ts";
export { AlreadyThere, Found, ReceiptFindings, TextLengths } from "./entities/receipt-findings.ts";
export {
  ModelChange,
  ModelDependants,
  ModelFileView,
  ModelReviewQuery,
  ModelReviewView,
  PromotionCause,
  PromotionDraft,
  PromotionView,
} from "./entities/registry.ts";
export {
  CardBestOf,
  CardBin,
  CardCalibration,
  CardControl,
  CardControlName,
  CardFigure,
  CardFreshPicks,
  CardGap,
  CardPeople,
  CardSlice,
  ReportCard,
  ReportCardView,
  reportCardFile,
} from "./entities/report-card.ts";
export {
  bytesPerToken,
  CountedLengths,
  LabelSetLengthsQuery,
  RowLengths,
  RowLengthsQuery,
} from "./entities/row-lengths.ts";
export {
  RunAlert,
  RunEngine,
  RunError,
  RunErrorCode,
  RunFact,
  RunFactCode,
  SentenceValues,
} from "./entities/run-facts.ts";
export {
  SavedMappingChange,
  SavedMappingDraft,
  SavedMappingView,
} from "./entities/saved-mappings.ts";
export { Estimate, Id, Locale, Name, PageQuery, page, Timestamp, text } from "./entities/scalars.ts";
export { skipReasons } from "./entities/skip-reasons.ts";
export {
  DownloadDraft,
  FolderChoice,
  FolderFile,
  FolderView,
  ImportJobView,
  SpooledFileView,
  SpoolOrigin,
  SpoolView,
} from "./entities/spool.ts";
export { TemplateChoice, TemplateName, TemplateView } from "./entities/templates.ts";
export {
  LanguageTag,
  mostTranslations,
  TranslationDraft,
  type TranslationInFile,
  TranslationList,
  TranslationView,
} from "./entities/translations.ts";
export { warningCodes } from "./entities/warning-codes.ts";
export {
  mostWebhooks,
  WebhookChange,
  WebhookDeliveryState,
  WebhookDeliveryView,
  WebhookDraft,
  WebhookEvent,
  WebhookMade,
  WebhookOff,
  WebhookView,
  webhookTest,
} from "./entities/webhooks.ts";
export {
  ClaimRequest,
  CorrectionBar,
  CorrectionReceipt,
  CorrectionSubmission,
  JudgementFilter,
  JudgementReceipt,
  JudgementSubmission,
  JudgementView,
  LeasedTask,
  LeaseRef,
  mostRemarksCounted,
  OpenRemarks,
  OwnAnswer,
  OwnDay,
  OwnSkip,
  OwnTask,
  ProjectTally,
  RemarkQuery,
  RemarkView,
  ShownCompletion,
  SkipReason,
  SkipRequest,
  SkipView,
  TaskNote,
  Timings,
  Wait,
  WorkItem,
} from "./entities/work.ts";
export { assertProductionSecrets } from "./environment.ts";
export { type FieldFault, type FieldReason, fieldIssuesOf, fieldReasonOf, fieldSentences } from "./field-reasons.ts";
export { GenerateSpec, isLeftToPeople, isSimulatedKind, SimulateSpec } from "./generation.ts";
export { isTrajectory } from "./is-trajectory.ts";
export { MediaRef, MediaRefs, MediaView, mostMedia } from "./media.ts";
export { type MediaReason, mediaReasons } from "./media-reasons.ts";
export {
  claimedMediaType,
  largestMediaBytes,
  longestMediaName,
  type MediaType,
  mediaTypeNames,
  mediaTypeOfName,
  mediaTypes,
} from "./media-types.ts";
export { hasToolTurns, Message, mostToolCalls, ToolCall } from "./messages.ts";
export {
  baseCalled,
  ImportModelSpec,
  type ModelFiles,
  modelFilesIssue,
  modelFilesOf,
  nameOfModelFiles,
} from "./model-import.ts";
export { Comparison, Demonstration, NormalForm, Ranking, Rating, Split, StepLabels } from "./normal-forms.ts";
export { type OutgoingReason, outgoingReasons } from "./outgoing-reasons.ts";
export { Problem } from "./problem.ts";
export { ProblemIssue } from "./problem-issue.ts";
export { type ProblemCode, type ProblemKind, problemKinds } from "./problem-kinds.ts";
export { DomainError, type DomainErrorData, problemCodes, problems } from "./problems.ts";
export { isAsked } from "./questions/asked-when.ts";
export { AspectsAnswer } from "./questions/aspects.ts";
export { BestWorstAnswer } from "./questions/best-worst.ts";
export { aspectNames, type BroughtName, broughtQuestions, isBroughtName } from "./questions/brought.ts";
export { ChoiceAnswer } from "./questions/choice.ts";
export { characterAt, unitAt } from "./questions/code-points.ts";
export { completionsOf } from "./questions/completions-of.ts";
export { CorrectionAnswer } from "./questions/correction.ts";
export {
  type AnswerTo,
  contractOf,
  isQuestionKind,
  type QuestionKind,
  questionKinds,
  type SettingsOf,
} from "./questions/kinds.ts";
export { NumberAnswer } from "./questions/number.ts";
export { isOnGrid, type NumberGrid } from "./questions/on-grid.ts";
export { PreferenceAnswer, PreferenceSettings } from "./questions/preference.ts";
export { preferenceSteps } from "./questions/preference-steps.ts";
export {
  Answer,
  Answers,
  AskedWhen,
  Json,
  Question,
  QuestionKindName,
  QuestionName,
  QuestionnaireListItem,
  QuestionnaireView,
  Questions,
} from "./questions/question.ts";
export type { QuestionContract } from "./questions/question-contract.ts";
export { QuestionnaireDraft } from "./questions/questionnaire-draft.ts";
export { RankingAnswer } from "./questions/ranking.ts";
export { RatingAnswer } from "./questions/rating.ts";
export { mostAnswers } from "./questions/shown-answers.ts";
export { SpansAnswer, type SpansSettings, type SpanWeights } from "./questions/spans.ts";
export { isStandardName, type StandardName, standardNames, standardQuestion, titleOf } from "./questions/standard.ts";
export { type StepCut, StepsAnswer, type StepVerdict, stepsOf, stepVerdicts } from "./questions/steps.ts";
export { TextSettings } from "./questions/text.ts";
export {
  charactersIn,
  type LengthBounds,
  type LengthFault,
  lengthFault,
  longestWritten,
} from "./questions/text-length.ts";
export { type ReadingReason, readingReasons, reasonText, type ValuesOf } from "./reading-reasons.ts";
export { type ReasonValues, type ReasonWord, reasonWords, sentenceOf } from "./reason-sentences.ts";
export { type RefusalReason, refusalReasons, refused, refusedIssue } from "./refusal-reasons.ts";
export { callOf, everybodysCall, everybodysRoutes } from "./routes/call-of.ts";
export { contractVersion } from "./routes/calls.ts";
export { admins, builders, everyone, IdParam, staff, TokenParam } from "./routes/params.ts";
export { projectSourceOf, refusedWhenArchived } from "./routes/project-of.ts";
export type { ProjectHandle, ProjectSource } from "./routes/project-source.ts";
export { type Repeatable, type Route, route } from "./routes/route.ts";
export { callLine, contractVersionHeader, type RouteCall } from "./routes/route-call.ts";
export { routeNames } from "./routes/route-names.ts";
export { type RouteName, routes } from "./routes/table.ts";
export {
  type ChatChunk,
  ChatCompletion,
  type ChatError,
  ChatRequest,
  type ChatUsage,
  type ServedModel,
} from "./serving/chat.ts";
export {
  AnswerAsk,
  AnswerEvent,
  AnswerSampling,
  AskedPairView,
  type GivenAnswer,
  largestSeed,
  PairToAsk,
  PlainTurn,
} from "./serving/playground.ts";
export {
  RemoteRewardRequest,
  RemoteRewardView,
  ScorePart,
  ScorePartName,
  ScoreRequest,
  ScoreView,
} from "./serving/scores.ts";
export { numberOfServedName, servedName } from "./serving/served-name.ts";
export { settingIssuesOf } from "./setting-issues.ts";
export { Broadcast, broadcastChannel, SocketEvent, SocketRequest, SocketTopic } from "./socket.ts";
export { DirectObjective, DpoSpec } from "./training/dpo.ts";
export { TrainingErrorCode } from "./training/errors.ts";
export { IlqlSpec } from "./training/ilql.ts";
export { labelsReadBy } from "./training/labels-read.ts";
export { ModelConfig, RopeScaling } from "./training/model-config.ts";
export { GrpoSpec, PpoSpec, RlooSpec } from "./training/on-policy.ts";
export { EarlyStopping, Lora } from "./training/optimisation.ts";
export { PersonalDataKind, PreparationSpec, PreparationStep, PreparedLanguage } from "./training/preparation.ts";
export { type LoopPreset, loopPresets, quickPreset } from "./training/presets.ts";
export { PretrainSpec } from "./training/pretrain.ts";
export {
  reasonedError,
  type TrainingReason,
  type TrainingReasonValues,
  trainingReasons,
} from "./training/reasons.ts";
export {
  BradleyTerryObjective,
  CombinedObjective,
  DavidsonObjective,
  FrozenFeatures,
  OrderedLogitObjective,
  PerAspectObjective,
  PlackettLuceObjective,
  RaoKupperObjective,
  RewardEnsemble,
  RewardObjective,
  RewardSpec,
  SquaredErrorObjective,
} from "./training/reward.ts";
export { SamplingOptions } from "./training/sampling.ts";
export { SftSpec } from "./training/sft.ts";
export { TrainingSpec, type TrainingSpecInput } from "./training/spec.ts";
export {
  longestTrajectory,
  mostTrajectorySteps,
  stepText,
  Trajectory,
  TrajectoryStep,
  trajectoryIn,
  trajectorySteps,
  trajectoryText,
} from "./trajectory.ts";
export { unfoldedIssues } from "./unfolded-issues.ts";
export { validationRefusal } from "./validation-refusal.ts";
