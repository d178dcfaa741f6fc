export {
  askArchive,
  deleteArchive,
  findArchive,
  findReadyArchive,
  type ReadyArchive,
  takeOutArchive,
} from "./archives/ask.ts";
export { bringInArchive } from "./archives/bring-in.ts";
export {
  bringUploaded,
  cancelBrought,
  forgetBrought,
  getBrought,
  listBrought,
  sweepArchives,
} from "./archives/brought.ts";
export { failArchive, pendingArchives, returnArchive, takeArchive } from "./archives/held.ts";
export { archiveTables } from "./archives/tables.ts";
export { ArchiveLostError } from "./archives/working.ts";
export { type ArchiveTools, writeArchive } from "./archives/write.ts";
export { isStillHeld, keepAnswer, type Side, type SideToAnswer, type TurnToAnswer, takeTurn } from "./arena/answers.ts";
export { addTurn, beginBattle, endBattle, getArena, getBattle, listArenas, takeTurnBack } from "./arena/battles.ts";
export { listBattles } from "./arena/list.ts";
export { getArenaSettings, setArenaSettings } from "./arena/settings.ts";
export { arenaBatch, voteInBattle } from "./arena/vote.ts";
export type { Annotator } from "./assignment/annotator.ts";
export { type Claim, type Claimed, claimTasks } from "./assignment/claim.ts";
export { correctJudgement, undoCorrection } from "./assignment/correct.ts";
export { expireLeases } from "./assignment/expire.ts";
export type { HandedOut } from "./assignment/handed-out.ts";
export { type HeldLease, releaseLease, renewLease, type Skip, skipTask } from "./assignment/leases.ts";
export { listOwnAnswers, readOwnTask } from "./assignment/own-answers.ts";
export { listOwnSkips } from "./assignment/own-skips.ts";
export { isStoredAlready } from "./assignment/stored-already.ts";
export { submitJudgement } from "./assignment/submit.ts";
export { undoJudgement, undoSkip } from "./assignment/undo.ts";
export { getGuideline, listWork } from "./assignment/work.ts";
export { listAuditEvents } from "./audit/list.ts";
export type { Actor, MemberActor } from "./audit/record.ts";
export { recordRefusedSignIn } from "./audit/refused-sign-in.ts";
export { failAbsentUploads } from "./backup/absent-uploads.ts";
export { type Filling, fillDatabase } from "./backup/fill.ts";
export { rowTally } from "./backup/row-tally.ts";
export { type Snapshot, withSnapshot } from "./backup/snapshot.ts";
export { TableShape } from "./backup/tables.ts";
export { changeItems } from "./browse/change-items.ts";
export { getItem } from "./browse/get-item.ts";
export { countItems, listItemChoices, listItems } from "./browse/list-items.ts";
export { changeSavedView, createSavedView, deleteSavedView, listSavedViews } from "./browse/saved-views.ts";
export { makeLabelSet, openLabelSetExport } from "./browse/selected-labels.ts";
export {
  type Database,
  type DatabaseOptions,
  newId,
  type OpenDatabase,
  openDatabase,
  type Transaction,
} from "./client.ts";
export { advanceDeletion } from "./deletions/advance.ts";
export { deleteProject, deletePrompts } from "./deletions/begin.ts";
export { findDependants, promptsOfItems, wholeProject } from "./deletions/dependants.ts";
export { deletionsUnderWay, listDeletions } from "./deletions/list.ts";
export { getRunAsked } from "./endpoints/asked-view.ts";
export {
  countWanted,
  endpointAnswers,
  forgetAnswerTexts,
  promptsToAsk,
  takeUpAsking,
} from "./endpoints/asking.ts";
export { type BegunCall, beginCall, beginTest, endCall, endTest, type WantedAnswer } from "./endpoints/calls.ts";
export { mostTokens } from "./endpoints/cost.ts";
export {
  type AskableEndpoint,
  changeEndpoint,
  createEndpoint,
  deleteEndpoint,
  listEndpoints,
  openEndpoint,
} from "./endpoints/queries.ts";
export { type BegunTalk, beginTalk, endTalk } from "./endpoints/talk.ts";
export { advanceErasure } from "./erasure/advance.ts";
export { eraseMember } from "./erasure/begin.ts";
export { type Declared, textColumns } from "./erasure/columns.ts";
export { findPersonDependants } from "./erasure/dependants.ts";
export { type DeclaredFile, dataFolder, storedFiles } from "./erasure/files.ts";
export { erasuresUnderWay, listErasures } from "./erasure/list.ts";
export { changeRetention, getRetention, sweepRetention } from "./erasure/retention.ts";
export { createEvaluation } from "./evaluations/create.ts";
export { withOpaqueIds } from "./evaluations/opaque-ids.ts";
export { listEvaluationPairs } from "./evaluations/pairs.ts";
export { type Contest, evaluationContest, getEvaluation, listEvaluations } from "./evaluations/queries.ts";
export { countExports } from "./exports/count.ts";
export { countLengths, exportedSet, exportFit, exportLengths, rowsOf } from "./exports/export-lines.ts";
export type { ExportRows } from "./exports/export-rows.ts";
export { closeExport, labelSetRows, openExport, openedRows, presentRows } from "./exports/open-export.ts";
export { exportedRowsVersion } from "./exports/rows-version.ts";
export { sampleExport } from "./exports/sample-export.ts";
export { isDatabaseAway, isStorageFull, isTimedOut, isUniqueViolation, isUnstorableText } from "./faults.ts";
export { ownDay } from "./figures/own-day.ts";
export { projectFigures } from "./figures/project-figures.ts";
export type { ByteRange, FileStore, StoredContent, StoredEntry } from "./files/file-store.ts";
export { LocalFileStore } from "./files/local-file-store.ts";
export type { Run as RunRow } from "./generated/client.ts";
export { askPair } from "./generation/ask-pair.ts";
export { type ContenderAnswer, type GeneratedAnswer, insertCandidates } from "./generation/insert.ts";
export { insertEvaluationTasks } from "./generation/insert-evaluation.ts";
export {
  countEvaluationPrompts,
  type PromptForGeneration,
  promptMetadata,
  promptsForGeneration,
  promptsForTraining,
  promptsVersion,
  samplePrompts,
} from "./generation/prompts.ts";
export { answerInquiry, settleRemark } from "./guidance/inbox.ts";
export { ask, listInquiries, seeInquiries } from "./guidance/inquiries.ts";
export { assertMayWork } from "./guidance/may-work.ts";
export { guidelineToRead, listGuidelineReaders, readGuideline } from "./guidance/readings.ts";
export { watchForHangs } from "./hang-watch.ts";
export {
  beginImportJob,
  cancelImportJob,
  endImportJob,
  endLostImportJobs,
  findImportJob,
  finishImportJob,
  type ImportProgress,
  listImportJobs,
  reportImportJob,
} from "./import-jobs/jobs.ts";
export { alreadyThere } from "./imports/already-there.ts";
export { type ImportDraft, type ImportWatch, importRows, importStaged } from "./imports/import-rows.ts";
export { openImport } from "./imports/open.ts";
export { listImports } from "./imports/queries.ts";
export { getImport } from "./imports/receipts.ts";
export { changeMapping, deleteMapping, listMappings, saveMapping } from "./imports/saved-mappings.ts";
export { stageIdentities } from "./imports/stage-identities.ts";
export { type StagedRows, stageRows } from "./imports/stage-rows.ts";
export type { RowToImport } from "./imports/staged-row.ts";
export { undoImport } from "./imports/undo.ts";
export { getJudgement, listJudgements, listLabelSetJudgements } from "./judgements/queries.ts";
export { changeLabelSet } from "./label-sets/change.ts";
export { type CurrentLabels, currentLabelsVersion, sampleCurrentLabels } from "./label-sets/current.ts";
export { getLabelSet } from "./label-sets/details.ts";
export { diffLabelSets } from "./label-sets/diff.ts";
export { askLabelSetFile } from "./label-sets/files/ask.ts";
export { findReadyFile, listLabelSetFiles, type ReadyFile } from "./label-sets/files/find.ts";
export {
  failLabelSetFile,
  type PendingFile,
  pendingLabelSetFiles,
  returnLabelSetFile,
  takeLabelSetFile,
} from "./label-sets/files/held.ts";
export { findSigner, openLabelSetFile } from "./label-sets/files/open.ts";
export { deleteFilesOf, deleteLabelSetFile, renewFilesOf } from "./label-sets/files/remove.ts";
export { FileLostError, writeLabelSetFile } from "./label-sets/files/write.ts";
export { type FrozenLabelSet, freezeLabelSet, type LabelSetScope } from "./label-sets/freeze.ts";
export { latestLabelSet } from "./label-sets/latest.ts";
export { projectOfLabelSet } from "./label-sets/project-of.ts";
export { listLabelSets } from "./label-sets/rows.ts";
export { streamLabelSet } from "./label-sets/stream.ts";
export { leaveOut } from "./left-out/leave-out.ts";
export { listLeftOut, sumOfLeftOut } from "./left-out/list-left-out.ts";
export { putBack } from "./left-out/put-back.ts";
export { deleteMedia, forgetUnused } from "./media/delete.ts";
export { mediaKey } from "./media/media-key.ts";
export { findMedia, listMedia, type MediaPage, mediaOfProject } from "./media/queries.ts";
export { type MediaLimits, mostMediaOfProject, type NewMedia, storeMedia } from "./media/store.ts";
export { MigrationError, migrate } from "./migrate.ts";
export { modelCardFacts } from "./models/card.ts";
export { changeModel } from "./models/change.ts";
export { deleteModel, modelDependants, removeModelFilesLeft } from "./models/delete.ts";
export { featuresPrefix } from "./models/features.ts";
export { getModelLineage } from "./models/lineage.ts";
export { promoteModel } from "./models/promote.ts";
export {
  findModel,
  findModelByHash,
  findUsableByHash,
  listModels,
  modelFileToSend,
  modelInUse,
} from "./models/queries.ts";
export { type RegisteredModel, registerModel } from "./models/register.ts";
export { addReportCard, findReportCard, type StoredCard } from "./models/report-card.ts";
export { reviewModel } from "./models/review.ts";
export { findServedPolicy, listServedPolicies } from "./models/served.ts";
export { type ModelFiles, modelFiles } from "./models/view.ts";
export { noticeDoneLots } from "./notices/notice-done.ts";
export { listNotices, readNotices } from "./notices/queries.ts";
export { drainOutbox } from "./outbox/drain.ts";
export type { OutboxPromise, OutboxTopic } from "./outbox/promise.ts";
export { changeAccount, changePassword, findOwnLogin } from "./people/account.ts";
export { createApiToken, listApiTokens, readApiToken, revokeApiToken, type TokenHolder } from "./people/api-tokens.ts";
export { joinByLink, joinByName, memberOfReturn, resetPassword } from "./people/join.ts";
export { describeLink, findUsableLink, type LinkViewer, type UsableLink } from "./people/joining.ts";
export { createLink, listLinks, revokeLink } from "./people/links.ts";
export { chooseMember, findLogin, type Login } from "./people/logins.ts";
export { changeMember, listMembers } from "./people/members.ts";
export { findMemberElsewhere, listMemberships } from "./people/memberships.ts";
export { resetLogin } from "./people/operator.ts";
export type { SessionRow } from "./people/session-lookups.ts";
export {
  closeSession,
  extendSession,
  isDisabledSession,
  openSession,
  readSession,
  sessionDays,
  sweepSessions,
} from "./people/sessions.ts";
export { type Credential, readStandings } from "./people/standings.ts";
export { createWorkspaceWithAdmin, readWorkspace, type WorkspaceDraft } from "./people/workspace.ts";
export { projectArchived, projectBar } from "./projects/archived.ts";
export { changeBatch, listBatches } from "./projects/batches.ts";
export { changeProject } from "./projects/change.ts";
export { copyProject } from "./projects/copy.ts";
export { createProject, createProjectOfFile } from "./projects/create.ts";
export { readProjectFile } from "./projects/file.ts";
export { previewOverlap } from "./projects/overlap.ts";
export { assertProject, getProject, listGuidelines, listProjects, projectWorkspaces } from "./projects/queries.ts";
export { listQuestionnaires, writeQuestionnaire } from "./projects/questionnaires.ts";
export { type ReaderTexts, readGuidelineIn, readSpokenProject, type SpokenProject } from "./projects/reader-texts.ts";
export { listTranslations, removeTranslation, writeTranslation } from "./projects/translations.ts";
export { insertPrompts, insertTasks, type NewPrompt, type NewTask, promptHash } from "./prompts/insert.ts";
export { projectQuality } from "./quality/project-quality.ts";
export {
  checkpointsOfEnded,
  forgetCheckpoints,
  listCheckpoints,
  pruneCheckpoints,
  recordCheckpoint,
  runsEndedByErasure,
} from "./runs/checkpoints.ts";
export { launchRun, launchSimulation } from "./runs/create.ts";
export { type Fence, FencedOffError, heartbeatRun, returnRun } from "./runs/fencing.ts";
export { cancelRun, endRun, type PublishedModel, succeedRun } from "./runs/finish.ts";
export { ErasureUnderWayError, freezeLabelsOfRun } from "./runs/freeze-labels.ts";
export { getRunMetrics } from "./runs/metrics.ts";
export { type PendingRun, pendingRuns, runWorkspaces } from "./runs/pending.ts";
export { addAlert, countStep, dropProgressAfter, setEngine, writeMetrics } from "./runs/progress.ts";
export { getRun, listRuns } from "./runs/queries.ts";
export { launchRound } from "./runs/round.ts";
export { excuseTake, takeRun } from "./runs/take.ts";
export { takeNextRun } from "./runs/turns.ts";
export { fireSchedule } from "./schedules/fire.ts";
export {
  createSchedule,
  deleteSchedule,
  enabledSchedules,
  listSchedules,
  pauseSchedule,
  type TriggerReading,
  toScheduleView,
} from "./schedules/queries.ts";
export { type HiddenAnswer, hiddenAnswers } from "./simulation/hidden.ts";
export { countPassedBy } from "./simulation/left-to-people.ts";
export { type SimulatedMember, simulatedMembers } from "./simulation/members.ts";
export { countOpenRemarks } from "./skips/count-open-remarks.ts";
export { getSkip } from "./skips/get-skip.ts";
export { listRemarks } from "./skips/list-remarks.ts";
export type { SkippedTask } from "./skips/read-skips.ts";
export { beatSpooled, completeSpooled, failSpooled, readPieces, SpoolTurn } from "./spool/append.ts";
export { assertRoom, beginSpooled, type SpooledDraft, spoolUsed } from "./spool/begin.ts";
export { assertReady, findSpooled, keepSpooled, listSpooled, listSpooledArchives, partsOf } from "./spool/queries.ts";
export { failLostDownloads, removeSpooled, sweepSpool } from "./spool/remove.ts";
export type { SpooledFile, SpooledKey, SpoolLimits, SpoolStores } from "./spool/spooled-file.ts";
export { listStandingChoices } from "./standing/choices.ts";
export { getModelStanding } from "./standing/model-standing.ts";
export type { Advance } from "./steps.ts";
export { claimDeliveries, type DueDelivery } from "./webhooks/claim.ts";
export {
  beginWebhookTest,
  getWebhookDelivery,
  listWebhookDeliveries,
  sendWebhookAgain,
} from "./webhooks/deliveries.ts";
export { tellOfJudgements } from "./webhooks/events.ts";
export {
  changeWebhook,
  createWebhook,
  deleteWebhook,
  listWebhooks,
  rotateWebhookSecret,
} from "./webhooks/queries.ts";
export { type DeliveryOutcome, recordDelivery, sweepWebhookDeliveries } from "./webhooks/record.ts";
