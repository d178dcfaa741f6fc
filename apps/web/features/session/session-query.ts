import { queryOptions } from "@tanstack/react-query";
import { ApiError } from "@touchstone/api-client";
import type { Role, SessionView } from "@touchstone/contracts";
import { api } from "../../api/client.ts";
import { worthAnotherTry } from "../../api/query-client.ts";

/** Who is signed in; null for nobody, which is an answer and not an error. */
export const sessionQuery = queryOptions({
  queryKey: ["session"],
  queryFn: async (): Promise<SessionView | null> =>
    await api.getSession().catch((error: unknown) => {
      if (error instanceof ApiError && error.code === "unauthenticated") return null;
      throw error;
    }),
  staleTime: 5 * 60_000,
  // Asked without a network too, so that a page that is opened there learns at once that nobody answers.
  networkMode: "always",
  retry: (failures, error) => navigator.onLine && worthAnotherTry(failures, error),
  refetchOnReconnect: true,
});

/** Whether the API refuses somebody because an admin has disabled them. */
export function isDisabled(error: unknown): boolean {
  return error instanceof ApiError && error.code === "account_disabled";
}

/** Where a person of this role starts. */
export function startPageOf(role: Role): "/work" | "/projects" {
  return role === "annotator" ? "/work" : "/projects";
}

/** Where to go after signing in: only a path of this site, never an address that a link smuggled in. */
export function safeReturn(next: string | null, role: Role): string {
  return next?.startsWith("/") && !next.startsWith("//") && !next.startsWith("/\\") ? next : startPageOf(role);
}
