import { pipeline } from "node:stream/promises";
import {
  type AuditDetail,
  type BroughtName,
  broughtQuestions,
  ColumnMapping,
  DomainError,
  type ImportFormat,
  type ImportView,
  isBroughtName,
  type KeptReceipt,
  type ReadingReason,
  reasonText,
  refused,
} from "@touchstone/contracts";
import type { AskedOfRows } from "@touchstone/datasets";
import type pg from "pg";
import { from as copyFrom } from "pg-copy-streams";
import { z } from "zod";
import { type Actor, recordAuditBy } from "../audit/record.ts";
import { clientTransaction } from "../client-transaction.ts";
import { projectArchived } from "../projects/archived.ts";
import { analyzeImported } from "./planner.ts";
import { queueImport } from "./queue.ts";
import { keepReceipt } from "./receipts.ts";
import { type Spool, spoolRows } from "./spool.ts";
import { type StagedRows, stageRows } from "./stage-rows.ts";
import type { RowToImport } from "./staged-row.ts";
import * as sql from "./statements.ts";
import { noteMet } from "./tracking.ts";
import { importColumns, toImportView } from "./view.ts";

export interface ImportDraft {
  workspaceId: string;
  projectId: string;
  /** Who imports; null where the system does. */
  memberId: string | null;
  via?: Actor["via"];
  token?: Actor["token"];
  format: ImportFormat;
  fileName: string | null;
  /** The column mapping, as given. */
  mapping: unknown;
  /** What people are asked about rows that bring no votes of their own kind. */
  asked: AskedOfRows;
  /** Whether tasks that want more judgements open for people. */
  open: boolean;
  /** Only this many of the new tasks open, those of the first rows; null opens all of them. */
  pilot?: number | null;
  /** What was read of the file, kept with the import; nothing of rows that no file brought. */
  receipt?: KeptReceipt;
}

/** Whoever watches an import. */
export interface ImportWatch {
  /** So many of the steps of writing are done. */
  readonly wrote?: (step: number, steps: number) => void;
  /** The last word before all is there, in the same transaction: what it throws undoes everything. */
  readonly beforeCommit?: (client: pg.PoolClient, view: ImportView) => Promise<void>;
}

/** Of writing: its larger statements. */
const writingSteps = 8;

/**
 * Imports rows, all or none, as `importStaged`. They are made ready on this thread.
 *
 * @throws DomainError as `importStaged`, and whatever the rows throw while they are read.
 */
export function importRows(
  pool: pg.Pool,
  draft: ImportDraft,
  rows: AsyncIterable<RowToImport>,
  signal?: AbortSignal,
): Promise<ImportView> {
  return importStaged(pool, draft, stageRows(rows, draft.asked), signal);
}

/**
 * Imports rows, all or none. The rows are read to their end first; only then does one transaction bring them in, so
 * that an error in the last line leaves nothing and a slow sender holds nothing. Prompts, answers, tasks and votes that
 * are there already are met again and not made twice: the same file a second time adds nothing.
 *
 * Imported votes are judgements of imported annotators, each with a slot of its task, under the guideline now in force.
 *
 * Once `signal` is aborted, whatever is under way ends and nothing is imported.
 *
 * @throws DomainError not_found for a project that is not there, project_archived, invalid_line where lines contradict
 * each other or what is stored, and whatever `rows` throws.
 */
export async function importStaged(
  pool: pg.Pool,
  draft: ImportDraft,
  rows: AsyncIterable<StagedRows>,
  signal?: AbortSignal,
  watch: ImportWatch = {},
): Promise<ImportView> {
  await assertProject(pool, draft);
  const spool = await spoolRows(rows);
  try {
    const view = await clientTransaction(pool, (client) => bringIn(client, draft, spool, watch), signal);
    await analyzeImported(pool, spool.rows);
    return view;
  } finally {
    await spool.close();
  }
}

/** Looked at before the upload is read, so that nobody sends a gigabyte to a project that is not there. */
async function assertProject(db: pg.Pool | pg.PoolClient, draft: ImportDraft, lock = ""): Promise<void> {
  const { rows } = await db.query<{ state: string }>(
    `SELECT state FROM project WHERE workspace_id = $1 AND id = $2 ${lock}`,
    [draft.workspaceId, draft.projectId],
  );
  const [project] = rows;
  if (!project) throw refused("notThere", { kind: "project" });
  if (project.state === "archived") throw projectArchived();
}

async function bringIn(
  client: pg.PoolClient,
  draft: ImportDraft,
  spool: Spool,
  { wrote, beforeCommit }: ImportWatch,
): Promise<ImportView> {
  let steps = 0;
  const step = () => wrote?.(++steps, writingSteps);
  const scope = [draft.workspaceId, draft.projectId];
  const run = async (statement: string, more: unknown[] = []) =>
    (await client.query(statement, [...scope, ...more])).rowCount ?? 0;

  // Imports of one project queue here: two at once could each make what the other makes. The project's row is left to
  // its editors, to exports and to rounds.
  await client.query(queueImport, [draft.projectId]);
  await assertProject(client, draft);
  await client.query(sql.createStaging);
  await pipeline(spool.read(), client.query(copyFrom(sql.copyLines)));
  step();
  await client.query("ANALYZE import_line");
  const known = await client.query<{ votes: number }>(sql.leaveOutKnown, scope);
  const importId = await newId(client);
  const prompts = await run(sql.insertPrompts, [importId]);
  step();
  await run(sql.markSensitive, [importId]);
  const columns = NamedColumns.safeParse(draft.mapping).data;
  await refuse(client, sql.findClusterConflict, scope, columns?.cluster, () => "clusterTaken");
  await refuse(client, sql.findSplitConflict, scope, columns?.split, ({ cluster }) =>
    cluster ? "splitOfClusterTaken" : "splitOfPromptTaken",
  );
  const stored = await client.query<{ completions: number }>(sql.insertCompletions, [...scope, importId]);
  step();
  await refuse(client, sql.findTextConflict, scope, undefined, () => "answerTextTaken");
  if (spool.media > 0) {
    await refuse(client, sql.findMediaConflict, scope, undefined, () => "answerTextTaken");
    await refuse(client, sql.findMediaGone, scope, undefined, () => "mediaNotThere");
    await run(sql.insertUses);
  }
  await run(sql.stageSides);
  await client.query("ANALYZE import_side");
  const { name } = draft.asked;
  await bringQuestionnaires(client, draft, isBroughtName(name) ? new Set([...spool.brought, name]) : spool.brought);
  await run(sql.stageQuestionnaires);
  await run(sql.stageTasks);
  step();
  await client.query("ANALYZE import_task");
  await run(sql.resolveTasks);
  await client.query("ANALYZE import_item");
  await client.query(sql.lockTasks);
  await run(sql.insertAnnotators);
  await run(sql.stageAnnotators);
  await client.query("ANALYZE import_annotator");
  await client.query(sql.stageVotes);
  step();
  await refuse(client, sql.findSlotOverflow, [], undefined, () => "slotsTaken");
  await client.query("CREATE INDEX ON import_vote (task_id)");
  await client.query("ANALYZE import_vote");
  const tasks = await run(sql.insertTasks, [draft.open, "import", importId]);
  step();
  if (draft.pilot) await client.query(sql.pauseBeyondPilot, [draft.pilot]);
  await run(sql.insertLeases);
  await run(sql.insertJudgements, [importId]);
  step();
  await insertImport(client, draft, importId);
  if (draft.receipt) await keepReceipt(client, draft, importId, draft.receipt);
  await noteMet(client, importId, draft.projectId);
  await run(sql.fillTasks);
  await run(sql.writeJournal);
  await client.query(sql.countTallies, [draft.projectId]);
  const votes = await client.query<{ judgements: number; annotators: number; duplicates: number }>(sql.countVotes);
  const [counted] = votes.rows;
  step();
  // Once more, and held until the end, which is near: it may have been archived meanwhile.
  await assertProject(client, draft, "FOR NO KEY UPDATE");
  const counts = {
    rows: spool.rows,
    prompts,
    completions: stored.rows[0]?.completions ?? 0,
    tasks,
    judgements: counted?.judgements ?? 0,
    annotators: counted?.annotators ?? 0,
    duplicates: (counted?.duplicates ?? 0) + (known.rows[0]?.votes ?? 0),
    differingPrefixes: spool.differingPrefixes,
  };
  const view = await record(client, draft, importId, counts);
  await beforeCommit?.(client, view);
  return view;
}

/** What judgements answer that the project asks nowhere: it gets the questionnaire with them. */
async function bringQuestionnaires(
  client: pg.PoolClient,
  draft: ImportDraft,
  brought: ReadonlySet<BroughtName>,
): Promise<void> {
  const mapping = ColumnMapping.safeParse(draft.mapping).data ?? {};
  for (const name of brought) {
    // Aspects are what the columns say; without such columns the project has the questionnaire from before.
    if (name === "imported-aspects" && mapping.aspects === undefined) continue;
    const values = [draft.workspaceId, draft.projectId, name, JSON.stringify(broughtQuestions(name, mapping))];
    const made = await client.query<{ version: number }>(sql.bringQuestionnaire, values);
    const [version] = made.rows;
    if (!version) continue;
    const by = { ...draft, id: draft.memberId };
    await recordAuditBy(client, by, "questionnaire.changed", draft.projectId, { name, version: version.version });
  }
}

/** The columns of a mapping that an error can point at. */
const NamedColumns = z.object({ cluster: z.string().optional(), split: z.string().optional() });

/** @throws DomainError invalid_line where a statement finds a conflict: `reasonOf` names it, its columns are the values */
async function refuse(
  client: pg.PoolClient,
  conflict: string,
  scope: string[],
  column: string | undefined,
  reasonOf: (row: Record<string, string | null>) => ReadingReason,
): Promise<void> {
  const { rows } = await client.query<Record<string, string | null>>(conflict, scope);
  const [row] = rows;
  if (!row) return;
  const path = column ? `lines.${row.line}.${column}` : `lines.${row.line}`;
  const reason = reasonOf(row);
  const values = Object.fromEntries(Object.entries(row).map(([name, value]) => [name, value ?? ""]));
  const message = reasonText(reason, values);
  throw new DomainError("invalid_line", `Line ${row.line}: ${message}`, {
    path,
    issues: [{ path, message, reason, values }],
  });
}

async function newId(client: pg.PoolClient): Promise<string> {
  const { rows } = await client.query<{ id: string }>("SELECT uuidv7() AS id");
  return z.uuid().parse(rows[0]?.id);
}

/** Made before its counts are known, for what it has met refers to it. */
async function insertImport(client: pg.PoolClient, draft: ImportDraft, importId: string): Promise<void> {
  const { workspaceId, projectId, memberId, format, fileName } = draft;
  const mapping = draft.mapping === undefined ? null : JSON.stringify(draft.mapping);
  await client.query(
    `INSERT INTO import (id, workspace_id, project_id, member_id, format, file_name, mapping, counts, tracked)
     VALUES ($1, $2, $3, $4, $5, $6, $7, '{}', true)`,
    [importId, workspaceId, projectId, memberId, format, fileName, mapping],
  );
}

async function record(
  client: pg.PoolClient,
  draft: ImportDraft,
  importId: string,
  counts: Omit<AuditDetail, "projectId">,
): Promise<ImportView> {
  const { rows } = await client.query(`UPDATE import SET counts = $2 WHERE id = $1 RETURNING ${importColumns}`, [
    importId,
    JSON.stringify(counts),
  ]);
  const view = toImportView(rows[0]);
  const told: AuditDetail = { projectId: draft.projectId, ...counts };
  await recordAuditBy(client, { ...draft, id: draft.memberId }, "import.finished", view.id, told);
  await client.query("INSERT INTO outbox (topic, key) VALUES ('judged', $1)", [draft.projectId]);
  return view;
}
