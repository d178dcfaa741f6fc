import { contractOf, type QuestionKind } from "./kinds.ts";
import { type Question, Settings } from "./question.ts";

/** A question of a kind with its settings as they come, called after the kind. */
export function standardQuestion(kind: QuestionKind): Question {
  return {
    name: kind,
    kind,
    title: contractOf(kind).title,
    settings: Settings.parse(contractOf(kind).settings.parse({})),
    required: true,
    when: null,
  };
}
