import { ApiError } from "@touchstone/api-client";
import { type Question, QuestionnaireDraft } from "@touchstone/contracts";
import { type FieldError, fieldErrorsFromApi, fieldErrorsOf } from "../../../components/forms/field-errors.ts";
import { type Entries, questionsOf } from "./entries.ts";

/** What somebody has written: a name, and the questions in their order. */
export interface Written {
  readonly name: string;
  readonly entries: Entries;
}

export type Faults = Readonly<Record<string, FieldError>>;

/** What would be sent, checked by the very schema of the API; else the faults by their field. */
export function checked(
  { name, entries }: Written,
  basedOn: number,
): { draft: QuestionnaireDraft | null; faults: Faults } {
  const parsed = QuestionnaireDraft.safeParse(
    { name, basedOn, questions: questionsOf(entries) },
    { reportInput: true },
  );
  return parsed.success ? { draft: parsed.data, faults: {} } : { draft: null, faults: fieldErrorsOf(parsed.error) };
}

/** The questions alone, ready to be asked: what a preview needs. Null where they have faults. */
export function askable({ entries }: Written): readonly Question[] | null {
  const parsed = QuestionnaireDraft.shape.questions.safeParse(questionsOf(entries));
  return parsed.success ? parsed.data : null;
}

/** What the API found at fields, and what it refused as a whole. */
export function refusalOf(error: unknown): { readonly faults: Faults; readonly problem: unknown } {
  if (!(error instanceof ApiError)) return { faults: {}, problem: error };
  if (error.issues.length > 0) return { faults: fieldErrorsFromApi(error.issues), problem: null };
  if (error.path === undefined || error.refusal === null) return { faults: {}, problem: error };
  const said = { key: "said", message: error.message, ...error.refusal } as const;
  return { faults: { [error.path]: said }, problem: null };
}

/** Whether another version was made since the one that this is based on. */
export function wasOvertaken(error: unknown): boolean {
  return error instanceof ApiError && error.refusal?.reason === "questionnaireChanged";
}
