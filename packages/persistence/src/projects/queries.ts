import {
  type GuidelineView,
  type ProjectListItem,
  type ProjectView,
  QuestionKindName,
  refused,
} from "@touchstone/contracts";
import { z } from "zod";
import type { Database, Transaction } from "../client.ts";
import { projectInclude, toGuidelineView, toProjectView } from "./view.ts";

const Progress = z.object({
  id: z.uuid(),
  asks: z.array(QuestionKindName),
  wanted: z.number(),
  judged: z.number(),
});

/** Newest first, each with how far it is: by the tallies and one index, since the list must not count judgements. */
export async function listProjects(db: Database, workspaceId: string): Promise<ProjectListItem[]> {
  const [rows, progress] = await Promise.all([
    db.project.findMany({ where: { workspaceId, deletedAt: null }, include: projectInclude, orderBy: { id: "desc" } }),
    db.$queryRaw<unknown[]>`
      SELECT p.id,
        ARRAY(SELECT DISTINCT asked ->> 'kind' FROM questionnaire q, jsonb_array_elements(q.questions) AS asked
          WHERE q.project_id = p.id
            AND EXISTS (SELECT FROM task t WHERE t.project_id = p.id AND t.questionnaire_id = q.id) ORDER BY 1) AS asks,
        coalesce((SELECT sum(t.overlap) FROM task t WHERE t.project_id = p.id), 0)::int AS wanted,
        coalesce((SELECT sum(y.total) FROM tally y WHERE y.project_id = p.id), 0)::int AS judged
      FROM project p WHERE p.workspace_id = ${workspaceId}::uuid AND p.deleted_at IS NULL`,
  ]);
  const byId = new Map(
    z
      .array(Progress)
      .parse(progress)
      .map((one) => [one.id, one]),
  );
  return rows.map((row) => ({ ...toProjectView(row), ...(byId.get(row.id) ?? { asks: [], wanted: 0, judged: 0 }) }));
}

/** @throws DomainError not_found, also for a project of another workspace. */
export async function getProject(db: Database, workspaceId: string, id: string): Promise<ProjectView> {
  const row = await db.project.findFirst({ where: { workspaceId, id, deletedAt: null }, include: projectInclude });
  if (!row) throw refused("notThere", { kind: "project" });
  return toProjectView(row);
}

/** @throws DomainError not_found, also for a project of another workspace. */
export async function assertProject(db: Database | Transaction, workspaceId: string, id: string): Promise<void> {
  const project = await db.project.findFirst({ where: { id, workspaceId, deletedAt: null }, select: { id: true } });
  if (!project) throw refused("notThere", { kind: "project" });
}

/**
 * All versions of a project's guideline, newest first; the first is the one in force.
 *
 * @throws DomainError not_found, also for a project of another workspace.
 */
export async function listGuidelines(db: Database, workspaceId: string, projectId: string): Promise<GuidelineView[]> {
  await assertProject(db, workspaceId, projectId);
  const rows = await db.guideline.findMany({ where: { workspaceId, projectId }, orderBy: { version: "desc" } });
  return rows.map(toGuidelineView);
}

/** To which workspace each of these projects belongs; for news that go to all processes. */
export async function projectWorkspaces(
  db: Database,
  ids: string[],
): Promise<{ projectId: string; workspaceId: string }[]> {
  const rows = await db.project.findMany({ where: { id: { in: ids } }, select: { id: true, workspaceId: true } });
  return rows.map(({ id, workspaceId }) => ({ projectId: id, workspaceId }));
}
