import { LabelSetDetails, refused, toldSelection } from "@touchstone/contracts";
import { type Wanted, whileWanted } from "../cancel-when-gone.ts";
import type { Database, Transaction } from "../client.ts";
import { comparedSelect, toCompared } from "../evaluations/compared.ts";
import { Prisma } from "../generated/client.ts";
import { countLeftOutOf } from "../left-out/of-label-set.ts";
import { modelNameSelect, toModelName } from "../models/view.ts";
import { labelSetAgreement } from "../quality/set-agreement.ts";
import { readLabelSetRows } from "./rows.ts";

/** It looks at all of a set of millions; Prisma would otherwise end it after five seconds. */
const timeoutMs = 10 * 60_000;

/**
 * What is in a label set and what has been made of it, counted now.
 *
 * @param wanted where somebody waits for it: the statement under way is cancelled once nobody does any more.
 * @throws DomainError not_found, also for a set of another workspace.
 */
export async function getLabelSet(
  db: Database,
  workspaceId: string,
  id: string,
  wanted?: Wanted,
): Promise<LabelSetDetails> {
  return db.$transaction((tx) => whileWanted(tx, wanted, () => read(tx, workspaceId, id)), { timeout: timeoutMs });
}

async function read(tx: Transaction, workspaceId: string, id: string): Promise<LabelSetDetails> {
  const found = await tx.labelSet.findFirst({
    where: { workspaceId, id, project: { deletedAt: null } },
    include: { project: { select: { id: true, name: true } }, note: true },
  });
  if (!found) throw refused("notThere", { kind: "labelSet" });
  const { project, note } = found;
  const [row] = await readLabelSetRows(tx, Prisma.sql`s.id = ${id}::uuid`);
  const runs = await tx.run.findMany({
    where: { workspaceId, labelSetId: id },
    orderBy: { id: "asc" },
    take: mostNamed,
    select: { id: true, name: true, number: true, kind: true },
  });
  const models = await tx.modelVersion.findMany({
    where: { workspaceId, labelSetId: id },
    orderBy: { id: "asc" },
    take: mostNamed,
    select: modelNameSelect,
  });
  const ofSet = { labelSetId: id };
  const evaluations = await tx.evaluation.findMany({
    where: {
      workspaceId,
      OR: [{ candidate: ofSet }, { baseline: ofSet }, { others: { some: { modelVersion: ofSet } } }],
    },
    orderBy: { id: "asc" },
    take: mostNamed,
    select: { id: true, name: true, bestOf: true, ...comparedSelect },
  });
  const [exports] = await tx.$queryRaw<unknown[]>`
    SELECT count(*)::int AS count, to_char(max(a.at) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS last
    FROM audit_event a WHERE a.workspace_id = ${workspaceId}::uuid AND a.action = 'export.opened' AND a.subject = ${id}
      AND NOT a.detail ? 'file'`;
  return LabelSetDetails.parse({
    ...row,
    project,
    selection: note?.selection ? toldSelection(note.selection) : null,
    includesEvaluations: note?.includesEvaluations ?? null,
    publishedAt: note?.publishedAt?.toISOString() ?? null,
    leftOutSince: await countLeftOutOf(tx, id),
    ...(await contentsOf(tx, id)),
    agreement: await labelSetAgreement(tx, id),
    usedBy: {
      runs,
      models: models.map(toModelName),
      evaluations: evaluations.map((evaluation) => ({ ...evaluation, ...toCompared(evaluation) })),
    },
    exports,
  });
}

/** Things that a page names; of more the oldest. */
const mostNamed = 50;

interface Group {
  readonly source: string | null;
  readonly version: number | null;
  readonly split: string | null;
  readonly by: "source" | "guideline" | "split" | "all";
  readonly judgements: number;
  readonly annotators: number;
  readonly items: number;
  readonly prompts: number;
  readonly from: string | null;
  readonly to: string | null;
}

/** One look at all of the set for whatever can be counted together, and one at what was asked. */
async function contentsOf(tx: Transaction, id: string) {
  const groups = await tx.$queryRaw<Group[]>`
    SELECT j.source::text AS source, g.version, p.split::text AS split,
      CASE WHEN grouping(j.source) = 0 THEN 'source' WHEN grouping(g.version) = 0 THEN 'guideline'
        WHEN grouping(p.split) = 0 THEN 'split' ELSE 'all' END AS by,
      count(*)::int AS judgements, count(DISTINCT j.member_id)::int AS annotators,
      CASE WHEN grouping(j.source, g.version, p.split) = 7 THEN count(DISTINCT t.id)::int ELSE 0 END AS items,
      CASE WHEN grouping(j.source, g.version, p.split) = 7 THEN count(DISTINCT t.prompt_id)::int ELSE 0 END AS prompts,
      to_char(min(j.created_at) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "from",
      to_char(max(j.created_at) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "to"
    FROM label_set_item i JOIN judgement j ON j.id = i.judgement_id JOIN task t ON t.id = j.task_id
    JOIN prompt p ON p.id = t.prompt_id JOIN guideline g ON g.id = j.guideline_id
    WHERE i.label_set_id = ${id}::uuid
    GROUP BY GROUPING SETS ((j.source), (g.version), (p.split), ()) ORDER BY judgements DESC, g.version`;
  const kinds = await tx.$queryRaw<unknown[]>`
    SELECT asked ->> 'kind' AS kind, count(*)::int AS answers
    FROM label_set_item i JOIN judgement j ON j.id = i.judgement_id JOIN task t ON t.id = j.task_id
    JOIN questionnaire q ON q.id = t.questionnaire_id CROSS JOIN LATERAL jsonb_array_elements(q.questions) AS asked
    WHERE i.label_set_id = ${id}::uuid AND (jsonb_array_length(q.questions) = 1 OR j.answer ? (asked ->> 'name'))
    GROUP BY 1 ORDER BY 2 DESC, 1`;
  const of = (by: Group["by"]) => groups.filter((group) => group.by === by);
  const [all] = of("all");
  return {
    prompts: all?.prompts ?? 0,
    items: all?.items ?? 0,
    from: all?.from ?? null,
    to: all?.to ?? null,
    kinds,
    labelled: of("source"),
    splits: of("split"),
    guidelines: of("guideline"),
  };
}
