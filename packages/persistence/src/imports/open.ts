import { DomainError, refused } from "@touchstone/contracts";
import { type MemberActor, recordAudit } from "../audit/record.ts";
import type { Database } from "../client.ts";

/**
 * Opens tasks of an import that people are not given: all, or the next `count` in the order in which people get them.
 * Tasks of which an answer's text is absent stay closed.
 *
 * @returns how many. @throws DomainError not_found, import_untracked.
 */
export function openImport(db: Database, who: MemberActor, importId: string, count?: number): Promise<number> {
  return db.$transaction(async (transaction) => {
    const found = await transaction.import.findFirst({ where: { workspaceId: who.workspaceId, id: importId } });
    if (!found) throw refused("notThere", { kind: "import" });
    if (!found.tracked) throw new DomainError("import_untracked", "This import is too old to know its tasks.");
    // Materialised: as a subquery, LIMIT with a lock may be evaluated again for each row, and too many would open.
    const opened = await transaction.$executeRaw`
      WITH chosen AS MATERIALIZED (
        SELECT t.id FROM task t WHERE t.import_id = ${importId}::uuid AND t.state = 'paused'
          AND NOT EXISTS (SELECT FROM completion c WHERE c.id = ANY (t.completion_ids) AND c.text IS NULL AND c.media IS NULL)
        ORDER BY t.batch, t.sort_key LIMIT ${count ?? null}::int FOR NO KEY UPDATE)
      UPDATE task SET state = freed_state(task.project_id, task.batch) FROM chosen WHERE task.id = chosen.id`;
    await recordAudit(transaction, who, "import.opened", importId, { projectId: found.projectId, opened });
    return opened;
  });
}
