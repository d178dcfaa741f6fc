import { queryOptions } from "@tanstack/react-query";
import { api } from "../../api/client.ts";

/** Every version of a project's questionnaires, by name, newest first. */
export const questionnairesQuery = (projectId: string) =>
  queryOptions({
    queryKey: ["project", projectId, "questionnaires"],
    queryFn: () => api.listQuestionnaires({ params: { id: projectId } }),
  });
