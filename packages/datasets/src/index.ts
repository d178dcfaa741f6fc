export { parseMapping } from "./formats/mapping.ts";
export type { ImportCompletion, ImportRating, ImportRow, ImportVote } from "./import-row.ts";
export { defaultSizeLimits, type SizeLimits } from "./read/decompress.ts";
export { type ImportSource, readImport } from "./read-import.ts";
export { jsonLines } from "./write/json-lines.ts";
export { judgementRow, type RawJudgement } from "./write/judgement-row.ts";
export { ratingRow, sftRow, trlPreferenceRow } from "./write/rows.ts";
