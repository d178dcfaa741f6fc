"use client";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Chip } from "../../components/figures/chip.tsx";
import { PageHead } from "../../components/page-head.tsx";
import { QueryView } from "../../components/query-view.tsx";
import { TextLink } from "../../components/text-link.tsx";
import { ProjectFrame } from "../projects/project-frame.tsx";
import { UnlessArchived } from "../projects/unless-archived.tsx";
import { useHasRole } from "../session/signed-in.tsx";
import { arenaSettingsQuery } from "./arena-queries.ts";
import { ArenaForm } from "./arena-settings.tsx";
import { BattleList } from "./battle-list.tsx";

/** A project's arena for the staff: who takes part, what came of it, and where it stands. */
export function ProjectArena({ projectId }: { readonly projectId: string }): ReactNode {
  const t = useTranslations("arena");
  const builds = useHasRole("admin", "researcher");
  const settings = useQuery(arenaSettingsQuery(projectId));
  return (
    <ProjectFrame id={projectId} crumb={{ label: t("title"), href: `/projects/${projectId}/arena` }}>
      {() => (
        <QueryView query={settings}>
          {(view) => (
            <>
              <PageHead
                title={t("title")}
                chip={<Chip state={view.on ? "ok" : "rest"}>{t(view.on ? "settings.isOn" : "settings.isOff")}</Chip>}
              />
              <div className="grid gap-6">
                <p className="max-w-read text-ink-2">{t("settings.lead")}</p>
                <p className="flex flex-wrap gap-x-4">
                  <TextLink href={`/projects/${projectId}/models?origin=arena`}>{t("settings.standing")}</TextLink>
                  <TextLink href={`/projects/${projectId}/browse?origin=arena`}>{t("settings.items")}</TextLink>
                  {view.on ? <TextLink href={`/arena/${projectId}`}>{t("settings.enter")}</TextLink> : null}
                </p>
                <section className="grid gap-3">
                  <h2>{t("list.title")}</h2>
                  <BattleList projectId={projectId} />
                </section>
                {builds ? (
                  <div className="max-w-[44rem]">
                    <UnlessArchived projectId={projectId}>
                      <ArenaForm projectId={projectId} settings={view} />
                    </UnlessArchived>
                  </div>
                ) : null}
              </div>
            </>
          )}
        </QueryView>
      )}
    </ProjectFrame>
  );
}
