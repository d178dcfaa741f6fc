import type { Question, QuestionKind } from "@touchstone/contracts";
import { useMessages, useTranslations } from "next-intl";
import { questionParts } from "../../workbench/questions/kinds.ts";
import type { QuestionParts } from "../../workbench/questions/question-parts.ts";
import type { PartName } from "../../workbench/questions/scale.ts";
import type { ConditionValue } from "./condition-fields.ts";

type FieldKey = Parameters<ReturnType<typeof useTranslations<"questionnaires.answers">>>[0];
type ValueKey = Parameters<ReturnType<typeof useTranslations<"questionnaires.values">>>[0];

interface ConditionWords {
  /** What a field of the answers to this question is called. */
  readonly field: (question: Question, field: string) => string;
  /** One value of it as people at the desk read it. */
  readonly value: (question: Question, field: string, value: ConditionValue) => string;
}

/** The words for what a follow-up asks after, in the page's language as far as it has any. */
export function useConditionWords(): ConditionWords {
  const fields = useTranslations("questionnaires.answers");
  const values = useTranslations("questionnaires.values");
  const parts = useTranslations("questions.parts");
  const common = useTranslations("common");
  const { questionnaires } = useMessages();
  const texts: Readonly<Record<QuestionKind, object>> = questionnaires.answers;
  const isField = (kind: QuestionKind, key: string): key is FieldKey =>
    Object.hasOwn(texts[kind], key.slice(kind.length + 1));
  const isValue = (key: string): key is ValueKey => Object.hasOwn(questionnaires.values, key);
  return {
    field({ kind }, field) {
      const key = `${kind}.${field}`;
      return isField(kind, key) ? fields(key) : field;
    },
    value(question, field, value) {
      if (typeof value === "boolean") return common(value ? "yes" : "no");
      const part = partSaying(question, field, value);
      if (part) return parts(part);
      const key = String(value);
      return isValue(key) ? values(key) : (labelIn(question.settings, key) ?? key);
    },
  };
}

/** The one part of a question's scale that says this; none where several do. */
function partSaying(question: Question, field: string, value: ConditionValue): PartName | undefined {
  const kind: QuestionParts = questionParts[question.kind];
  if (kind.form !== "scale") return undefined;
  const { parts, beside } = kind.scale(question);
  const [only, ...more] = [...parts, ...beside].filter(({ answer }) => answer[field] === value);
  return more.length === 0 ? only?.name : undefined;
}

/** What settings show for something that they name. */
function labelIn(settings: Question["settings"], name: string): string | undefined {
  for (const one of Object.values(settings).flat()) {
    if (typeof one !== "object" || one === null || Reflect.get(one, "name") !== name) continue;
    const label: unknown = Reflect.get(one, "label");
    if (typeof label === "string" && label !== "") return label;
  }
  return undefined;
}
