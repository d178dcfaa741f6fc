import { type LabelSetFileView, parseLabelSetFileName, refused } from "@touchstone/contracts";
import { type Actor, recordAudit } from "../../audit/record.ts";
import type { Database } from "../../client.ts";
import type { FileStore } from "../../files/file-store.ts";
import { Prisma } from "../../generated/client.ts";
import { promise } from "../../outbox/promise.ts";
import { projectOfLabelSet } from "../project-of.ts";
import { unwritten } from "./unwritten.ts";
import { toFileView } from "./view.ts";

/** Files of a workspace that wait at once: a worker writes one after another. */
const mostWaiting = 100;

/**
 * Sees to it that a file of a label set is written: promises it to a worker where it is not there yet. Asking twice is
 * asking once; one that is ready or has failed is written anew only where it is asked for `again`.
 *
 * @throws DomainError not_found, also for a set of another workspace; invalid_value for what is no name of a file;
 * too_many_requests where too many wait.
 */
export async function askLabelSetFile(
  { db, files }: { readonly db: Database; readonly files: FileStore },
  by: Actor,
  labelSetId: string,
  { name, again }: { readonly name: string; readonly again: boolean },
): Promise<LabelSetFileView> {
  if (parseLabelSetFileName(name) === null) throw refused("labelSetFileUnknown", { name, at: "name" });
  const { workspaceId } = by;
  const { row, replaced } = await db.$transaction(async (tx) => {
    const projectId = await projectOfLabelSet(tx, workspaceId, labelSetId);
    const key = { labelSetId_name: { labelSetId, name } };
    const known = await tx.labelSetFile.findUnique({ where: key });
    const isUnderWay = known?.state === "waiting" || known?.state === "writing";
    if (known && (isUnderWay || !again)) return { row: known, replaced: null };
    const waiting = await tx.labelSetFile.count({ where: { workspaceId, state: "waiting" } });
    if (waiting >= mostWaiting) throw refused("tooManyLabelSetFiles", { limit: mostWaiting });
    // Two that ask at once make one row, and one of them the promise.
    const asked = known
      ? await tx.$executeRaw`
          UPDATE label_set_file SET ${Prisma.raw(unwritten)}, asked_by_id = ${by.id}::uuid, asked_at = now()
          WHERE id = ${known.id}::uuid AND state = ${known.state}`
      : await tx.$executeRaw`
          INSERT INTO label_set_file (workspace_id, project_id, label_set_id, name, asked_by_id)
          VALUES (${workspaceId}::uuid, ${projectId}::uuid, ${labelSetId}::uuid, ${name}, ${by.id}::uuid)
          ON CONFLICT (label_set_id, name) DO NOTHING`;
    const made = await tx.labelSetFile.findUniqueOrThrow({ where: key });
    if (asked > 0) {
      await promise(tx, "label-set-file", made.id);
      await recordAudit(tx, by, "labelSet.fileAsked", labelSetId, { projectId, file: name });
    }
    return { row: made, replaced: known?.path ?? null };
  });
  if (replaced !== null) await files.remove(replaced);
  return toFileView(row);
}
