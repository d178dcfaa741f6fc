"use client";
import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { EmptyState } from "../../../components/empty-state.tsx";
import { Field, Select } from "../../../components/forms/field.tsx";
import { PageHead } from "../../../components/page-head.tsx";
import { QueryView } from "../../../components/query-view.tsx";
import { projectsQuery } from "../../projects/project-queries.ts";
import { UnlessArchived } from "../../projects/unless-archived.tsx";
import { useHasRole } from "../../session/signed-in.tsx";
import { WorkspaceFrame } from "../../shell/workspace-frame.tsx";
import { BringModelForm } from "./bring-model-form.tsx";

/** @param projectId of the address: the project that is to have the model; the first that is open, where it names none */
export function BringModelPage({ projectId }: { readonly projectId?: string | undefined }): ReactNode {
  const t = useTranslations("models.bring");
  const models = useTranslations("models");
  const router = useRouter();
  const builds = useHasRole("admin", "researcher");
  const projects = useQuery(projectsQuery);
  const crumbs = [
    { label: models("title"), href: "/models" },
    { label: t("title"), href: "/models/bring" },
  ];
  return (
    <WorkspaceFrame crumbs={crumbs}>
      <PageHead title={t("title")} />
      <QueryView query={projects}>
        {({ items }) => {
          const open = items.filter(({ state }) => state !== "archived");
          const chosen = open.find(({ id }) => id === projectId) ?? open[0];
          if (!builds) return <EmptyState title={t("notYours")} />;
          if (!chosen) return <EmptyState title={t("noProject")} />;
          return (
            <div className="grid max-w-read grid-cols-1 gap-5">
              <p className="text-ink-2">{t("lead")}</p>
              <Field label={t("project")} hint={t("projectHint")}>
                <Select
                  value={chosen.id}
                  onChange={(event) => router.replace(`/models/bring?project=${event.target.value}`, { scroll: false })}
                >
                  {open.map(({ id, name }) => (
                    <option key={id} value={id}>
                      {name}
                    </option>
                  ))}
                </Select>
              </Field>
              <UnlessArchived projectId={chosen.id}>
                <BringModelForm key={chosen.id} projectId={chosen.id} />
              </UnlessArchived>
            </div>
          );
        }}
      </QueryView>
    </WorkspaceFrame>
  );
}
