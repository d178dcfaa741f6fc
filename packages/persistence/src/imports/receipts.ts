import { type ImportListItem, KeptReceipt, refused } from "@touchstone/contracts";
import type pg from "pg";
import type { Database } from "../client.ts";
import { importsWithStanding } from "./queries.ts";

/** Keeps a receipt with its import, whose row is there already. */
export async function keepReceipt(
  client: pg.PoolClient,
  { workspaceId, projectId }: { readonly workspaceId: string; readonly projectId: string },
  importId: string,
  receipt: KeptReceipt,
): Promise<void> {
  await client.query(
    "INSERT INTO import_receipt (import_id, workspace_id, project_id, sha256, receipt) VALUES ($1, $2, $3, $4, $5)",
    [importId, workspaceId, projectId, receipt.sha256, JSON.stringify(receipt)],
  );
}

/** An import and what it keeps of its receipt; null of one from before receipts were kept. @throws DomainError not_found */
export async function getImport(
  db: Database,
  workspaceId: string,
  id: string,
): Promise<{ import: ImportListItem; projectId: string; receipt: KeptReceipt | null }> {
  const found = await db.import.findFirst({ where: { workspaceId, id }, include: { receipt: true } });
  if (!found) throw refused("notThere", { kind: "import" });
  const { receipt, ...row } = found;
  const [item] = await importsWithStanding(db, [row]);
  if (!item) throw refused("notThere", { kind: "import" });
  return { import: item, projectId: row.projectId, receipt: receipt ? KeptReceipt.parse(receipt.receipt) : null };
}
