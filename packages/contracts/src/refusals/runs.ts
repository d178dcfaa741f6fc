import type { Refusals } from "./shape.ts";

/** Why a request is refused, of runs, schedules and evaluations. */
export const runRefusals = {
  tooFewLabels: ["too_few_labels", "There are too few {kind} for training: {labels} of at least {minimum}."],
  tooFewByPeople: [
    "too_few_labels",
    "There are too few {kind} for training: {labels} of at least {minimum}. Simulated judgements were left out.",
  ],
  allTies: [
    "one_class",
    "All {kind} ({labels}) are ties, so there is nothing to learn. Collect judgements that differ.",
  ],
  allOneScore: [
    "one_class",
    "All {kind} ({labels}) give the same score, so there is nothing to learn. Collect judgements that differ.",
  ],
  roundUnderWay: [
    "conflict",
    "This round is under way already. Wait for its end or cancel it; with another seed it would be another round.",
  ],
  runEnded: ["conflict", "This run has ended already: {kind}."],
  tooManyRuns: [
    "too_many_requests",
    "This workspace has as many runs that have not ended as it may: {count} of at most {limit}. Wait for some to end, or cancel some.",
  ],
  settingsNotValid: ["invalid_spec", "Some training settings are not valid."],
  settingUnknown: [
    "invalid_spec",
    "There is no such setting for this kind of run; check its spelling or leave it out.",
  ],
  settingOfOtherKind: ["invalid_spec", "This run is of kind “{trainer}”: leave the trainer out, or change the kind."],
  questionNotAsked: ["invalid_spec", "This project asks no {kind} question."],
  simulationPaused: [
    "conflict",
    "The project is paused, so simulated annotators would be given no task either. Make it active in its settings; then launch the simulation.",
  ],
  simulationOfOtherKinds: [
    "conflict",
    "Simulated annotators compare two answers or rate one, and every open task ({count} in all) wants an answer to something else. Ask people, or import rows to be compared or rated.",
  ],
} as const satisfies Refusals;
