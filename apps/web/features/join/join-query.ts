import { queryOptions } from "@tanstack/react-query";
import type { CallOutput } from "@touchstone/api-client";
import { api } from "../../api/client.ts";

/** What the holder of a link may know before joining. */
export type JoinOffer = CallOutput<"getJoin">;

export const joinQuery = (token: string) =>
  queryOptions({
    queryKey: ["join", token],
    queryFn: () => api.getJoin({ params: { token } }),
    // A link that is used up stays used up; looking again on every focus would only disturb the form.
    refetchOnWindowFocus: false,
  });
