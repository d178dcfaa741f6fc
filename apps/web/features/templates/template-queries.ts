import { queryOptions } from "@tanstack/react-query";
import type { Locale } from "@touchstone/contracts";
import { api } from "../../api/client.ts";

/** They come with the version of the product, so one look a visit is enough. */
export const templatesQuery = (language: Locale) =>
  queryOptions({
    queryKey: ["templates", language],
    queryFn: () => api.listTemplates({ query: { language } }),
    staleTime: Number.POSITIVE_INFINITY,
  });
