import type { ProjectHandle, ProjectSource } from "./project-source.ts";
import type { Route } from "./route.ts";

/** The first word of a path below /api, and what its `:id` is. */
const handlesOfPaths: Readonly<Record<string, ProjectHandle>> = {
  projects: "project",
  work: "project",
  imports: "import",
  leases: "lease",
  items: "task",
  skips: "lease",
  judgements: "judgement",
  media: "media",
  runs: "run",
  evaluations: "evaluation",
  schedules: "schedule",
  "label-sets": "labelSet",
  views: "savedView",
  webhooks: "webhook",
  mappings: "mapping",
  spool: "spooled",
  "import-jobs": "importJob",
  models: "model",
  arena: "project",
};

/** By what a route finds its project: as it says itself, or else by the noun of its path; undefined where it has none. */
export function projectSourceOf(route: Route): ProjectSource | undefined {
  if (route.project) return route.project;
  const [, noun = ""] = /^\/api\/([a-z-]+)\/:id(?:\/|$)/.exec(route.path) ?? [];
  const handle = handlesOfPaths[noun];
  return handle ? { handle, in: "params", field: "id" } : undefined;
}

/** Whether an archived project refuses this route: all that write into one do, but those that say otherwise. */
export function refusedWhenArchived(route: Route): boolean {
  const writes = route.method !== "GET" || route.whenArchived === "refused";
  return writes && route.whenArchived !== "allowed" && projectSourceOf(route) !== undefined;
}
