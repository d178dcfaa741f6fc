import { Questions } from "@touchstone/contracts";
import type { Database } from "../client.ts";

/** What the questionnaires of some tasks ask, each read and parsed once. */
export async function questionsById(
  db: Database,
  tasks: readonly { readonly questionnaireId: string }[],
): Promise<(questionnaireId: string) => Questions> {
  const ids = [...new Set(tasks.map(({ questionnaireId }) => questionnaireId))];
  const rows = await db.questionnaire.findMany({ where: { id: { in: ids } }, select: { id: true, questions: true } });
  const known = new Map(rows.map(({ id, questions }) => [id, Questions.parse(questions)]));
  return (id) => {
    const questions = known.get(id);
    if (questions === undefined) throw new Error(`Questionnaire ${id} is not there.`);
    return questions;
  };
}
