import { type QuestionKind, type ReasonWord, refused, type TrainingSpec } from "@touchstone/contracts";
import type { Database } from "../client.ts";
import { toolTurns } from "../generation/prompts.ts";

interface LabelCount {
  kind: "preference" | "rating";
  labels: bigint;
  classes: bigint;
}

/**
 * Labels a reward, ILQL or DPO run could learn from, as they stand now: those of the training split,
 * counted as the trainer counts them. One class means that every comparison is a tie, or that every rating is the same score: there is nothing to tell apart.
 * @throws DomainError too_few_labels or one_class, saying how many are there and how many are needed.
 */
export async function assertLearnable(
  db: Database,
  where: { workspaceId: string; projectId: string; includeSimulated: boolean },
  spec: TrainingSpec,
): Promise<void> {
  if (spec.trainer !== "reward" && spec.trainer !== "ilql" && spec.trainer !== "dpo") return;
  const counts = await db.$queryRaw<LabelCount[]>`
    SELECT CASE WHEN j.question_kind IN ('rating', 'aspects') THEN 'rating' ELSE 'preference' END AS kind,
           sum(CASE
             WHEN j.question_kind = 'ranking' AND ${readsPairs(spec)} THEN (
               SELECT (k * (k - 1) - rest * (rest - 1)) / 2 FROM (SELECT jsonb_array_length(j.answer -> 'ranks') AS k,
                 jsonb_array_length(jsonb_path_query_array(j.answer -> 'ranks', '$[*] ? (@ == null)')) AS rest) AS ranked)
             -- The best is better than each other one, and each of those between is better than the worst.
             WHEN j.question_kind = 'best-worst' THEN 2 * cardinality(j.completion_ids) - 3
             WHEN j.question_kind = 'aspects' THEN (SELECT count(*) FROM jsonb_path_query(j.answer, '$.ratings.*[*]'))
             ELSE 1 END) AS labels,
           count(DISTINCT CASE j.question_kind
             WHEN 'rating' THEN j.answer ->> 'score'
             WHEN 'correction' THEN 'win'
             WHEN 'aspects' THEN (SELECT min(score::int)::text FROM jsonb_path_query(j.answer, '$.ratings.*[*]') AS score)
             WHEN 'best-worst' THEN 'win'
             -- A ranking is its pairs: all of one rank, and without a rest, they are ties.
             WHEN 'ranking' THEN CASE WHEN (SELECT count(DISTINCT rank) FROM jsonb_array_elements(j.answer -> 'ranks') AS rank) > 1 THEN 'win' END
             ELSE CASE WHEN j.answer ->> 'choice' = 'both-bad' OR (j.answer ->> 'step')::int = 4 THEN 'tie' ELSE 'win' END
           END) FILTER (WHERE j.question_kind IN ('rating', 'ranking', 'aspects', 'best-worst', 'correction') OR NOT (j.answer ->> 'choice' = 'both-bad' OR (j.answer ->> 'step')::int = 4))
             -- One answer may hold scores that differ.
             + coalesce(bool_or(j.question_kind = 'aspects' AND
                 (SELECT min(score::int) < max(score::int) FROM jsonb_path_query(j.answer, '$.ratings.*[*]') AS score)), false)::int AS classes
    FROM effective_answer j
    JOIN prompt p ON p.id = j.prompt_id AND p.split = 'train'
    WHERE j.workspace_id = ${where.workspaceId}::uuid AND j.project_id = ${where.projectId}::uuid
      AND j.evaluation_id IS NULL AND j.question_kind = ANY (${kindsRead(spec)})
      AND (${where.includeSimulated} OR j.source <> 'simulated')
      -- A correction compares the answer that was shown with what somebody made of it.
      AND (j.question_kind <> 'correction' OR j.answer ->> 'choice' = 'edited')
      AND NOT EXISTS (
        SELECT FROM completion c WHERE c.id = ANY (j.completion_ids) AND (c.text IS NULL OR c.media IS NOT NULL
          OR c.text LIKE '{"schema_version":"ATIF-v%'))
      -- Trainers read texts, and neither pictures nor sounds, nor calls of tools.
      AND NOT EXISTS (SELECT FROM media_use u WHERE u.prompt_id = j.prompt_id)
      AND NOT p.messages @? ${toolTurns}::jsonpath
    GROUP BY 1`;
  for (const wanted of kindsOf(spec)) assertEnough(counts, wanted, spec.minimumLabels, where.includeSimulated);
}

/** The kinds of question whose answers a trainer reads. */
function kindsRead(spec: Extract<TrainingSpec, { trainer: "reward" | "ilql" | "dpo" }>): QuestionKind[] {
  const kinds: QuestionKind[] = ["preference", "ranking", "rating", "best-worst", "correction"];
  // Only a reward per aspect learns from what was said of aspects; offline learning reads every judged answer.
  const readsAspects = spec.trainer === "ilql" || (spec.trainer === "reward" && spec.objective.kind === "per-aspect");
  return readsAspects ? [...kinds, "aspects"] : kinds;
}

/** Whether a ranking counts as its pairs, of which those of the rest are none; else it is one label. */
function readsPairs(spec: Extract<TrainingSpec, { trainer: "reward" | "ilql" | "dpo" }>): boolean {
  return spec.trainer === "dpo" || (spec.trainer === "reward" && spec.objective.kind !== "plackett-luce");
}

/** What a trainer reads: each kind has to be there by itself; null for either. */
function kindsOf(spec: Extract<TrainingSpec, { trainer: "reward" | "ilql" | "dpo" }>): (LabelCount["kind"] | null)[] {
  if (spec.trainer === "ilql") return [null];
  switch (spec.objective.kind) {
    case "squared-error":
    case "per-aspect":
      return ["rating"];
    case "combined":
      return ["preference", "rating"];
    default:
      return ["preference"];
  }
}

const nounOf = { rating: "ratings", preference: "comparisons" } as const satisfies Record<
  LabelCount["kind"],
  ReasonWord
>;

function assertEnough(
  counts: readonly LabelCount[],
  wanted: LabelCount["kind"] | null,
  minimum: number,
  includeSimulated: boolean,
): void {
  const usable = counts.filter((count) => wanted === null || count.kind === wanted);
  const labels = usable.reduce((sum, count) => sum + Number(count.labels), 0);
  const kind = wanted === null ? "judgements" : nounOf[wanted];
  if (labels < minimum) throw refused(includeSimulated ? "tooFewLabels" : "tooFewByPeople", { kind, labels, minimum });
  const varied = usable.some((count) => Number(count.classes) > (count.kind === "rating" ? 1 : 0));
  if (!varied) throw refused(wanted === "rating" ? "allOneScore" : "allTies", { kind, labels });
}
