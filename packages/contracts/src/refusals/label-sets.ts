import type { Refusals } from "./shape.ts";

/** Why a request is refused, of label sets and their files. */
export const labelSetRefusals = {
  nothingToFreeze: ["conflict", "None of these items has a judgement that would be in the label set."],
  labelSetFileUnknown: [
    "invalid_value",
    "“{name}” is no file of a label set: a name is a format and an ending, such as “trl-preference.parquet”, “openrlhf.majority.jsonl.gz” or “judgements.zip”.",
  ],
  labelSetFileWaiting: [
    "conflict",
    "“{name}” is not written yet: it waits for a worker. Ask again in {seconds} s; until then there is nothing to download.",
  ],
  labelSetFileWriting: [
    "conflict",
    "“{name}” is being written (rows so far: {rows}). Ask again in {seconds} s; until then there is nothing to download.",
  ],
  labelSetFileFailed: [
    "conflict",
    "“{name}” could not be written. Ask for it again on the page of the label set (POST /api/label-sets/:id/files with “again”); the worker’s log has the details.",
  ],
  tooManyLabelSetFiles: [
    "too_many_requests",
    "As many files of this workspace wait to be written as may at once ({limit}). Ask again when some are done.",
  ],
  noLatestLabelSet: [
    "not_found",
    "No label set of this project has been made its latest. Do so on the page of one (PATCH /api/label-sets/:id with “latest”).",
  ],
  signedAddressEnded: [
    "link_used_up",
    "This address opens nothing: it has expired, was changed, or whoever made it may not download any more. Ask them for a new one.",
  ],
  labelSetsOfTwoProjects: ["invalid_value", "The two label sets are of different projects. Compare sets of one."],
} as const satisfies Refusals;
