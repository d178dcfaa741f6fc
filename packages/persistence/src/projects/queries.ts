import { type GuidelineView, type ProjectView, refused } from "@touchstone/contracts";
import type { Database, Transaction } from "../client.ts";
import { projectInclude, toGuidelineView, toProjectView } from "./view.ts";

/** Newest first. */
export async function listProjects(db: Database, workspaceId: string): Promise<ProjectView[]> {
  const rows = await db.project.findMany({ where: { workspaceId }, include: projectInclude, orderBy: { id: "desc" } });
  return rows.map(toProjectView);
}

/** @throws DomainError not_found, also for a project of another workspace. */
export async function getProject(db: Database, workspaceId: string, id: string): Promise<ProjectView> {
  const row = await db.project.findFirst({ where: { workspaceId, id }, include: projectInclude });
  if (!row) throw refused("notThere", { kind: "project" });
  return toProjectView(row);
}

/** @throws DomainError not_found, also for a project of another workspace. */
export async function assertProject(db: Database | Transaction, workspaceId: string, id: string): Promise<void> {
  const project = await db.project.findFirst({ where: { id, workspaceId }, select: { id: true } });
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
