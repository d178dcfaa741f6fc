import { type ProjectChange, type ProjectView, refused } from "@touchstone/contracts";
import { type Actor, recordAudit } from "../audit/record.ts";
import type { Database, Transaction } from "../client.ts";
import { countAsReader } from "../guidance/author.ts";
import { mustBeRead } from "./create.ts";
import { tellLanguages } from "./languages.ts";
import { giveTasksOverlap } from "./overlap.ts";
import { projectInclude, toProjectView } from "./view.ts";

/**
 * Changes what is given and leaves the rest. A guideline text that differs makes a new version, so that each judgement
 * keeps the one it was made under. Another number of judgements per task holds for the tasks already there too;
 * they follow after the project, in steps: where one fails, the same change sent again goes through them anew.
 *
 * @throws DomainError not_found, also for a project of another workspace.
 */
export async function changeProject(db: Database, by: Actor, id: string, change: ProjectChange): Promise<ProjectView> {
  const { guideline, mustRead, ...settings } = change;
  const data = Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
  const project = await db.$transaction(async (tx) => {
    await lockProject(tx, by.workspaceId, id);
    await tx.project.updateMany({ where: { workspaceId: by.workspaceId, id }, data });
    const published =
      guideline !== undefined && (await addGuideline(tx, by, id, guideline, mustBeRead(guideline, mustRead)));
    // The text itself stands in the guideline's versions.
    const told = {
      ...toldOf(settings),
      guideline: guideline === undefined ? undefined : "changed",
      mustRead: published && guideline !== undefined ? mustBeRead(guideline, mustRead) : undefined,
    };
    // Whoever was known to be within the share that held before is counted anew.
    if (change.shareLimit !== undefined) await tx.tally.updateMany({ where: { projectId: id }, data: { allowed: 0 } });
    await recordAudit(tx, by, "project.changed", id, told);
    const row = await tx.project.findUniqueOrThrow({ where: { id }, include: projectInclude });
    return toProjectView(row);
  });
  if (change.languagesOnly) await tellLanguages(db, id);
  if (change.overlap !== undefined) await giveTasksOverlap(db, id, change.overlap);
  return project;
}

function toldOf({
  groups,
  dailyLimit,
  shareLimit,
  dueAt,
  language,
  ...settings
}: Omit<ProjectChange, "guideline" | "mustRead">) {
  const orNone = <T>(value: T | null | undefined) => (value === null ? "—" : value);
  const limits = { dailyLimit: orNone(dailyLimit), shareLimit: orNone(shareLimit), dueAt: orNone(dueAt) };
  return { ...settings, ...limits, language: language ?? undefined, groups: groups && (groups.join(", ") || "—") };
}

/** Versions are numbered without gaps, so changes to one project follow one another. */
export async function lockProject(tx: Transaction, workspaceId: string, id: string): Promise<void> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM project WHERE workspace_id = ${workspaceId}::uuid AND id = ${id}::uuid FOR UPDATE`;
  if (rows.length === 0) throw refused("notThere", { kind: "project" });
}

/** Says whether there is a new version. */
async function addGuideline(
  tx: Transaction,
  by: Actor,
  projectId: string,
  text: string,
  mustRead: boolean,
): Promise<boolean> {
  const { workspaceId } = by;
  const newest = await tx.guideline.findFirst({ where: { workspaceId, projectId }, orderBy: { version: "desc" } });
  if (newest?.text === text) return false;
  const version = (newest?.version ?? 0) + 1;
  await tx.guideline.create({ data: { workspaceId, projectId, version, text, mustRead } });
  await countAsReader(tx, by, projectId, version);
  return true;
}
