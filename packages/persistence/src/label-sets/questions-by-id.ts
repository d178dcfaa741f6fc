import { Questions } from "@touchstone/contracts";
import type { Database } from "../client.ts";

interface AskedTask {
  readonly questionnaireId: string;
}

/** What the questionnaires of tasks ask, each read and parsed once: a version never changes. */
export function questionsById(db: Database) {
  const known = new Map<string, Questions>();
  return async (tasks: readonly AskedTask[]): Promise<(questionnaireId: string) => Questions> => {
    const ids = [...new Set(tasks.map(({ questionnaireId }) => questionnaireId))].filter((id) => !known.has(id));
    if (ids.length > 0) {
      const rows = await db.questionnaire.findMany({
        where: { id: { in: ids } },
        select: { id: true, questions: true },
      });
      for (const { id, questions } of rows) known.set(id, Questions.parse(questions));
    }
    return (id) => {
      const questions = known.get(id);
      if (questions === undefined) throw new Error(`Questionnaire ${id} is not there.`);
      return questions;
    };
  };
}
