import { buffer } from "node:stream/consumers";
import { ReportCard, type ReportCardView, reportCardFile } from "@touchstone/contracts";
import type { Database } from "../client.ts";
import type { FileStore } from "../files/file-store.ts";
import { findModel } from "./queries.ts";
import { modelFiles } from "./view.ts";

/** A card is some ten kilobytes; what is far larger is none. */
const mostBytes = 2_000_000;

/**
 * The card that the run of a reward model has left with it, or why there is none.
 * @throws DomainError not_found.
 */
export async function getReportCard(
  { db, files }: { readonly db: Database; readonly files: FileStore },
  workspaceId: string,
  id: string,
): Promise<ReportCardView> {
  const model = await findModel(db, workspaceId, id);
  if (model.kind !== "reward") return { card: null, missing: "policy" };
  const file = modelFiles(model).find(({ path }) => path.endsWith(`/${reportCardFile}`));
  if (!file) return { card: null, missing: "earlier" };
  const content = file.bytes > mostBytes ? null : await files.get(file.path);
  if (content === null) return { card: null, missing: "lost" };
  const card = cardIn(await buffer(content.stream));
  return card ? { card, missing: null } : { card: null, missing: "lost" };
}

/** Nothing where the file is damaged, or of a version that writes cards otherwise. */
function cardIn(bytes: Buffer): ReportCard | undefined {
  try {
    return ReportCard.safeParse(JSON.parse(bytes.toString("utf8"))).data;
  } catch {
    return undefined;
  }
}
