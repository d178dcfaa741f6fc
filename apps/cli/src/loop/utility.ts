import type { Database } from "@touchstone/persistence";
import { PracticeTask, utility } from "@touchstone/practice";
import { z } from "zod";

const Metadata = z.object({ practice: PracticeTask });

/** Mean hidden utility, by rule, of the answers that a policy gave to an evaluation's prompts; null without any. */
export async function meanUtility(db: Database, runId: string, modelVersionId: string): Promise<number | null> {
  const answers = await db.completion.findMany({
    where: { runId, modelVersionId },
    select: { text: true, prompt: { select: { metadata: true } } },
  });
  const scores = answers.map(({ text, prompt }) => utility(Metadata.parse(prompt.metadata).practice, text ?? ""));
  return scores.length === 0 ? null : scores.reduce((sum, score) => sum + score, 0) / scores.length;
}
