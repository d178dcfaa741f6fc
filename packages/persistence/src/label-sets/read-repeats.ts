import type { Database } from "../client.ts";
import { Prisma } from "../generated/client.ts";
import { type FrozenJudgement, readJudgementsBy } from "./read-judgements.ts";

/**
 * Judgements of tasks that came to their annotator a second time, in the order of their ids, as they stand at each batch:
 * those that nothing has replaced, and that are not left out. They are of people alone.
 */
export async function* readRepeats(db: Database, projectId: string): AsyncGenerator<FrozenJudgement[]> {
  const batches = readJudgementsBy(
    db,
    (after, size) => Prisma.sql`
      SELECT j.id FROM judgement j
      WHERE j.project_id = ${projectId}::uuid AND j.repeat AND j.kind = 'answer' AND NOT j.surplus AND j.id > ${after}::uuid
        AND NOT EXISTS (SELECT FROM judgement s WHERE s.supersedes_id = j.id)
        AND NOT EXISTS (SELECT FROM left_out o WHERE o.judgement_id = j.id)
        AND NOT EXISTS (SELECT FROM left_out o WHERE o.task_id = j.task_id)
        AND NOT EXISTS (SELECT FROM left_out o WHERE o.project_id = j.project_id AND o.member_id = j.member_id)
      ORDER BY j.id LIMIT ${size}`,
  );
  for await (const batch of batches) yield batch.map((judgement) => ({ ...judgement, repeat: true }));
}
