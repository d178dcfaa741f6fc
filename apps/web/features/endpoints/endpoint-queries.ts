import { type QueryClient, queryOptions } from "@tanstack/react-query";
import { api } from "../../api/client.ts";

/** What is spent grows with runs, of which nobody tells here. */
const lookMs = 10_000;

export const endpointsQuery = () =>
  queryOptions({ queryKey: ["endpoints"], queryFn: () => api.listEndpoints(), refetchInterval: lookMs });

export const runAskedQuery = (id: string, goesOn: boolean) =>
  queryOptions({
    queryKey: ["run", id, "asked"],
    queryFn: () => api.getRunAsked({ params: { id } }),
    refetchInterval: goesOn ? 3_000 : false,
  });

export const forgetEndpoints = (client: QueryClient) =>
  client.invalidateQueries({ queryKey: endpointsQuery().queryKey });
