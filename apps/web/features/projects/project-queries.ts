import { queryOptions, skipToken } from "@tanstack/react-query";
import { api } from "../../api/client.ts";

export const projectsQuery = queryOptions({ queryKey: ["projects"], queryFn: () => api.listProjects() });

/** @param id undefined while it is not known yet of which project; nothing is asked then */
export const projectQuery = (id: string | undefined) =>
  queryOptions({
    queryKey: ["project", id],
    queryFn: id === undefined ? skipToken : () => api.getProject({ params: { id } }),
  });

/** Kept live by the socket; the slow refetch is for networks that let no socket through. */
export const figuresQuery = (id: string) =>
  queryOptions({
    queryKey: ["project", id, "figures"],
    queryFn: () => api.getProjectFigures({ params: { id } }),
    refetchInterval: 20_000,
  });

/** All versions of the guideline, newest first. */
export const guidelinesQuery = (id: string) =>
  queryOptions({ queryKey: ["project", id, "guidelines"], queryFn: () => api.listGuidelines({ params: { id } }) });

/** Asked anew each time: people may be judging meanwhile. */
export const overlapPreviewQuery = (id: string, overlap: number) =>
  queryOptions({
    queryKey: ["project", id, "overlap-preview", overlap],
    queryFn: () => api.previewOverlap({ params: { id }, query: { overlap } }),
    staleTime: 0,
  });
