import { GuidelineReaders, type GuidelineToRead, refused } from "@touchstone/contracts";
import type { Annotator } from "../assignment/annotator.ts";
import type { Database } from "../client.ts";
import { assertProject } from "../projects/queries.ts";
import { readGuidelineIn } from "../projects/reader-texts.ts";
import { assertMayWork } from "./may-work.ts";

/**
 * The version in force, beside the one that this person has read last. Both are in the reader's language where the one in
 * force was translated, and both in the project's own where it was not: two languages can't be compared.
 *
 * @param language of the project's translations, the one in which this reader is spoken to; null: its own
 * @throws DomainError not_found, also where an open link led the annotator elsewhere.
 */
export async function guidelineToRead(
  db: Database,
  who: Annotator,
  projectId: string,
  language: string | null,
): Promise<GuidelineToRead> {
  await assertMayWork(db, who, projectId, "guideline");
  const [inForce, project, tally] = await Promise.all([
    db.guideline.findFirst({ where: { projectId }, orderBy: { version: "desc" } }),
    db.project.findUniqueOrThrow({ where: { id: projectId }, select: { guidelineRequired: true } }),
    db.tally.findUnique({ where: { memberId_projectId: { memberId: who.memberId, projectId } } }),
  ]);
  if (!inForce) throw refused("notYours", { kind: "guideline" });
  const read = tally?.guidelineRead ?? 0;
  const before =
    read === 0 ? null : await db.guideline.findUnique({ where: { projectId_version: { projectId, version: read } } });
  const translated = language === null ? null : await readGuidelineIn(db, inForce.id, language);
  const inSameLanguage = async (id: string, own: string): Promise<string | null> =>
    translated === null || language === null ? own : readGuidelineIn(db, id, language);
  return {
    version: inForce.version,
    text: translated ?? inForce.text,
    createdAt: inForce.createdAt.toISOString(),
    required: read < project.guidelineRequired,
    before: before ? { version: before.version, text: await inSameLanguage(before.id, before.text) } : null,
  };
}

/**
 * Keeps that a person has read a version. An older one than is in force counts as that one: whoever confirms while another
 * is published reads that too, beside the one they have just read.
 *
 * @throws DomainError not_found, also for a version that there is not.
 */
export async function readGuideline(db: Database, who: Annotator, projectId: string, version: number): Promise<void> {
  await assertMayWork(db, who, projectId, "guideline");
  const found = await db.guideline.findUnique({ where: { projectId_version: { projectId, version } } });
  if (!found) throw refused("notThere", { kind: "guideline", at: "version" });
  await db.$executeRaw`
    SELECT read_guideline(${who.workspaceId}::uuid, ${projectId}::uuid, ${who.memberId}::uuid, ${version}::int)`;
}

/**
 * Who of those who have worked in a project has read the version in force; those who have not come first.
 *
 * @throws DomainError not_found, also for a project of another workspace.
 */
export async function listGuidelineReaders(
  db: Database,
  workspaceId: string,
  projectId: string,
): Promise<GuidelineReaders> {
  await assertProject(db, workspaceId, projectId);
  const [row] = await db.$queryRaw<unknown[]>`
    WITH worker AS (
      SELECT m.id, m.name, y.guideline_read AS version, y.guideline_read >= p.guideline_version AS up_to_date, r.read_at
      FROM tally y
      JOIN project p ON p.id = y.project_id
      JOIN member m ON m.id = y.member_id AND m.kind = 'person' AND m.disabled_at IS NULL
      LEFT JOIN guideline_reading r
        ON r.project_id = y.project_id AND r.member_id = y.member_id AND r.version = y.guideline_read
      WHERE y.project_id = ${projectId}::uuid)
    SELECT p.guideline_version AS version, p.guideline_required AS required,
      (SELECT count(*)::int FROM worker WHERE up_to_date) AS read,
      (SELECT count(*)::int FROM worker WHERE NOT up_to_date) AS unread,
      (SELECT coalesce(jsonb_agg(jsonb_build_object('member', jsonb_build_object('id', w.id, 'name', w.name),
          'version', w.version, 'readAt', to_char(w.read_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
          ORDER BY w.up_to_date, w.name, w.id), '[]')
        FROM (SELECT * FROM worker ORDER BY up_to_date, name, id LIMIT 500) w) AS items
    FROM project p WHERE p.id = ${projectId}::uuid`;
  return GuidelineReaders.parse(row);
}
