import { queryOptions } from "@tanstack/react-query";
import { api } from "../../api/client.ts";

/** Nothing that would not wait for a minute. */
export const noticesQuery = queryOptions({
  queryKey: ["notices"],
  queryFn: () => api.listNotices(),
  refetchInterval: 30_000,
});
