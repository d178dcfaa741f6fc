import { useQueries, useQuery } from "@tanstack/react-query";
import { lineageQuery, modelsQuery } from "../models/model-queries.ts";
import { runQuery } from "../runs/run-queries.ts";
import type { Comparison } from "./compare-address.ts";
import { type Subject, subjectOfModel, subjectOfRun } from "./subject.ts";

/** One that was chosen, as far as it is known. */
export interface Chosen {
  readonly id: string;
  readonly as: "model" | "run";
  readonly subject: Subject | null;
  /** Why it can't be shown, such as that it is deleted; the others are. */
  readonly error: Error | null;
}

/** All that is compared, models first, each as soon as it is there. */
export function useSubjects({ models, runs }: Pick<Comparison, "models" | "runs">): readonly Chosen[] {
  const lineages = useQueries({ queries: models.map(lineageQuery) });
  const asked = useQueries({ queries: runs.map(runQuery) });
  // Of a run, the model that it published says more: its size, and what it was trained from.
  const publishedIds = asked.flatMap(({ data }) => data?.modelVersionId ?? []);
  const published = useQueries({ queries: publishedIds.map(lineageQuery) });
  const named = useQuery(modelsQuery()).data?.items ?? [];

  return [
    ...models.map((id, at): Chosen => {
      const { data, error = null } = lineages[at] ?? {};
      const subject = data ? subjectOfModel(data, { id, number: at + 1, chosenAs: "model" }) : null;
      return { id, as: "model", subject, error: data ? null : error };
    }),
    ...runs.map((id, at): Chosen => {
      const number = models.length + at + 1;
      const { data: run, error: refusal = null } = asked[at] ?? {};
      if (!run) return { id, as: "run", subject: null, error: refusal };
      if (run.modelVersionId === null) return { id, as: "run", subject: subjectOfRun(run, number, named), error: null };
      const { data, error = null } = published[publishedIds.indexOf(run.modelVersionId)] ?? {};
      const subject = data ? subjectOfModel(data, { id, number, chosenAs: "run" }) : null;
      return { id, as: "run", subject, error: data ? null : error };
    }),
  ];
}
