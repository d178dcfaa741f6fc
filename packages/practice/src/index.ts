export {
  type AnnotatorHabits,
  type JudgedAnswer,
  judgePair,
  rate,
  type SimulatedAnnotator,
  simulatedAnnotator,
} from "./annotators.ts";
export { practiceCorpus } from "./corpus.ts";
export { DemoPrompt, DemoPrompts } from "./demo-prompts.ts";
export { type PracticeDemonstration, practiceDemonstrations } from "./demonstrations.ts";
export { onScale } from "./on-scale.ts";
export { type PracticePrompt, type PracticeUse, practicePrompts, type Split } from "./prompts.ts";
export { namesRightClass, referenceAnswer } from "./reference.ts";
export { PracticeTask } from "./task.ts";
export { type UtilityParts, utility, utilityParts } from "./utility.ts";
