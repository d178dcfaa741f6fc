import type { ModelVersionView } from "@touchstone/contracts";

/** Whom one talks to first: those that the address names, else what the project uses, else the newest. */
export function firstColumns(
  policies: readonly ModelVersionView[],
  named: readonly string[],
  projectId: string | null,
): string[] {
  const offered = policies.filter(({ stage }) => stage !== "archived");
  const wanted = offered.filter(({ id }) => named.includes(id));
  if (wanted.length > 0) return wanted.map(({ id }) => id);
  const inUse = offered.find(({ usedIn }) => usedIn.some(({ id }) => id === projectId));
  return [inUse ?? offered[0]].flatMap((model) => model?.id ?? []);
}

/** The reward model that a project uses: the one that was put in use, else its newest; null where it has none. */
export function rewardInUse(rewards: readonly ModelVersionView[], projectId: string | null): string | null {
  const inUse = rewards.find(({ usedIn }) => usedIn.some(({ id }) => id === projectId));
  const newest = rewards.find((model) => model.projectId === projectId && model.stage !== "archived");
  return (inUse ?? newest)?.id ?? null;
}
