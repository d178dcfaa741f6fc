"use client";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type ReactNode, Suspense, useId } from "react";
import { Button, ButtonLink } from "../../components/button.tsx";
import { Face } from "../../components/figures/face.tsx";
import { lazyPart } from "../../components/lazy-part.ts";
import { sessionQuery } from "../session/session-query.ts";
import { useSession } from "../session/signed-in.tsx";
import { useSignOut } from "../session/use-sign-out.ts";
import { LanguageSwitch } from "./language-switch.tsx";
import { ThemeSwitch } from "./theme-switch.tsx";

/** Hardly anybody belongs to several workspaces. */
const WorkspaceSwitch = lazyPart(async () => (await import("./workspace-switch.tsx")).WorkspaceSwitch);

/** Who one is here, and what belongs to the person and not to the page. */
export function AccountMenu(): ReactNode {
  const t = useTranslations("shell");
  const { member, workspace } = useSession();
  const signOut = useSignOut();
  const memberships = useQuery(sessionQuery).data?.workspaces ?? [];
  const id = useId();
  return (
    <>
      <button
        type="button"
        popoverTarget={id}
        aria-label={t("account", { name: member.name })}
        className="-mr-1 grid size-(--control) place-items-center max-md:-mr-2.5 max-md:size-(--control-touch)"
      >
        <Face name={member.name} />
      </button>
      <div
        id={id}
        popover="auto"
        className="fixed inset-auto top-12 right-[max(var(--page-edge),(100%-var(--page))/2)] m-0 w-72 gap-4 rounded-lg border border-line bg-surface p-4 text-ink shadow-md open:grid"
      >
        <div>
          <p className="font-medium">{member.name}</p>
          {member.email ? <p className="break-all text-ink-2">{member.email}</p> : null}
          <p className="text-xs text-ink-3">
            {t(`role.${member.role}`)} · {workspace.name}
          </p>
        </div>
        {memberships.length > 1 ? (
          <Suspense>
            <WorkspaceSwitch />
          </Suspense>
        ) : null}
        <ThemeSwitch />
        <div className="-mx-2 flex justify-between">
          <LanguageSwitch />
          <ButtonLink href="/account" variant="ghost">
            {t("pages.account")}
          </ButtonLink>
          <Button variant="ghost" onClick={signOut}>
            {t("signOut")}
          </Button>
        </div>
      </div>
    </>
  );
}
