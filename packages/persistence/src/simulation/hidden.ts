import type { Database } from "../client.ts";

export interface HiddenAnswer {
  id: string;
  /** The place of an answer that was written for its prompt, as text; other keys belong to imports and runs. */
  key: string;
  text: string;
  /** What the prompt's metadata say; a rule or a list of qualities makes a utility of it. */
  metadata: unknown;
}

/** What lies behind the answers of a task: seen by simulated annotators and by no page. */
export async function hiddenAnswers(db: Database, completionIds: string[]): Promise<Map<string, HiddenAnswer>> {
  const rows = await db.completion.findMany({
    where: { id: { in: completionIds } },
    select: { id: true, key: true, text: true, prompt: { select: { metadata: true } } },
  });
  return new Map(
    rows.map((row) => [row.id, { id: row.id, key: row.key, text: row.text ?? "", metadata: row.prompt.metadata }]),
  );
}
