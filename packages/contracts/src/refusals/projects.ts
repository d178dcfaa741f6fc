import type { Refusals } from "./shape.ts";

/** Why a request is refused, of projects and their copies. */
export const projectRefusals = {
  tooManyLanguages: ["conflict", "A project has texts in at most {limit} languages beside its own. Remove one first."],
  copyTooLarge: [
    "conflict",
    "Prompts, answers and tasks together are {count} here, and a copy takes at most {limit}. Duplicate the settings, and import the files again.",
  ],
  tooManyCopies: [
    "too_many_requests",
    "As many projects of this workspace are being copied as may be at once ({limit}). Try again when one of them is done.",
  ],
  noQuestionnaire: ["invalid_value", "This project has no questionnaire “{name}”. It has {known}."],
  questionnaireMade: [
    "conflict",
    "This project has a questionnaire “{name}” already: give yours another name, or make a new version of that one.",
  ],
  questionnaireChanged: [
    "conflict",
    "Version {version} of “{name}” was made meanwhile. Look at it before you make another.",
  ],
} as const satisfies Refusals;
