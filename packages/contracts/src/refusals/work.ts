import type { Refusals } from "./shape.ts";

/** Why a request is refused, of the desk: claiming, answering, undoing, correcting. */
export const workRefusals = {
  questionsChanged: ["conflict", "This task asks other questions now; claim it again."],
  taskAnswered: ["conflict", "You have answered this task; undo that answer first."],
  judgementNotUndone: ["undo_too_late", "A judgement can be undone once, within {minutes} minutes, while it counts."],
  undoesCorrection: [
    "conflict",
    "This judgement is a correction. Take it back as one (POST /api/judgements/:id/undo-correction): then what it replaced counts again.",
  ],
  noCorrection: [
    "conflict",
    "This judgement is no correction, so there is nothing that it replaced. Undo the judgement itself.",
  ],
  correctionNotUndone: [
    "undo_too_late",
    "A correction can be taken back once, within {minutes} minutes. Open the answer and correct it again.",
  ],
  correctedTakenBack: [
    "conflict",
    "This answer was taken back meanwhile, so it can't be corrected. Its task waits to be answered anew.",
  ],
  correctedAlready: [
    "conflict",
    "You have corrected this answer meanwhile, perhaps in another window. Open what you said last and correct that.",
  ],
  correctedSurplus: [
    "conflict",
    "This answer came after others had taken its place, so it does not count and can't be corrected.",
  ],
  correctedEnded: [
    "conflict",
    "This project has ended, so its answers stay as they are. An administrator can make it active again.",
  ],
  correctedTold: [
    "conflict",
    "This pair has all its judgements, and {minutes} minutes after the last one it is told whose answers these are. What is said of it stays as it was said blind.",
  ],
  skipNotUndone: ["undo_too_late", "A skip can be undone once, within {minutes} minutes."],
  unreadGuideline: [
    "conflict",
    "Version {version} of the guideline is to be read first. Read it at the desk, or by GET /api/work/:id/guideline-to-read, and say so by POST /api/work/:id/guideline-readings; then claim again.",
  ],
  tooManyOpenInquiries: [
    "conflict",
    "You have asked as many questions in this project as may be open at once ({limit}). Wait until some are answered.",
  ],
  batchTaken: ["conflict", "There is a batch {number} already. Choose a number that none has."],
} as const satisfies Refusals;
