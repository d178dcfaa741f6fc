import { createHash } from "node:crypto";
import { buffer } from "node:stream/consumers";
import { ReportCard, refused, reportCardFile } from "@touchstone/contracts";
import type { Database } from "../client.ts";
import type { FileStore } from "../files/file-store.ts";
import { findModel } from "./queries.ts";
import { type ModelFiles, modelFiles } from "./view.ts";

/** A card is some ten kilobytes; what is far larger is none. */
const mostBytes = 2_000_000;

/** A card, or why there is none; `labelSetId` where there are labels to make one of. */
export type StoredCard =
  | { readonly card: ReportCard; readonly missing: null }
  | { readonly card: null; readonly missing: "policy" }
  | { readonly card: null; readonly missing: "earlier" | "lost"; readonly labelSetId: string | null };

/**
 * The card that lies with a reward model, parsed: the one way to a model's report as data, for the API, a worker, or a text about it.
 * @throws DomainError not_found.
 */
export async function findReportCard(
  { db, files }: { readonly db: Database; readonly files: FileStore },
  workspaceId: string,
  id: string,
): Promise<StoredCard> {
  const model = await findModel(db, workspaceId, id);
  if (model.kind !== "reward") return { card: null, missing: "policy" };
  const { labelSetId } = model;
  const file = modelFiles(model).find(isCard);
  if (!file) return { card: null, missing: "earlier", labelSetId };
  const content = file.bytes > mostBytes ? null : await files.get(file.path);
  const card = content && cardIn(await buffer(content.stream));
  return card ? { card, missing: null } : { card: null, missing: "lost", labelSetId };
}

function isCard({ path }: ModelFiles[number]): boolean {
  return path.endsWith(`/${reportCardFile}`);
}

/**
 * Lays a card beside the other files of a model, in the place of one that was there.
 * @throws DomainError not_found where the model was deleted meanwhile.
 */
export async function addReportCard(
  { db, files }: { readonly db: Database; readonly files: FileStore },
  workspaceId: string,
  id: string,
  card: ReportCard,
): Promise<void> {
  const [beside] = modelFiles(await findModel(db, workspaceId, id));
  if (!beside) return;
  const bytes = Buffer.from(JSON.stringify(card));
  const path = `${beside.path.slice(0, beside.path.lastIndexOf("/"))}/${reportCardFile}`;
  const stored = { path, sha256: createHash("sha256").update(bytes).digest("hex"), bytes: bytes.length };
  await db.$transaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM model_version WHERE id = ${id}::uuid AND workspace_id = ${workspaceId}::uuid FOR UPDATE`;
    const row = await tx.modelVersion.findFirst({ where: { id, workspaceId } });
    if (!row) throw refused("notThere", { kind: "model" });
    const others = modelFiles(row).filter((file) => !isCard(file));
    await files.put(path, bytes);
    await tx.modelVersion.update({ where: { id }, data: { files: [...others, stored] } });
  });
}

/** Nothing where the file is damaged, or of a version that writes cards otherwise. */
function cardIn(bytes: Buffer): ReportCard | undefined {
  try {
    return ReportCard.safeParse(JSON.parse(bytes.toString("utf8"))).data;
  } catch {
    return undefined;
  }
}
