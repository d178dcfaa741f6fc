import { fieldIssuesOf, type ProblemIssue, QuestionnaireDraft, type QuestionnaireView } from "@touchstone/contracts";
import { entriesOf } from "./entries.ts";
import type { Written } from "./form-faults.ts";

/** What a file was read as: questions to go on from, or why it cannot be read, fault by fault. */
export type FileReading = { readonly written: Written } | { readonly faults: readonly ProblemIssue[] };

/** A questionnaire as a file: what the API takes, so that scripts can send the same. */
export function questionnaireFile({ name, questions }: Pick<QuestionnaireView, "name" | "questions">): string {
  return `${JSON.stringify({ name, questions }, null, 2)}\n`;
}

/** The questions must be whole; whether the name is free here is found when they are saved. */
export function readQuestionnaireFile(text: string): FileReading {
  const file = jsonOf(text);
  const parsed = QuestionnaireDraft.shape.questions.safeParse(file.questions, { reportInput: true });
  if (parsed.success) {
    return { written: { name: typeof file.name === "string" ? file.name : "", entries: entriesOf(parsed.data) } };
  }
  const issues = parsed.error.issues.flatMap(fieldIssuesOf);
  return {
    faults: issues.map(({ path, ...issue }) => ({ ...issue, path: ["questions", ...path].map(String).join(".") })),
  };
}

function jsonOf(text: string): { readonly name?: unknown; readonly questions?: unknown } {
  try {
    return Object(JSON.parse(text));
  } catch {
    return {};
  }
}
