import { queryOptions } from "@tanstack/react-query";
import { api } from "../../api/client.ts";

export const batchesQuery = (id: string) =>
  queryOptions({
    queryKey: ["project", id, "batches"],
    queryFn: () => api.listBatches({ params: { id } }),
    refetchInterval: 20_000,
  });
