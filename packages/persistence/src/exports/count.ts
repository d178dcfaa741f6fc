import type { ExportCounts, QuestionKind } from "@touchstone/contracts";
import { type Wanted, whileWanted } from "../cancel-when-gone.ts";
import type { Database, Transaction } from "../client.ts";
import { pairIsOpen } from "../evaluations/open-pairs.ts";
import { countLeftOut } from "../left-out/list-left-out.ts";
import { assertProject } from "../projects/queries.ts";

interface Scope {
  readonly workspaceId: string;
  readonly projectId: string;
  readonly includeSimulated: boolean;
}

interface CountRow {
  judgements: number;
  comparisons: number;
  ties: number;
  ratings: number;
  withoutText: number;
  simulated: number;
  demonstrations: number;
  stepwise: number;
  skips: number;
  blind: number;
}

/** Below every rank that can be given: where the rest stand. */
const restRank = 1_000;

/** The statement reads all judgements of a project; Prisma would otherwise end it after five seconds. */
const timeoutMs = 5 * 60_000;

/**
 * Counts in one statement the rows that each export would have at this instant, without freezing a label set. The
 * conditions are those of labeling's `normalise`, `rankingPairs` and `BestAnswers`, with signals in sixths as there.
 *
 * @param wanted where somebody waits for the counts: the statement under way is cancelled once nobody does any more.
 * @throws DomainError not_found.
 */
export async function countExports(db: Database, scope: Scope, wanted?: Wanted): Promise<ExportCounts> {
  await assertProject(db, scope.workspaceId, scope.projectId);
  return db.$transaction((tx) => whileWanted(tx, wanted, () => count(tx, scope)), { timeout: timeoutMs });
}

async function count(tx: Transaction, scope: Scope): Promise<ExportCounts> {
  const { workspaceId, projectId, includeSimulated } = scope;
  const [row] = await tx.$queryRaw<CountRow[]>`
      WITH counting AS (
        SELECT judgement_id, question_kind, task_id, evaluation_id, prompt_id, completion_ids, source, answer->>'choice' AS choice,
          CASE WHEN question_kind = 'preference' THEN
            (4 - (answer->>'step')::int) * CASE WHEN shown_order[1] = 0 THEN 1 ELSE -1 END END AS outcome,
          CASE WHEN question_kind = 'rating' THEN (answer->>'score')::int END AS score,
          CASE WHEN question_kind = 'ranking' THEN answer->'ranks' END AS ranks, shown_order,
          -- How many pairs a ranking decides, and how many it ties.
          CASE WHEN question_kind = 'ranking' THEN (
            SELECT ARRAY[count(*) FILTER (WHERE one.rank IS DISTINCT FROM other.rank), count(*) FILTER (WHERE one.rank = other.rank)]
            FROM jsonb_array_elements_text(answer->'ranks') WITH ORDINALITY AS one (rank, place)
            JOIN jsonb_array_elements_text(answer->'ranks') WITH ORDINALITY AS other (rank, place) ON one.place < other.place
          ) END AS pairs,
          question_kind = 'correction' AND answer->>'choice' = 'edited' AS edited,
          question_kind IN ('correction', 'demonstration') AS written,
          -- The best is better than each other one, and each of those between is better than the worst.
          CASE WHEN question_kind = 'best-worst' THEN 2 * cardinality(completion_ids) - 3 END AS pairs_of_best,
          CASE WHEN question_kind = 'best-worst' THEN shown_order[(answer->>'best')::int + 1] END AS best,
          CASE WHEN question_kind = 'best-worst' THEN shown_order[(answer->>'worst')::int + 1] END AS worst,
          CASE WHEN question_kind = 'aspects' THEN (
            SELECT sum(jsonb_array_length(scores.value))::int FROM jsonb_each(answer->'ratings') AS scores) END AS scores,
          -- A picture or a sound has no steps.
          question_kind = 'steps' AND EXISTS (SELECT FROM completion c WHERE c.id = ANY (completion_ids) AND c.text ~ '\S') AS stepwise,
          -- A task may show the prompt alone.
          coalesce((SELECT bool_and(c.text IS NOT NULL OR c.media IS NOT NULL) FROM completion c WHERE c.id = ANY (completion_ids)), true) AS readable
        FROM effective_answer
        WHERE workspace_id = ${workspaceId}::uuid AND project_id = ${projectId}::uuid
      ), open_pair AS (
        SELECT t.id FROM task t
        WHERE t.id IN (SELECT task_id FROM counting WHERE evaluation_id IS NOT NULL) AND ${pairIsOpen}
      ), wanted AS (SELECT * FROM counting WHERE ${includeSimulated} OR source <> 'simulated'
      ), signal AS (
        SELECT prompt_id, completion_ids[1] AS completion_id, 3 * (score - 3) AS sixths FROM wanted
        WHERE readable AND question_kind = 'rating'
        UNION ALL
        SELECT prompt_id, side.id, CASE WHEN choice = 'both-bad' THEN -6 WHEN side.place = 1 THEN 2 * outcome ELSE -2 * outcome END
        FROM wanted, unnest(completion_ids) WITH ORDINALITY AS side (id, place)
        WHERE readable AND question_kind = 'preference'
        UNION ALL
        SELECT prompt_id, completion_ids[shown_order[one.place] + 1],
          4 * (SELECT sum(sign(coalesce(other.rank::int, ${restRank}) - coalesce(one.rank::int, ${restRank})))::int
            FROM jsonb_array_elements_text(ranks) AS other (rank))
        FROM wanted, jsonb_array_elements_text(ranks) WITH ORDINALITY AS one (rank, place)
        WHERE readable AND question_kind = 'ranking'
        UNION ALL
        SELECT prompt_id, side.id, CASE side.place - 1 WHEN best THEN 4 WHEN worst THEN -4 ELSE 0 END * (cardinality(completion_ids) - 1)
        FROM wanted, unnest(completion_ids) WITH ORDINALITY AS side (id, place)
        WHERE readable AND question_kind = 'best-worst'
      ), liked AS (
        SELECT s.prompt_id FROM signal s JOIN completion c ON c.id = s.completion_id
        GROUP BY s.prompt_id, sha256(convert_to(coalesce(c.text, ''), 'UTF8')), jsonb_path_query_array(c.media, '$[*].sha256')
        HAVING sum(sixths) > 0
      )
      SELECT count(DISTINCT judgement_id)::int AS judgements,
        (count(*) FILTER (WHERE readable AND (outcome <> 0 OR edited))
          + coalesce(sum(pairs[1]) FILTER (WHERE readable), 0)
          + coalesce(sum(pairs_of_best) FILTER (WHERE readable), 0))::int AS comparisons,
        (count(*) FILTER (WHERE readable AND (outcome = 0 OR choice = 'both-bad'))
          + coalesce(sum(pairs[2]) FILTER (WHERE readable), 0))::int AS ties,
        (count(*) FILTER (WHERE readable AND question_kind = 'rating')
          + coalesce(sum(scores) FILTER (WHERE readable), 0))::int AS ratings,
        count(*) FILTER (WHERE readable AND stepwise)::int AS stepwise,
        count(DISTINCT judgement_id) FILTER (WHERE NOT readable)::int AS "withoutText",
        (SELECT count(DISTINCT judgement_id) FROM counting WHERE source = 'simulated')::int AS simulated,
        count(*) FILTER (WHERE readable AND written)::int + (SELECT count(DISTINCT prompt_id) FROM liked)::int AS demonstrations,
        count(DISTINCT judgement_id) FILTER (WHERE task_id IN (SELECT id FROM open_pair))::int AS blind,
        (SELECT count(*) FROM lease l JOIN member m ON m.id = l.member_id
          WHERE l.project_id = ${projectId}::uuid AND l.state = 'skipped'
            AND (${includeSimulated} OR m.kind <> 'simulated'))::int AS skips
      FROM wanted`;
  const leftOut = await countLeftOut(tx, { projectId, includeSimulated, includeEvaluations: true });
  const kinds = await tx.$queryRaw<{ kind: QuestionKind }[]>`
      SELECT DISTINCT asked ->> 'kind' AS kind FROM questionnaire q, jsonb_array_elements(q.questions) AS asked
      WHERE q.project_id = ${projectId}::uuid
        AND EXISTS (SELECT FROM task t WHERE t.questionnaire_id = q.id) ORDER BY 1`;
  if (!row) throw new Error("A count has no row.");
  const { judgements, comparisons, ratings, demonstrations, stepwise, ties, withoutText, simulated, skips, blind } =
    row;
  return {
    rows: { "trl-preference": comparisons, ratings, "sft-messages": demonstrations, stepwise, judgements },
    ties,
    withoutText,
    skips,
    blind,
    simulated,
    leftOut,
    asks: kinds.map(({ kind }) => kind),
  };
}
