import { type ArenaSettings, type ArenaSettingsView, refused, ArenaSettings as Settings } from "@touchstone/contracts";
import { type MemberActor, recordAudit } from "../audit/record.ts";
import type { Database, Transaction } from "../client.ts";
import { modelNameSelect, toModelName } from "../models/view.ts";
import { assertProject } from "../projects/queries.ts";

const withModels = {
  models: {
    include: { model: { select: { ...modelNameSelect, archivedAt: true } } },
    orderBy: { model: { number: "asc" } },
  },
} as const;

/** A project's arena; of one that was never switched on, what it would begin with. */
export async function getArenaSettings(
  db: Database | Transaction,
  workspaceId: string,
  projectId: string,
): Promise<ArenaSettingsView> {
  await assertProject(db, workspaceId, projectId);
  const row = await db.arena.findFirst({ where: { workspaceId, projectId }, include: withModels });
  if (!row) return { ...Settings.parse({ on: false, modelIds: [] }), models: [] };
  const { isOn: on, models, projectId: _project, workspaceId: _workspace, ...limits } = row;
  return {
    ...limits,
    on,
    modelIds: models.map(({ modelVersionId }) => modelVersionId),
    models: models.map(({ model }) => ({ ...toModelName(model), archived: model.archivedAt !== null })),
  };
}

/**
 * Battles that are open go on as they began.
 *
 * @throws DomainError not_found; invalid_value for what is no policy of the workspace, is archived and not in it already, or
 * for an arena that is on with fewer than two
 */
export async function setArenaSettings(
  db: Database,
  by: MemberActor,
  projectId: string,
  { on, modelIds, ...limits }: ArenaSettings,
): Promise<ArenaSettingsView> {
  const { workspaceId } = by;
  return db.$transaction(async (tx) => {
    const former = await getArenaSettings(tx, workspaceId, projectId);
    // Whoever deletes one of them at this moment is waited for.
    await tx.$queryRaw`
      SELECT FROM model_version WHERE workspace_id = ${workspaceId}::uuid AND id = ANY (${modelIds}::uuid[]) ORDER BY id FOR SHARE`;
    const found = await tx.modelVersion.findMany({
      where: { workspaceId, kind: "policy", id: { in: modelIds } },
      select: { id: true, archivedAt: true },
    });
    const usable = found.filter(({ id, archivedAt }) => archivedAt === null || former.modelIds.includes(id));
    const missing = modelIds.find((id) => !usable.some((one) => one.id === id));
    if (missing !== undefined) throw refused("arenaNoPolicy", { name: missing, at: "modelIds" });
    const askable = usable.filter(({ archivedAt }) => archivedAt === null);
    if (on && askable.length < 2) throw refused("arenaNeedsTwo", { at: "modelIds" });
    const data = { ...limits, isOn: on };
    await tx.arena.upsert({ where: { projectId }, create: { ...data, workspaceId, projectId }, update: data });
    await tx.arenaModel.deleteMany({ where: { projectId } });
    await tx.arenaModel.createMany({
      data: modelIds.map((modelVersionId) => ({ workspaceId, projectId, modelVersionId })),
    });
    await recordAudit(tx, by, "arena.changed", projectId, { projectId, on, models: modelIds.length });
    return getArenaSettings(tx, workspaceId, projectId);
  });
}
