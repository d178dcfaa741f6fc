import type { ModelVersionView } from "@touchstone/contracts";

/**
 * Which of the models on offer stands in a select: what a person chose, else the newest.
 * @param except a model that is never proposed, though a person may choose it: nothing is compared with itself unasked
 */
export function chosenModel(
  offered: readonly ModelVersionView[],
  chosenId: string | null,
  except?: string | undefined,
): ModelVersionView | undefined {
  return offered.find(({ id }) => id === chosenId) ?? offered.find(({ id }) => id !== except);
}
