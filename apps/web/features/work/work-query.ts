import { queryOptions } from "@tanstack/react-query";
import { api } from "../../api/client.ts";

/** Where there is work for me. Looked at again by itself, so that a new task shows without a reload. */
export const workQuery = queryOptions({
  queryKey: ["work"],
  queryFn: () => api.listWork(),
  refetchInterval: 30_000,
});
