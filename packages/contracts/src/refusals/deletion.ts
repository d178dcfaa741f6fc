import type { Refusals } from "./shape.ts";

/** Why a request is refused, of deletion and erasure. */
export const deletionRefusals = {
  projectDeleted: [
    "not_found",
    "This project was deleted, and nothing of it is kept any more. What you did before went with it.",
  ],
  taskDeleted: [
    "not_found",
    "This task was deleted while you had it, so nothing can be said of it any more. Discard the answer, and go on with the next task.",
  ],
  deletionUnconfirmed: ["invalid_value", "The project is called “{name}”. Send this name exactly, as a confirmation."],
  promptsUnconfirmed: [
    "conflict",
    "The number of prompts in this selection is {count} now. Look at what depends on them, and confirm that number.",
  ],
  dependantsOutdated: [
    "conflict",
    "What depends on this has changed since it was shown, so nothing was deleted. Look at the list again, and confirm it anew.",
  ],
  nothingToDelete: ["conflict", "None of these items is in this project any more, so nothing was deleted."],
  runUnderWay: [
    "conflict",
    "Run {number} “{name}” is under way and reads from this project, so nothing was deleted. Cancel it, or wait until it has ended.",
  ],
  importUnderWay: [
    "conflict",
    "A file is being imported into this project, so nothing was deleted. Try again when it is done.",
  ],
  exportUnderWay: [
    "conflict",
    "An export of this project is being downloaded ({count}), so nothing was deleted. Wait until it has ended, or end the download.",
  ],
  evaluationUnderWay: [
    "conflict",
    "The evaluation of “{name}” still asks about some of these prompts, so nothing was deleted. Wait until its pairs have their judgements, or leave the items out of the selection.",
  ],
  labelsDeleted: [
    "conflict",
    "Judgements of this label set were deleted while it was read, so the reading was broken off. Begin it again: it then says how many are gone.",
  ],
  erasesSelf: ["conflict", "Nobody erases themselves: ask another admin to."],
  erasesNobody: ["conflict", "“{name}” is a simulated annotator and nobody, so there is nothing to erase."],
  erasureUnconfirmed: ["invalid_value", "They are called “{name}”. Send this name exactly, as a confirmation."],
  importUnderWayAnywhere: [
    "conflict",
    "A file is being imported into “{name}”, so nobody was erased. Try again when it is done.",
  ],
} as const satisfies Refusals;
