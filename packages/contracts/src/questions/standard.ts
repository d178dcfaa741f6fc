import { contractOf, type QuestionKind } from "./kinds.ts";
import { type Question, Settings } from "./question.ts";

/** The questionnaires that every project has, each called after the kind of its one question: imports bring votes and ratings to them. */
export const standardNames = ["preference", "rating"] as const satisfies readonly QuestionKind[];
export type StandardName = (typeof standardNames)[number];

export const isStandardName = (name: string): name is StandardName => standardNames.some((known) => known === name);

/** What a question says, in English where it has no words of its own. */
export const titleOf = ({ kind, title }: Pick<Question, "kind" | "title">): string => title || contractOf(kind).title;

/**
 * A question of a kind with its settings as they come, called after the kind. Where something must be chosen first, such as
 * options, that is empty, and the question can't be asked yet.
 */
export function standardQuestion(kind: QuestionKind): Question {
  const { settings, blank } = contractOf(kind);
  return {
    name: kind,
    kind,
    title: "",
    settings: Settings.parse(blank ?? settings.parse({})),
    required: true,
    when: null,
  };
}
