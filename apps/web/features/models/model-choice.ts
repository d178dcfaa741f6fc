import type { ModelVersionView } from "@touchstone/contracts";

/**
 * Which of the models on offer stands in a select: what a person chose, else what the project uses, else the newest.
 * @param usedIn the project; null where what is new is asked about, and the newest is to be proposed
 * @param except a model that is never proposed, though a person may choose it: nothing is compared with itself unasked
 */
export function chosenModel(
  offered: readonly ModelVersionView[],
  chosenId: string | null,
  { usedIn = null, except }: { readonly usedIn?: string | null; readonly except?: string | undefined } = {},
): ModelVersionView | undefined {
  const proposed = offered.filter(({ id }) => id !== except);
  return (
    offered.find(({ id }) => id === chosenId) ??
    proposed.find((model) => model.usedIn.some(({ id }) => id === usedIn)) ??
    proposed[0]
  );
}
