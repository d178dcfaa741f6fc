import type { Refusals } from "./shape.ts";

/** Why a request is refused, of finding, selecting and saved views. */
export const browseRefusals = {
  tooManySelected: [
    "conflict",
    "This would be done to more than {limit} items at once. Narrow the search or the filters, or select fewer.",
  ],
  tooManyCompared: [
    "conflict",
    "To find these, the answers of more than {limit} items would have to be compared. Narrow it by another filter, such as a time or a language.",
  ],
  tooManyCommands: [
    "too_many_requests",
    "As many selections of this workspace are being changed as may be at once ({limit}). Try again when one of them is done.",
  ],
  preferredOfTwo: [
    "invalid_value",
    "Which of two models was preferred can be asked of two: name both, as “model” and “against”.",
  ],
  tooManyModels: [
    "conflict",
    "The answers name {count} models, and a table takes at most {limit}. Narrow it, or import the answers with names of models and not of single answers.",
  ],
  nothingToSearch: [
    "invalid_value",
    "Nothing in this search could be found: it has neither letters nor digits nor symbols of their own.",
  ],
  tooMuchToReplace: [
    "conflict",
    "One command asks for replacements at {limit} items at most, and this would be at more. Leave it out without replacements, and reopen items from Browse.",
  ],
  viewNameTaken: ["conflict", "There is a view “{name}” in this project already. Choose another name."],
  tooManyViews: ["conflict", "As many views are kept in this project as may be ({limit}). Delete one first."],
} as const satisfies Refusals;
