import type { Refusals } from "./shape.ts";

/** Why a request is refused, of exports. */
export const exportRefusals = {
  tooManyExports: [
    "too_many_requests",
    "As many exports of this workspace are under way as may be at once ({limit}). Try again when one of them is done.",
  ],
  repeatsInRaw: [
    "invalid_value",
    "Repeats stand in the raw export alone: ask for the format “judgements”, or leave them out.",
  ],
  leftOutInRaw: [
    "invalid_value",
    "What is left out stands in the raw export alone: ask for the format “judgements”, or leave it out.",
  ],
  aggregatedPairs: [
    "invalid_value",
    "Judgements are put together in shapes of pairs alone: ask for “{aggregation}” of another format, or for each vote.",
  ],
  softShare: [
    "invalid_value",
    "A soft share is a column, and “{format}” has none: ask for it of the format “trl-preference”, or for the majority.",
  ],
  marginUnread: ["invalid_value", "Whoever reads “{format}” takes no margin: leave it out, or ask for another format."],
  sidecarOfShapes: [
    "invalid_value",
    "The rows of “{format}” hold all that is known of them: only a shape has a part beside its rows.",
  ],
  datasetInfoOfLlamaFactory: [
    "invalid_value",
    "A dataset_info.json is of the formats of LLaMA-Factory alone, and not of “{format}”.",
  ],
  compressedAlready: ["invalid_value", "A file of this kind is compressed in itself: ask for it without compression."],
  modelCountsTokens: [
    "invalid_value",
    "“model” says whose tokenizer counts, and “tokens” how many a row may have: name both, or leave the model out.",
  ],
  tokenizerOfPolicy: ["invalid_value", "“{name}” is a reward model. Name a policy, whose tokenizer is to count."],
  tokenizerUnreadable: [
    "invalid_value",
    "The tokenizer of “{name}” can’t be read, so it counts nothing. Choose another model, or leave it out for an estimate.",
  ],
  lengthsCounting: [
    "conflict",
    "The rows are being counted by the tokenizer of “{name}”. Ask again in {seconds} s; the count goes on until then.",
  ],
  lengthsWithoutWorker: [
    "conflict",
    "No worker is there to count by the tokenizer of “{name}”. Start one, or leave the model out for an estimate.",
  ],
  lengthsFailed: [
    "conflict",
    "The count by the tokenizer of “{name}” broke off; the worker’s log has the details. Try again in half a minute, or leave the model out for an estimate.",
  ],
  licenseOfFolders: [
    "invalid_value",
    "A licence stands in the card of a folder: ask for the container “folder”, or leave it out.",
  ],
  tooManyLooks: [
    "too_many_requests",
    "As many counts and samples of this workspace's exports are being made as may be at once ({limit}). Try again in a moment.",
  ],
  exportsAllTaken: [
    "unavailable",
    "As many exports are being sent as this installation can send at once ({limit}). Try again when some of them are done.",
  ],
} as const satisfies Refusals;
