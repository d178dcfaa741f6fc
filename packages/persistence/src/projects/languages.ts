import { again } from "../assignment/again.ts";
import type { Database } from "../client.ts";

const tasksAtOnce = 2_000;

/** Writes to each task of a project in which language it is; those that come later get theirs from a trigger. */
export async function tellLanguages(db: Database, projectId: string): Promise<void> {
  let after: string | null = "00000000-0000-0000-0000-000000000000";
  while (after !== null) {
    const from: string = after;
    const [row] = await again(
      () => db.$queryRaw<{ last: string | null }[]>`
        SELECT tell_languages(${projectId}::uuid, ${from}::uuid, ${tasksAtOnce}::int) AS last`,
    );
    after = row?.last ?? null;
  }
}
