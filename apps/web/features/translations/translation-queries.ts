import { queryOptions } from "@tanstack/react-query";
import { api } from "../../api/client.ts";

/** A project's texts in the languages that it has beside its own. */
export const translationsQuery = (projectId: string) =>
  queryOptions({
    queryKey: ["project", projectId, "translations"],
    queryFn: () => api.listTranslations({ params: { id: projectId } }),
  });
