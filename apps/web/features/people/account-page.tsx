"use client";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { PageHead } from "../../components/page-head.tsx";
import { useSession } from "../session/signed-in.tsx";
import { WorkspaceFrame } from "../shell/workspace-frame.tsx";
import { ApiTokens } from "./api-tokens.tsx";
import { ChangeName } from "./change-name.tsx";
import { ChangePassword } from "./change-password.tsx";
import { NewApiToken } from "./new-api-token.tsx";
import { SayLanguages } from "./say-languages.tsx";

/** Who one is here, how one signs in, and the keys one's scripts use. */
export function AccountPage(): ReactNode {
  const t = useTranslations("people.account");
  const roles = useTranslations("shell.role");
  const { member, workspace } = useSession();
  // Neither a password nor a token of theirs exists.
  const byName = member.email === null;
  return (
    <WorkspaceFrame crumbs={[{ label: t("title"), href: "/account" }]}>
      <PageHead title={t("title")} />
      <p className="mb-5 text-ink-2">
        {[member.name, member.email, roles(member.role), workspace.name].filter(Boolean).join(" · ")}
      </p>
      <div className="grid grid-cols-1 items-start gap-5 lg:grid-cols-[minmax(0,1fr)_24rem]">
        {byName ? <p className="max-w-read text-ink-2">{t("byName")}</p> : <ApiTokens />}
        <div className="grid gap-5">
          <ChangeName />
          <SayLanguages />
          {byName ? null : (
            <>
              <ChangePassword />
              <NewApiToken />
            </>
          )}
        </div>
      </div>
    </WorkspaceFrame>
  );
}
