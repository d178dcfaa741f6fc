import { infiniteQueryOptions, type QueryClient, queryOptions } from "@tanstack/react-query";
import type { WebhookView } from "@touchstone/contracts";
import { api } from "../../api/client.ts";

/** What waits is sent by a worker, which tells nobody here. */
const lookMs = 5_000;

export const webhooksQuery = (projectId: string) =>
  queryOptions({
    queryKey: ["project", projectId, "webhooks"],
    queryFn: () => api.listWebhooks({ params: { id: projectId } }),
    refetchInterval: lookMs,
  });

/** The log of an address, newest first. */
export const deliveriesQuery = ({ id, projectId }: Pick<WebhookView, "id" | "projectId">) =>
  infiniteQueryOptions({
    queryKey: ["project", projectId, "webhooks", id],
    queryFn: ({ pageParam }) =>
      api.listWebhookDeliveries({ params: { id }, query: { limit: 20, ...(pageParam ? { cursor: pageParam } : {}) } }),
    initialPageParam: "",
    getNextPageParam: (page) => page.next ?? undefined,
    refetchInterval: lookMs,
  });

/** Addresses and their logs: what is done to the one changes the other. */
export const forgetWebhooks = (client: QueryClient, projectId: string) =>
  client.invalidateQueries({ queryKey: webhooksQuery(projectId).queryKey });
