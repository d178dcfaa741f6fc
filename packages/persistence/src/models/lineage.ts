import type { LineageView } from "@touchstone/contracts";
import type { Database } from "../client.ts";
import { countDeletedOf } from "../label-sets/deleted.ts";
import { erasedOf } from "../label-sets/erased.ts";
import { getRun } from "../runs/queries.ts";
import { findModel } from "./queries.ts";
import { type ModelRow, modelInclude, toLabelSetView, toModelView } from "./view.ts";

type Relation = LineageView["steps"][number]["relation"];

/** Itself first, then each ancestor with the reward model it was optimised against, nearest first. */
async function walk(db: Database, start: ModelRow): Promise<{ row: ModelRow; relation: Relation }[]> {
  const steps: { row: ModelRow; relation: Relation }[] = [{ row: start, relation: "self" }];
  const seen = new Set([start.id]);
  const follow = async (id: string | null, relation: Relation) => {
    if (id === null || seen.has(id)) return null;
    seen.add(id);
    const row = await db.modelVersion.findFirst({
      where: { id, workspaceId: start.workspaceId },
      include: modelInclude,
    });
    if (row) steps.push({ row, relation });
    return row;
  };
  let current: ModelRow | null = start;
  while (current) {
    await follow(current.rewardId, "reward");
    current = await follow(current.parentId, "parent");
  }
  return steps;
}

/** @throws DomainError not_found. */
export async function getModelLineage(db: Database, workspaceId: string, id: string): Promise<LineageView> {
  const model = await findModel(db, workspaceId, id);
  const steps = await walk(db, model);
  const erased = await erasedOf(
    db,
    steps.map(({ row }) => row.labelSetId),
  );
  return {
    model: toModelView(model, erased(model.labelSetId)),
    steps: await Promise.all(
      steps.map(async ({ row, relation }) => {
        const labelSet = row.labelSetId
          ? await db.labelSet.findFirst({ where: { id: row.labelSetId, workspaceId } })
          : null;
        return {
          model: toModelView(row, erased(row.labelSetId)),
          relation,
          run: row.runId ? await getRun(db, workspaceId, row.runId) : null,
          labelSet: labelSet && toLabelSetView(labelSet, await countDeletedOf(db, labelSet.id), erased(labelSet.id)),
        };
      }),
    ),
  };
}
