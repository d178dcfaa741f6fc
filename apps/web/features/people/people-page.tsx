"use client";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { ButtonLink } from "../../components/button.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { PageHead } from "../../components/page-head.tsx";
import { ErasuresUnderWay } from "../erasure/erasures-under-way.tsx";
import { useHasRole } from "../session/signed-in.tsx";
import { WorkspaceFrame } from "../shell/workspace-frame.tsx";
import { Links } from "./links.tsx";
import { Members } from "./members.tsx";
import { NewLink } from "./new-link.tsx";

/** Who is here, and the links by which others come in: there is no mail server, so an admin hands them out. */
export function PeoplePage(): ReactNode {
  const t = useTranslations("people");
  const problems = useTranslations("problems");
  const admin = useHasRole("admin");
  const crumbs = [{ label: t("title"), href: "/people" }];
  if (!admin) {
    return (
      <WorkspaceFrame crumbs={crumbs}>
        <EmptyState title={problems("forbidden")} />
      </WorkspaceFrame>
    );
  }
  return (
    <WorkspaceFrame crumbs={crumbs}>
      <PageHead title={t("title")} actions={<ButtonLink href="/people/audit">{t("audit.title")}</ButtonLink>} />
      <div className="grid grid-cols-1 items-start gap-5 lg:grid-cols-[minmax(0,1fr)_24rem]">
        <div className="grid min-w-0 grid-cols-1 gap-5 max-lg:order-last">
          <ErasuresUnderWay />
          <Members />
          <Links />
        </div>
        <NewLink />
      </div>
    </WorkspaceFrame>
  );
}
