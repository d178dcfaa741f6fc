export { hhColumns } from "./formats/hh.ts";
export type { ImportSource } from "./formats/import-source.ts";
export { parseMapping } from "./formats/mapping.ts";
export { type MarginScale, type MarginScaleBuilder, openMarginScale } from "./formats/margin-scale.ts";
export { isOwnExport } from "./formats/origin.ts";
export { promptsColumns } from "./formats/prompts.ts";
export { trlPreferenceColumns } from "./formats/trl-preference.ts";
export type { ImportCompletion, ImportRating, ImportRow, ImportVote } from "./import-row.ts";
export { type EmbeddedMedia, KnownMedia } from "./media/find-media.ts";
export { lookAtMedia, type MediaFault, type MediaLook } from "./media/look-at.ts";
export { mediaId } from "./media/media-id.ts";
export { type NamelessFile, openNamelessFile, readDescriptor } from "./nameless-file.ts";
export { augmenting, templateProblems } from "./preparation/augment.ts";
export { preparedColumns } from "./preparation/columns-of.ts";
export type { CountTokens } from "./preparation/length.ts";
export { openPipeline, type Pipeline } from "./preparation/pipeline.ts";
export type { PreservedColumns } from "./preparation/preserved-columns.ts";
export { type ReadItem, readItems } from "./preparation/read-items.ts";
export { answersOfRow } from "./preparation/row-texts.ts";
export { bandingFor } from "./preparation/similarity/minhash.ts";
export { clusterKey, clusterTexts } from "./preparation/splits/cluster-key.ts";
export { ClusterSplits, type SplitAssignment } from "./preparation/splits/cluster-splits.ts";
export type { ReasonReport, StepReport } from "./preparation/step-report.ts";
export { defaultSizeLimits, type SizeLimits } from "./read/decompress.ts";
export type { JsonRow } from "./read/json-rows.ts";
export { structureOf } from "./read/json-structure.ts";
export { jsonText } from "./read/json-text.ts";
export { fileProblem } from "./read/line-problem.ts";
export { lineWatch } from "./read/line-watch.ts";
export { type FileKind, type OpenedRows, openRows, readRows } from "./read/read-rows.ts";
export { readImport } from "./read-import.ts";
export { standardQuestionnaires } from "./recognise/asked-for.ts";
export { keptReceipt } from "./recognise/kept-receipt.ts";
export { makeReceipt, type ReceiptWish, type Recognition } from "./recognise/make-receipt.ts";
export type { FileToImport } from "./recognise/read-all.ts";
export { counted, countsText, reasonTexts, roleTexts } from "./recognise/receipt-text.ts";
export type { SavedReading } from "./recognise/saved-reading.ts";
export { warningIssue, warningText } from "./recognise/warning-text.ts";
export { thereWarnings } from "./recognise/warnings.ts";
export { type AskedOfRows, asksPairs, ownSides, preferencePairs } from "./task-plan.ts";
export {
  listTemplates,
  templateFiles,
  templateQuestionnaire,
  templateRows,
  templateTranslations,
} from "./templates/templates.ts";
export { FileSummary } from "./training/file-summary.ts";
export { type PairRow, readPairs } from "./training/read-pairs.ts";
export { readTraining } from "./training/read-training.ts";
export { marginsIn, readTrainingLines, type TrainingOptions } from "./training/training-lines.ts";
export type { JudgedRow, TrainingRow } from "./training/training-row.ts";
export type { ExportedRow } from "./write/containers/column.ts";
export { gzipped } from "./write/containers/gzip.ts";
export type { CompletionContext, RowContext, VoteContext } from "./write/context.ts";
export { encoded, exportFile } from "./write/export-file.ts";
export { type AskedExport, endingOf, isMadeByShape, isShaped } from "./write/export-kind.ts";
export type { CardFacts } from "./write/folder/card.ts";
export { type FolderRow, folder } from "./write/folder/folder.ts";
export { jsonLines } from "./write/json-lines.ts";
export { judgementRow, type RawJudgement } from "./write/judgement-row.ts";
export { estimatedTokens, Lengths } from "./write/lengths.ts";
export { ratingRow, sftRow, stepwiseRow, trlPreferenceRow } from "./write/rows.ts";
export { datasetInfo, isLlamaFactory } from "./write/shapes/llama-factory.ts";
export { goesByPrompt, shapeRows } from "./write/shapes/shape-rows.ts";
export type { Shaped, ShapedRow } from "./write/shapes/shaped.ts";
export { type RawSkip, skipRow } from "./write/skip-row.ts";
