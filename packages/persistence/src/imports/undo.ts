import { setTimeout as pause } from "node:timers/promises";
import { type AuditDetail, DomainError, refused, type UndoImportResult } from "@touchstone/contracts";
import type pg from "pg";
import { type MemberActor, recordAuditBy } from "../audit/record.ts";
import { clientTransaction } from "../client-transaction.ts";
import { isContention, isLockTaken } from "../faults.ts";
import type { FileStore } from "../files/file-store.ts";
import { removeFiles, type StoredMedia } from "../media/delete.ts";
import { lockMedia } from "../media/store.ts";
import { queueImport } from "./queue.ts";
import * as sql from "./undo-statements.ts";

/** People hold a row for milliseconds; thirty tries of up to 100 ms outlast any of them. */
const attempts = 30;
const longestPauseMs = 100;

/**
 * Undoes an import while nothing of it is judged: its tasks, answers, prompts and votes go, but for what another import,
 * an evaluation or somebody's task uses; so do the pictures and sounds that nothing shows then, and marks as sensitive that
 * no other import and nobody of the staff has made. All or nothing. A person who holds one of the tasks finds that it is gone; one
 * whose judgement came first keeps it, and the undo is refused.
 *
 * @throws DomainError not_found, import_untracked, import_in_use (judged, also where that was taken back, or frozen in a
 * label set), unavailable (people are at work on its tasks without a pause).
 */
export async function undoImport(
  { pool, files }: { readonly pool: pg.Pool; readonly files: FileStore },
  who: MemberActor,
  importId: string,
): Promise<UndoImportResult> {
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    try {
      const { undone, gone } = await clientTransaction(pool, (client) => takeAway(client, who, importId));
      await removeFiles({ pool, files }, gone);
      return undone;
    } catch (error) {
      if (!(isLockTaken(error) || isContention(error))) throw error;
      await pause(Math.random() * longestPauseMs);
    }
  }
  throw refused("peopleAtWork");
}

interface TakenAway {
  readonly undone: UndoImportResult;
  /** Files that nothing shows any more. */
  readonly gone: readonly StoredMedia[];
}

async function takeAway(client: pg.PoolClient, who: MemberActor, importId: string): Promise<TakenAway> {
  const run = async (statement: string) => (await client.query(statement, [importId])).rowCount ?? 0;
  const projectId = await lockProject(client, who, importId);
  await refuseIfUsed(client, importId);
  await run(sql.lockLeases);
  await run(sql.lockTasks);
  // Both once more: what came between a look and its lock is seen now, and nothing comes any more.
  await run(sql.lockLeases);
  await refuseIfUsed(client, importId);
  const promptsHandedOver = await run(sql.handOver("prompt"));
  await run(sql.handOver("completion"));
  const tasksKept = await run(sql.handOver("task"));
  await client.query("SELECT set_config('touchstone.undone_import', $1, true)", [importId]);
  await client.query(sql.createVotes);
  await run(sql.stageVotes);
  const judgements = (await client.query(sql.deleteVotes)).rowCount ?? 0;
  await client.query(sql.deleteVoteLeases);
  await run(sql.lowerTallies);
  await run(sql.deleteLeases);
  const tasks = await run(sql.deleteTasks);
  await run(sql.restoreTasks);
  await lockMedia(client, who.workspaceId);
  await client.query(sql.createUndoneMedia);
  await run(sql.stageMedia);
  const completions = await run(sql.deleteCompletions);
  const prompts = await run(sql.deletePrompts);
  await client.query(sql.unmark, [importId, projectId]);
  const { rows: gone } = await client.query<StoredMedia>(sql.deleteMedia);
  const { rows } = await client.query<{ kept: number }>(
    "SELECT count(*)::int AS kept FROM prompt WHERE import_id = $1",
    [importId],
  );
  const promptsKept = promptsHandedOver + (rows[0]?.kept ?? 0);
  const undone = { prompts, completions, tasks, judgements, promptsKept, tasksKept, media: gone.length };
  const told: AuditDetail = { projectId, ...undone };
  await client.query("DELETE FROM import WHERE id = $1", [importId]);
  await recordAuditBy(client, who, "import.undone", importId, told);
  await client.query("INSERT INTO outbox (topic, key) VALUES ('judged', $1)", [projectId]);
  return { undone, gone };
}

/** Imports of one project queue, and so does their undo: one that is undone meanwhile is not there any more. */
async function lockProject(client: pg.PoolClient, who: MemberActor, importId: string): Promise<string> {
  const { projectId } = await findImport(client, who, importId);
  await client.query(queueImport, [projectId]);
  const { tracked } = await findImport(client, who, importId);
  if (!tracked) {
    throw new DomainError(
      "import_untracked",
      "This import is from before imports knew their rows; it cannot be undone.",
    );
  }
  return projectId;
}

async function findImport(client: pg.PoolClient, who: MemberActor, importId: string) {
  const { rows } = await client.query<{ projectId: string; tracked: boolean }>(
    `SELECT project_id AS "projectId", tracked FROM import WHERE workspace_id = $1 AND id = $2`,
    [who.workspaceId, importId],
  );
  const [found] = rows;
  if (!found) throw refused("notThere", { kind: "import" });
  return found;
}

interface Uses {
  readonly judgements: number;
  readonly tasks: number;
  /** Judgements that do not count, and what took them back. */
  readonly records: number;
  readonly labelSets: number;
}

async function refuseIfUsed(client: pg.PoolClient, importId: string): Promise<void> {
  const { rows } = await client.query<Uses>(sql.findUses, [importId]);
  const { judgements = 0, tasks = 0, records = 0, labelSets = 0 } = rows[0] ?? {};
  if (judgements > 0) throw refused("importJudged", { judgements, tasks });
  if (records > 0) throw refused("importTakenBack");
  if (labelSets > 0) throw refused("importFrozen", { labelSets });
}
