import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { api } from "../../api/client.ts";

/** The first page has no cursor. */
const first: string = "";

export const membersQuery = infiniteQueryOptions({
  queryKey: ["members"],
  queryFn: ({ pageParam }) => api.listMembers({ query: pageParam ? { cursor: pageParam } : {} }),
  initialPageParam: first,
  getNextPageParam: (page) => page.next ?? undefined,
});

export const linksQuery = queryOptions({ queryKey: ["links"], queryFn: () => api.listLinks() });

export const tokensQuery = queryOptions({ queryKey: ["tokens"], queryFn: () => api.listApiTokens() });

export const auditQuery = infiniteQueryOptions({
  queryKey: ["audit"],
  queryFn: ({ pageParam }) => api.listAuditEvents({ query: pageParam ? { cursor: pageParam } : {} }),
  initialPageParam: first,
  getNextPageParam: (page) => page.next ?? undefined,
});
