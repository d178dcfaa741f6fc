import type { CardFacts } from "@touchstone/datasets";
import type { Database } from "../client.ts";
import { countDeletedOf } from "../label-sets/deleted.ts";
import { erasedOf } from "../label-sets/erased.ts";
import { labelSetAgreement } from "../quality/set-agreement.ts";

/** What a data card says of a label set beside its rows, and when the set was frozen. */
export type LabelSetFacts = CardFacts & { readonly createdAt: Date };

/** Of many judgements this takes seconds: who labelled is counted over all of the set, agreement over its items that were judged last. */
export async function labelSetFacts(db: Database, workspaceId: string, labelSetId: string): Promise<LabelSetFacts> {
  const set = await db.labelSet.findFirstOrThrow({
    where: { workspaceId, id: labelSetId },
    include: { project: { select: { name: true } } },
  });
  const [labelled, [guideline], agreement, deleted, erased] = await Promise.all([
    db.$queryRaw<{ source: string; annotators: number; judgements: number }[]>`
      SELECT j.source::text AS source, count(DISTINCT j.member_id)::int AS annotators, count(*)::int AS judgements
      FROM label_set_item i JOIN judgement j ON j.id = i.judgement_id
      WHERE i.label_set_id = ${labelSetId}::uuid GROUP BY 1 ORDER BY 1`,
    db.$queryRaw<{ version: number; text: string }[]>`
      SELECT g.version, g.text FROM guideline g
      WHERE g.project_id = ${set.projectId}::uuid AND EXISTS (
        SELECT FROM label_set_item i JOIN judgement j ON j.id = i.judgement_id
        WHERE i.label_set_id = ${labelSetId}::uuid AND j.guideline_id = g.id)
      ORDER BY g.version DESC LIMIT 1`,
    labelSetAgreement(db, labelSetId),
    countDeletedOf(db, labelSetId),
    erasedOf(db, [labelSetId]),
  ]);
  return {
    projectName: set.project.name,
    labelSetId,
    labelSetSha256: set.sha256,
    createdAt: set.createdAt,
    judgements: labelled.reduce((sum, { judgements }) => sum + judgements, 0),
    deletedSince: deleted,
    erasedSince: erased(labelSetId)?.judgements ?? 0,
    guideline: guideline ?? null,
    labelled,
    agreement: agreement.map(({ name, title, kind, alpha }) => ({ question: title || name, kind, alpha })),
  };
}
