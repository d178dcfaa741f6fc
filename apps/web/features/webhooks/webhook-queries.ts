import { infiniteQueryOptions, type QueryClient, queryOptions } from "@tanstack/react-query";
import type { WebhookView } from "@touchstone/contracts";
import { api } from "../../api/client.ts";

export const webhooksQuery = (projectId: string) =>
  queryOptions({
    queryKey: ["project", projectId, "webhooks"],
    queryFn: () => api.listWebhooks({ params: { id: projectId } }),
  });

/** The log of an address, newest first; what waits is looked at again, since a worker sends it by itself. */
export const deliveriesQuery = ({ id, projectId }: Pick<WebhookView, "id" | "projectId">) =>
  infiniteQueryOptions({
    queryKey: ["project", projectId, "webhooks", id],
    queryFn: ({ pageParam }) =>
      api.listWebhookDeliveries({ params: { id }, query: { limit: 20, ...(pageParam ? { cursor: pageParam } : {}) } }),
    initialPageParam: "",
    getNextPageParam: (page) => page.next ?? undefined,
    refetchInterval: 5_000,
  });

/** Addresses and their logs: what is done to the one changes the other. */
export const forgetWebhooks = (client: QueryClient, projectId: string) =>
  client.invalidateQueries({ queryKey: webhooksQuery(projectId).queryKey });
