import type { StandingQuery } from "@touchstone/contracts";
import type { ModelComparison } from "@touchstone/labeling";
import { z } from "zod";
import type { Database } from "../client.ts";
import type { Scope } from "./counted-judgements.ts";

/** Pairs of an evaluation's answers that were equal, so that nobody was asked about them: the prompt's cluster, and whose they were. */
export const EqualPairs = z.array(z.tuple([z.string(), z.uuid(), z.uuid()]));
export type EqualPairs = z.infer<typeof EqualPairs>;

/**
 * The ties of an evaluation that were known beforehand, each as heavy as the judgements that its pair would have got. They
 * belong to the result of the evaluation as a whole: of a part of its judgements nobody can say which of them are part.
 */
export async function equalPairs(
  db: Database,
  { workspaceId, projectId }: Scope,
  query: StandingQuery,
): Promise<ModelComparison[]> {
  const { evaluation: id, ties: _ties, includeSimulated: _simulated, by: _by, ...narrower } = query;
  if (id === undefined || Object.values(narrower).some((value) => value !== undefined)) return [];
  const evaluation = await db.evaluation.findFirst({
    where: { id, workspaceId, projectId, bestOf: null },
    select: { equalPairs: true, overlap: true, ask: true, _count: { select: { others: true } } },
  });
  if (!evaluation) return [];
  const { ask, overlap, _count } = evaluation;
  const share = ask === "ranking" ? 2 / (2 + _count.others) : 1;
  return EqualPairs.parse(evaluation.equalPairs).map(([prompt, a, b]) => ({
    a,
    b,
    won: "tie",
    first: null,
    weight: overlap * share,
    count: overlap,
    prompt,
  }));
}
