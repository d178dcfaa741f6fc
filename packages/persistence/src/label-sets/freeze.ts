import { createHash } from "node:crypto";
import { LeftOutCounts } from "@touchstone/contracts";
import { type Wanted, whileWanted } from "../cancel-when-gone.ts";
import type { Database, Transaction } from "../client.ts";
import { Prisma } from "../generated/client.ts";
import { leftOutByReason } from "../left-out/list-left-out.ts";

export interface LabelSetScope {
  workspaceId: string;
  projectId: string;
  /** Simulated judgements stay out unless asked for. */
  includeSimulated: boolean;
  /** Blind evaluations measure policies and never train them, so they stay out unless an export asks for all. */
  includeEvaluations?: boolean;
  /** Only the judgements of these tasks; left out, of all. */
  tasks?: readonly string[];
}

export interface FrozenLabelSet {
  id: string;
  sha256: string;
  judgements: number;
  comparisons: number;
  ratings: number;
  /** Judgements that stood and were left out when it was asked for, by why; an equal set may have been frozen before. */
  leftOut: LeftOutCounts;
}

/** Hashing reads this many lines at a time; the memory of the process does not depend on the size of the set. */
const linesAtOnce = 10_000;
/** A set of millions takes minutes, and Prisma would otherwise end the transaction after five seconds. */
const timeoutMs = 30 * 60_000;

/**
 * Freezes the judgements that count at this instant into an immutable, hashed label set. When an equal set of the
 * project exists already, that one is returned: equal content is one set.
 *
 * The hash is SHA-256 over one line a judgement, ordered by id: `ID ORDER ANSWER\n`, with the shown order as `{0,1}` and
 * the answer as Postgres prints jsonb. Anyone who has the judgements can compute it again.
 *
 * @param along what is to be written in the same transaction.
 * @param wanted where somebody waits for the set: the statement under way is cancelled once nobody does any more.
 */
export async function freezeLabelSet(
  db: Database,
  scope: LabelSetScope,
  along: (tx: Transaction, frozen: FrozenLabelSet) => Promise<void> = async () => undefined,
  wanted?: Wanted,
): Promise<FrozenLabelSet> {
  return db.$transaction(
    (tx) =>
      whileWanted(tx, wanted, async () => {
        const frozen = await freeze(tx, scope);
        await along(tx, frozen);
        return frozen;
      }),
    { timeout: timeoutMs },
  );
}

async function freeze(tx: Transaction, scope: LabelSetScope): Promise<FrozenLabelSet> {
  // What is chosen stays until it is written down: a deletion waits (`advanceDeletion`), and other freezers don't.
  await tx.$executeRaw`SELECT pg_advisory_xact_lock_shared(hashtextextended('freezing ' || ${scope.projectId}, 0))`;
  const leftOut = await selectJudgements(tx, scope);
  const sha256 = await hashSelected(tx);
  const counts = await countSelected(tx);
  const { workspaceId, projectId } = scope;
  const includesSimulated = scope.includeSimulated;
  // Two that freeze the same content at once must not both find nothing. The project's row is left to its editors.
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('label set ' || ${projectId}, 0))`;
  const same = await tx.labelSet.findFirst({ where: { workspaceId, projectId, sha256, includesSimulated } });
  if (same) return { id: same.id, sha256, ...counts, leftOut };
  const made = await tx.labelSet.create({ data: { workspaceId, projectId, sha256, includesSimulated, counts } });
  await tx.$executeRaw`
        INSERT INTO label_set_item (workspace_id, label_set_id, judgement_id)
        SELECT ${workspaceId}::uuid, ${made.id}::uuid, id FROM frozen_judgement ORDER BY id`;
  return { id: made.id, sha256, ...counts, leftOut };
}

/** @returns what stands and is left out, at the same instant */
async function selectJudgements(tx: Transaction, scope: LabelSetScope): Promise<LeftOutCounts> {
  // One statement sees one instant; everything after reads this copy.
  await tx.$executeRaw`CREATE TEMPORARY TABLE frozen_judgement (id uuid, comparisons int, ratings int, line text) ON COMMIT DROP`;
  const leftOut = await tx.$queryRaw<unknown[]>`
    WITH chosen AS (INSERT INTO frozen_judgement
    SELECT id, answered.comparisons, answered.ratings, id || ' ' || shown_order::text || ' ' || answer::text || E'\n'
    FROM effective_judgement
    CROSS JOIN LATERAL (
      SELECT count(*) FILTER (WHERE asked ->> 'kind' = 'preference') AS comparisons,
        count(*) FILTER (WHERE asked ->> 'kind' = 'rating') AS ratings
      FROM jsonb_array_elements(questions) AS asked
      WHERE jsonb_array_length(questions) = 1 OR answer ? (asked ->> 'name')) AS answered
    WHERE workspace_id = ${scope.workspaceId}::uuid AND project_id = ${scope.projectId}::uuid
      AND (${scope.includeSimulated} OR source <> 'simulated')
      AND (${scope.includeEvaluations ?? false} OR evaluation_id IS NULL)
      ${scope.tasks ? Prisma.sql`AND task_id = ANY (${scope.tasks}::uuid[])` : Prisma.empty})
    ${leftOutByReason({ ...scope, includeEvaluations: scope.includeEvaluations ?? false })}`;
  await tx.$executeRaw`CREATE INDEX ON frozen_judgement (id)`;
  await tx.$executeRaw`ANALYZE frozen_judgement`;
  return LeftOutCounts.parse(leftOut);
}

async function hashSelected(tx: Transaction): Promise<string> {
  const hash = createHash("sha256");
  let after = "00000000-0000-0000-0000-000000000000";
  for (;;) {
    const [block] = await tx.$queryRaw<{ lines: string | null; last: string | null; count: bigint }[]>`
      SELECT string_agg(line, '' ORDER BY id) AS lines, (array_agg(id ORDER BY id DESC))[1] AS last, count(*) AS count FROM (
        SELECT id, line FROM frozen_judgement WHERE id > ${after}::uuid ORDER BY id LIMIT ${linesAtOnce}) AS block`;
    if (!block?.lines || block.last === null) return hash.digest("hex");
    hash.update(block.lines);
    after = block.last;
  }
}

async function countSelected(tx: Transaction): Promise<{ judgements: number; comparisons: number; ratings: number }> {
  const [row] = await tx.$queryRaw<{ judgements: bigint; comparisons: bigint; ratings: bigint }[]>`
    SELECT count(*) AS judgements, coalesce(sum(comparisons), 0) AS comparisons, coalesce(sum(ratings), 0) AS ratings
    FROM frozen_judgement`;
  if (!row) throw new Error("A count has no row.");
  return {
    judgements: Number(row.judgements),
    comparisons: Number(row.comparisons),
    ratings: Number(row.ratings),
  };
}
