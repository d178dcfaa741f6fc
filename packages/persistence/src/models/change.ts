import { type ModelChange, type ModelVersionView, refused } from "@touchstone/contracts";
import { type MemberActor, recordAudit } from "../audit/record.ts";
import { type Database, databaseNow } from "../client.ts";
import { erasedOf } from "../label-sets/erased.ts";
import { findModel } from "./queries.ts";
import { toModelView } from "./view.ts";

/**
 * Names a model, puts it away or brings it back.
 *
 * @throws DomainError not_found; conflict where a project uses what is to be put away.
 */
export async function changeModel(
  db: Database,
  by: MemberActor,
  id: string,
  { name, archived }: ModelChange,
): Promise<ModelVersionView> {
  const { workspaceId } = by;
  const row = await db.$transaction(async (tx) => {
    // Whoever puts it in use at this moment waits, and then finds it put away, or this finds it in use.
    await tx.$queryRaw`SELECT FROM model_version WHERE id = ${id}::uuid AND workspace_id = ${workspaceId}::uuid FOR NO KEY UPDATE`;
    const before = await findModel(tx, workspaceId, id);
    const [project] = before.promotions;
    if (archived && project) throw refused("modelIsUsed", { name: project.project.name });
    const archivedAt = archived ? (before.archivedAt ?? (await databaseNow(tx))) : null;
    const data = {
      ...(name === undefined ? {} : { givenName: name }),
      ...(archived === undefined ? {} : { archivedAt }),
    };
    await tx.modelVersion.update({ where: { id }, data });
    const detail = {
      kind: before.kind,
      model: before.number,
      ...(name === undefined ? {} : { name: name ?? "" }),
      ...(archived === undefined ? {} : { archived }),
    };
    await recordAudit(tx, by, "model.changed", id, detail);
    return findModel(tx, workspaceId, id);
  });
  const erased = await erasedOf(db, [row.labelSetId]);
  return toModelView(row, erased(row.labelSetId));
}
