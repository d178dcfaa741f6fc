import { useQuery } from "@tanstack/react-query";
import type { ModelVersionView } from "@touchstone/contracts";
import { useState } from "react";
import { chosenModel } from "./model-choice.ts";
import { modelsQuery } from "./model-queries.ts";

/** The models that a form offers, and the one that stands in it. */
export interface ModelChoice {
  /** Newest first; undefined until they are known. */
  readonly offered: readonly ModelVersionView[] | undefined;
  readonly chosen: ModelVersionView | undefined;
  readonly choose: (id: string) => void;
  /** Why the list could not be read, and how to ask again. */
  readonly failure: { readonly error: Error; readonly retry: () => void } | null;
}

interface Proposal {
  /** Never proposed, though a person may choose it. */
  readonly except?: string | undefined;
  /** The newest is proposed and not what is in use: to ask whether it is better. */
  readonly newest?: boolean;
}

/** Models of this project and of the workspace at large (the practice model) that are not put away, and the one that is chosen. */
export function useModelChoice(
  kind: "policy" | "reward",
  projectId: string,
  { except, newest = false }: Proposal = {},
): ModelChoice {
  const models = useQuery(modelsQuery(kind));
  const [chosenId, choose] = useState<string | null>(null);
  const offered = models.data?.items.filter(
    (model) => model.stage !== "archived" && (model.projectId === null || model.projectId === projectId),
  );
  const failure = models.isError ? { error: models.error, retry: () => void models.refetch() } : null;
  const chosen = chosenModel(offered ?? [], chosenId, { except, usedIn: newest ? null : projectId });
  return { offered, chosen, choose, failure };
}

/** Whether every list that a form asks for is there: before that nobody has chosen, and nothing can be launched. */
export const areListed = (choices: readonly ModelChoice[]): boolean =>
  choices.every(({ offered }) => offered !== undefined);
