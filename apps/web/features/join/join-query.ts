import { queryOptions } from "@tanstack/react-query";
import type { CallOutput } from "@touchstone/api-client";
import type { SessionView } from "@touchstone/contracts";
import { api } from "../../api/client.ts";
import { startPageOf } from "../session/session-query.ts";

/** What the holder of a link may know before joining. */
export type JoinOffer = CallOutput<"getJoin">;

export const joinQuery = (token: string) =>
  queryOptions({
    queryKey: ["join", token],
    queryFn: () => api.getJoin({ params: { token } }),
    // A link that is used up stays used up; looking again on every focus would only disturb the form.
    refetchOnWindowFocus: false,
  });

/** A link that names a project leads to its first task, any other to where one's role starts. */
export function placeAfterJoining({ projectId }: Pick<JoinOffer, "projectId">, session: SessionView): string {
  return projectId ? `/work/${projectId}` : startPageOf(session.member.role);
}

/** Who has an account already signs in and comes back to the link, which takes them along. */
export function signInHref(token: string): string {
  return `/sign-in?next=${encodeURIComponent(`/join/${token}`)}`;
}
