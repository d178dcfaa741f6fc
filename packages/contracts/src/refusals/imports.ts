import type { Refusals } from "./shape.ts";

/** Why a request is refused, of imports and mappings. */
export const importRefusals = {
  mappingNameTaken: ["conflict", "There is a mapping “{name}” in this project already. Choose another name."],
  tooManyMappings: ["conflict", "As many mappings are saved in this project as may be ({limit}). Delete one first."],
  pairsOfNoPair: [
    "invalid_value",
    "The questionnaire “{name}” shows not just two answers, so that there is no way to choose which pairs meet. Leave “way” out, or say “atOnce”.",
  ],
  atOnceOutside: [
    "invalid_value",
    "The questionnaire “{name}” shows from {least} up to {most} at once: choose “atOnce” among these numbers.",
  ],
  pairsUndrawn: ["invalid_value", "“pairs” and “seed” say which pairs are drawn: they go with “way=some” alone."],
  mappingOfFormat: [
    "invalid_mapping",
    "A mapping belongs to the format “columns”, which needs one; the other formats name their columns themselves.",
  ],
  uploadBrokeOff: ["invalid_request", "The upload broke off; nothing was imported."],
  uploadTooLarge: ["body_too_large", "The file has more than {limit} bytes. Split it into parts."],
  tooManyImports: [
    "too_many_requests",
    "As many files of this workspace are being read as may be at once ({limit}). Try again when one of them is done.",
  ],
  importJudged: [
    "import_in_use",
    "Tasks of this import have judgements (judgements: {judgements}, tasks: {tasks}); it can be undone while it has none.",
  ],
  importTakenBack: [
    "import_in_use",
    "All judgements of this import's tasks were taken back or came too late. They count for nothing, but their record stays with the tasks, so the import can't be undone; pausing the project keeps its tasks from people.",
  ],
  importFrozen: ["import_in_use", "Votes of this import are frozen in label sets ({labelSets}), so it was not undone."],
  importJobEnded: ["conflict", "This import has ended already."],
  importStopped: ["conflict", "This import was stopped, and nothing of it was written."],
} as const satisfies Refusals;
