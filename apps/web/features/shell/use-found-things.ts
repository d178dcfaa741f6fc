"use client";
import { useInfiniteQuery, useQueries, useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { modelsQuery } from "../models/model-queries.ts";
import { membersQuery } from "../people/people-queries.ts";
import { projectsQuery } from "../projects/project-queries.ts";
import { runsQuery } from "../runs/run-queries.ts";
import { nameOfRun } from "../runs/run-state.ts";
import { useHasRole } from "../session/signed-in.tsx";
import { workQuery } from "../work/work-query.ts";

/** Something with a name and a page. */
interface Found {
  readonly group: "projects" | "runs" | "models" | "people";
  readonly id: string;
  readonly label: string;
  readonly hint?: string;
  readonly href: string;
}

/** Runs are asked for project by project, so only those of the newest are looked through. */
const projectsWithRuns = 20;
const modelsAsked = 200;

/** What has a name here and may be seen by this role; and whether there is more than was looked through. */
export function useFoundThings(): { readonly found: readonly Found[]; readonly unsearched: boolean } {
  const kinds = useTranslations("runs.kinds");
  const roles = useTranslations("shell.role");
  const isStaff = useHasRole("admin", "researcher", "reviewer");
  const isAdmin = useHasRole("admin");
  const work = useQuery({ ...workQuery, enabled: !isStaff, refetchInterval: false }).data?.items ?? [];
  const projects = useQuery({ ...projectsQuery, enabled: isStaff }).data?.items ?? [];
  const models = useQuery({ ...modelsQuery(), enabled: isStaff }).data?.items ?? [];
  const members = useInfiniteQuery({ ...membersQuery("person"), enabled: isAdmin });
  const shownProjects = projects.slice(0, projectsWithRuns);
  const runs = useQueries({
    queries: shownProjects.map(({ id }) => ({ ...runsQuery(id), refetchInterval: false as const })),
  });
  const people = members.data?.pages.flatMap(({ items }) => items) ?? [];
  const found: Found[] = [
    ...work.map(
      ({ projectId, name }): Found => ({
        group: "projects",
        id: projectId,
        label: name,
        href: `/work/${projectId}`,
      }),
    ),
    ...projects.map(({ id, name }): Found => ({ group: "projects", id, label: name, href: `/projects/${id}` })),
    ...runs.flatMap((query, index) =>
      (query.data?.items ?? []).map(
        (run): Found => ({
          group: "runs",
          id: run.id,
          label: `#${run.number} · ${nameOfRun(run, kinds)}`,
          hint: shownProjects[index]?.name ?? "",
          href: `/runs/${run.id}`,
        }),
      ),
    ),
    ...models.map(({ id, name }): Found => ({ group: "models", id, label: name, href: `/models/${id}` })),
    ...people.map(
      ({ id, name, email, role }): Found => ({
        group: "people",
        id,
        label: name,
        hint: email ?? roles(role),
        href: "/people",
      }),
    ),
  ];
  const unsearched = projects.length > projectsWithRuns || models.length >= modelsAsked || members.hasNextPage;
  return { found, unsearched };
}
