import { keepPreviousData, type QueryClient, queryOptions } from "@tanstack/react-query";
import { api } from "../../api/client.ts";

/** What is spent grows with runs, of which nobody tells here. */
const lookMs = 10_000;

export const endpointsQuery = () =>
  queryOptions({ queryKey: ["endpoints"], queryFn: () => api.listEndpoints(), refetchInterval: lookMs });

/** Looked at again when the run has ended: what it asked last is in no earlier look. */
export const runAskedQuery = (id: string, goesOn: boolean) =>
  queryOptions({
    queryKey: ["run", id, "asked", goesOn],
    queryFn: () => api.getRunAsked({ params: { id } }),
    placeholderData: keepPreviousData,
    refetchInterval: goesOn ? 3_000 : false,
  });

export const forgetEndpoints = (client: QueryClient) =>
  client.invalidateQueries({ queryKey: endpointsQuery().queryKey });
