import type { EndpointView, ModelVersionView } from "@touchstone/contracts";
import { columnOfEndpoint } from "./talk.ts";

/** Whom one talks to first: those that the address names, else what the project uses, else the newest policy, else an endpoint. */
export function firstColumns(
  policies: readonly ModelVersionView[],
  endpoints: readonly Pick<EndpointView, "id">[],
  named: readonly string[],
  projectId: string | null,
): string[] {
  const offered = policies.filter(({ stage }) => stage !== "archived");
  const known = new Set([...offered.map(({ id }) => id), ...endpoints.map(({ id }) => columnOfEndpoint(id))]);
  const wanted = named.filter((id) => known.has(id));
  if (wanted.length > 0) return wanted;
  const inUse = offered.find(({ usedIn }) => usedIn.some(({ id }) => id === projectId));
  const first = (inUse ?? offered[0])?.id;
  if (first !== undefined) return [first];
  return endpoints.slice(0, 1).map(({ id }) => columnOfEndpoint(id));
}

type Used = Pick<ModelVersionView, "id" | "stage" | "projectId" | "usedIn">;

/** The reward model that a project uses: the one that was put in use, else its newest; null where it has none. */
export function rewardInUse(rewards: readonly Used[], projectId: string | null): string | null {
  const inUse = rewards.find(({ usedIn }) => usedIn.some(({ id }) => id === projectId));
  const newest = rewards.find((model) => model.projectId === projectId && model.stage !== "archived");
  return (inUse ?? newest)?.id ?? null;
}
