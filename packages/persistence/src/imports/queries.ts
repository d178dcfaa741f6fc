import { DomainError, type ImportView } from "@touchstone/contracts";
import type { Database } from "../client.ts";
import { toImportView } from "./view.ts";

/** The last 200 imports of a project, newest first. @throws DomainError not_found. */
export async function listImports(db: Database, workspaceId: string, projectId: string): Promise<ImportView[]> {
  const project = await db.project.findFirst({ where: { workspaceId, id: projectId }, select: { id: true } });
  if (!project) throw new DomainError("not_found", "There is no such project.");
  const rows = await db.import.findMany({ where: { workspaceId, projectId }, orderBy: { id: "desc" }, take: 200 });
  return rows.map(toImportView);
}
