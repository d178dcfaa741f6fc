import { pipeline } from "node:stream/promises";
import { type AlreadyThere, broughtQuestions, ColumnMapping, isBroughtName } from "@touchstone/contracts";
import type { AskedOfRows } from "@touchstone/datasets";
import type pg from "pg";
import { from as copyFrom } from "pg-copy-streams";
import { z } from "zod";
import { clientTransaction } from "../client-transaction.ts";
import { type Spool, spoolRows } from "./spool.ts";
import type { StagedRows } from "./stage-rows.ts";
import * as staging from "./statements.ts";
import * as sql from "./there-statements.ts";

interface FileInProject {
  readonly workspaceId: string;
  readonly projectId: string;
  /** Of the file's bytes. */
  readonly sha256: string;
  readonly asked: AskedOfRows;
  /** The column mapping by which its rows are read; null where there is none. */
  readonly mapping: unknown;
}

const SameFile = z.object({
  id: z.string(),
  at: z.date(),
  by: z.string().nullable(),
  fileName: z.string().nullable(),
});

/**
 * How many rows of a file would add nothing: whatever they have is in the project, in whatever order, packing or format
 * it came. And which import brought the same bytes. Nothing is written, and in a project without prompts nothing is read.
 *
 * @param rows of `stageIdentities`, those that can be taken
 * @returns null where the project is empty, so that nothing can be there
 */
export async function alreadyThere(
  pool: pg.Pool,
  file: FileInProject,
  rows: () => AsyncIterable<StagedRows>,
  signal?: AbortSignal,
): Promise<AlreadyThere | null> {
  const scope = [file.workspaceId, file.projectId];
  const { rows: found } = await pool.query<{ has: boolean }>(sql.hasPrompts, scope);
  if (!found[0]?.has) return null;
  const same = await pool.query(sql.findSameFile, [...scope, file.sha256]);
  const [row] = z.array(SameFile).parse(same.rows);
  const spool = await spoolRows(rows());
  try {
    const there = await clientTransaction(pool, (client) => count(client, file, spool), signal);
    return { rows: there, of: spool.rows, import: row ? { ...row, at: row.at.toISOString() } : null };
  } finally {
    await spool.close();
  }
}

async function count(client: pg.PoolClient, { workspaceId, projectId, asked, ...file }: FileInProject, spool: Spool) {
  const scope = [workspaceId, projectId];
  await client.query(staging.createStaging);
  await client.query(sql.createThere);
  await pipeline(spool.read(), client.query(copyFrom(staging.copyLines)));
  await client.query("ANALYZE import_line");
  await client.query(staging.leaveOutKnown, scope);
  const left = await client.query<{ rows: number }>("SELECT count(*)::int AS rows FROM import_line");
  const known = spool.rows - (left.rows[0]?.rows ?? 0);
  await client.query(staging.stageSides, scope);
  await client.query("ANALYZE import_side");
  const brought = new Set(isBroughtName(asked.name) ? [...spool.brought, asked.name] : spool.brought);
  const mapping = ColumnMapping.safeParse(file.mapping).data ?? {};
  for (const name of brought) {
    await client.query(sql.findBrought, [...scope, name, JSON.stringify(broughtQuestions(name, mapping))]);
  }
  await client.query(staging.stageQuestionnaires, scope);
  await client.query(sql.stageThere, scope);
  await client.query("ANALYZE there_task");
  await client.query(staging.stageAnnotators, scope);
  await client.query("ANALYZE import_annotator");
  const { rows } = await client.query<{ rows: number }>(sql.countThere, scope);
  return known + (rows[0]?.rows ?? 0);
}
