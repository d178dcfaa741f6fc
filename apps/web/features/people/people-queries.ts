import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import type { MemberKind } from "@touchstone/contracts";
import { api } from "../../api/client.ts";

/** The first page has no cursor. */
const first: string = "";

/** What all lists of members of a kind begin with, whatever is looked for in them. */
export const membersKey = (kind: MemberKind) => ["members", kind] as const;

/** People apart from those who came with a file or were made up: an import may bring thousands. */
export const membersQuery = (kind: MemberKind, search = "") =>
  infiniteQueryOptions({
    queryKey: [...membersKey(kind), search],
    queryFn: ({ pageParam }) =>
      api.listMembers({ query: { kind, ...(search ? { search } : {}), ...(pageParam ? { cursor: pageParam } : {}) } }),
    initialPageParam: first,
    getNextPageParam: (page) => page.next ?? undefined,
    // While one types the list stays until the next one is there.
    placeholderData: (list, before) => (before?.queryKey[1] === kind ? list : undefined),
  });

export const linksQuery = queryOptions({ queryKey: ["links"], queryFn: () => api.listLinks() });

export const tokensQuery = queryOptions({ queryKey: ["tokens"], queryFn: () => api.listApiTokens() });

export const auditQuery = infiniteQueryOptions({
  queryKey: ["audit"],
  queryFn: ({ pageParam }) => api.listAuditEvents({ query: pageParam ? { cursor: pageParam } : {} }),
  initialPageParam: first,
  getNextPageParam: (page) => page.next ?? undefined,
});
