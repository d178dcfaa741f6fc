import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { StandingQuery } from "@touchstone/contracts";
import { api } from "../../api/client.ts";
import type { StandingFilter } from "./standing-filter.ts";

/** What is shown while another slice is read is the one before. */
export const standingQuery = (projectId: string, filter: StandingFilter) =>
  queryOptions({
    queryKey: ["project", projectId, "standing", filter],
    queryFn: () => {
      const { includeSimulated, ...query } = StandingQuery.parse(filter);
      return api.getModelStanding({
        params: { id: projectId },
        query: { ...query, includeSimulated: String(includeSimulated) },
      });
    },
    placeholderData: keepPreviousData,
  });

export const standingChoicesQuery = (projectId: string) =>
  queryOptions({
    queryKey: ["project", projectId, "standing-choices"],
    queryFn: () => api.listStandingChoices({ params: { id: projectId } }),
  });
