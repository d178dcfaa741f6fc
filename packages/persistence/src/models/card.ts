import type { ModelCardFacts } from "@touchstone/datasets";
import type { Database } from "../client.ts";
import { getEvaluation } from "../evaluations/queries.ts";
import { labelSetFacts } from "../exports/card.ts";
import { getModelLineage } from "./lineage.ts";
import { promotionInclude, toPromotionView } from "./promotions.ts";
import { findModel } from "./queries.ts";
import { modelFileViews, modelSpec } from "./view.ts";

/** The newest; a card of more is no card. */
const evaluationsAtMost = 20;
const promotionsAtMost = 50;

/**
 * All that a model's card says. Of a large label set this takes seconds, as its agreement is counted.
 *
 * @throws DomainError not_found
 */
export async function modelCardFacts(db: Database, workspaceId: string, id: string): Promise<ModelCardFacts> {
  const row = await findModel(db, workspaceId, id);
  const [lineage, project, evaluations, promotions] = await Promise.all([
    getModelLineage(db, workspaceId, id),
    row.projectId === null
      ? null
      : db.project.findFirst({ where: { id: row.projectId, workspaceId }, select: { name: true } }),
    db.evaluation.findMany({
      where: { workspaceId, others: { none: {} }, bestOf: null, OR: [{ candidateId: id }, { baselineId: id }] },
      orderBy: { id: "desc" },
      select: { id: true },
      take: evaluationsAtMost,
    }),
    db.modelPromotion.findMany({
      where: { workspaceId, modelVersionId: id, project: { deletedAt: null } },
      include: { ...promotionInclude, project: { select: { name: true } } },
      orderBy: { id: "desc" },
      take: promotionsAtMost,
    }),
  ]);
  return {
    lineage,
    project: project?.name ?? null,
    labels: row.labelSetId === null ? null : await labelSetFacts(db, workspaceId, row.labelSetId),
    spec: modelSpec(row),
    fingerprint: row.fingerprint,
    evaluations: await Promise.all(evaluations.map((one) => getEvaluation(db, workspaceId, one.id))),
    promotions: promotions.map((one) => ({ ...toPromotionView(one), project: one.project.name })),
    files: modelFileViews(row),
  };
}
