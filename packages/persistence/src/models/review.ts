import type { EvaluationView, ModelReviewView, PromotionView } from "@touchstone/contracts";
import type { Database } from "../client.ts";
import { getEvaluation } from "../evaluations/queries.ts";
import { erasedOf } from "../label-sets/erased.ts";
import { assertProject } from "../projects/queries.ts";
import { promotionInclude, toPromotionView } from "./promotions.ts";
import { findModel, modelInUse } from "./queries.ts";
import { type ModelRow, modelFileViews, modelInclude, toModelName, toModelView } from "./view.ts";

const historyAtMost = 50;

/**
 * All that says whether a model is better than the one in use in a project, and what there is to do about it. A model of the
 * workspace is asked about in the project that is named.
 *
 * @throws DomainError not_found
 */
export async function reviewModel(
  db: Database,
  workspaceId: string,
  id: string,
  askedProject: string | undefined,
): Promise<ModelReviewView> {
  const row = await findModel(db, workspaceId, id);
  const projects = await projectsFor(db, row);
  // One of a project is reviewed there; one of the workspace where it is used, if that is one place, or where it is asked about.
  const projectId = row.projectId ?? askedProject ?? onlyUse(row);
  if (projectId !== undefined) await assertProject(db, workspaceId, projectId);
  const project = projects.find((one) => one.id === projectId) ?? null;
  const view = await viewer(db, [row]);
  const of = {
    model: view(row),
    files: modelFileViews(row),
    projects: projects.map(({ id: one, name }) => ({ id: one, name })),
  };
  if (project === null)
    return { ...of, project, inUse: null, former: null, against: null, comparison: null, history: [] };

  const place = { workspaceId, projectId: project.id, kind: row.kind };
  const [inUse, history] = await Promise.all([modelInUse(db, place), listPromotions(db, place)]);
  const current = history.find(({ until }) => until === null);
  const former = await formerOf(db, current?.id);
  const against = inUse?.row.id === id ? former : (inUse?.row ?? null);
  const further = await viewer(db, [inUse?.row, against]);
  return {
    ...of,
    project: { id: project.id, name: project.name, archived: project.state === "archived" },
    inUse: inUse && { model: further(inUse.row), promotion: current ?? null },
    former: former && toModelName(former),
    against: against && further(against),
    comparison: against && row.kind === "policy" ? await comparisonOf(db, place, [id, against.id]) : null,
    history,
  };
}

const onlyUse = ({ promotions }: ModelRow) => (promotions.length === 1 ? promotions[0]?.project.id : undefined);

/** That a model can be used in: its own, or for one of the workspace all. */
async function projectsFor(db: Database, { workspaceId, projectId }: ModelRow) {
  return db.project.findMany({
    where: { workspaceId, deletedAt: null, ...(projectId === null ? {} : { id: projectId }) },
    select: { id: true, name: true, state: true },
    orderBy: { id: "desc" },
    take: 500,
  });
}

async function viewer(db: Database, rows: readonly (ModelRow | null | undefined)[]) {
  const erased = await erasedOf(
    db,
    rows.map((row) => row?.labelSetId ?? null),
  );
  return (row: ModelRow) => toModelView(row, erased(row.labelSetId));
}

async function formerOf(db: Database, promotionId: string | undefined): Promise<ModelRow | null> {
  if (promotionId === undefined) return null;
  const row = await db.modelPromotion.findUnique({
    where: { id: promotionId },
    select: { former: { include: modelInclude } },
  });
  return row?.former ?? null;
}

interface Place {
  readonly workspaceId: string;
  readonly projectId: string;
  readonly kind: "policy" | "reward";
}

async function listPromotions(db: Database, place: Place): Promise<PromotionView[]> {
  const rows = await db.modelPromotion.findMany({
    where: { ...place },
    include: promotionInclude,
    orderBy: { id: "desc" },
    take: historyAtMost,
  });
  return rows.map(toPromotionView);
}

/** The newest blind comparison of two policies in a project. One of several policies has no rate of two. */
async function comparisonOf(
  db: Database,
  { workspaceId, projectId }: Place,
  [one, other]: readonly [string, string],
): Promise<EvaluationView | null> {
  const row = await db.evaluation.findFirst({
    where: {
      workspaceId,
      projectId,
      others: { none: {} },
      // What a reward model chose tells of that model.
      bestOf: null,
      OR: [
        { candidateId: one, baselineId: other },
        { candidateId: other, baselineId: one },
      ],
    },
    orderBy: { id: "desc" },
    select: { id: true },
  });
  return row && getEvaluation(db, workspaceId, row.id);
}
