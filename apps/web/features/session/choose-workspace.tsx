"use client";
import type { Membership, SessionView } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button } from "../../components/button.tsx";
import { Entrance } from "./entrance.tsx";
import { useSwitchWorkspace } from "./use-switch-workspace.ts";

interface ChooseWorkspaceProps {
  /** As whom the password has signed in: where the login was last. */
  readonly session: SessionView;
  readonly onChosen: (session: SessionView) => void;
}

/** After the password of a login that belongs to several workspaces: which one. The first is where it was last. */
export function ChooseWorkspace({ session, onChosen }: ChooseWorkspaceProps): ReactNode {
  const t = useTranslations("session.choose");
  const product = useTranslations("common")("product");
  const { go, pending } = useSwitchWorkspace(session.workspace.name, onChosen);
  return (
    <Entrance product={product} title={t("title")} lead={t("lead")}>
      <ul className="grid gap-2">
        {session.workspaces.map((workspace) => {
          const last = workspace.id === session.workspace.id;
          return (
            <li key={workspace.id}>
              <Button
                autoFocus={last}
                disabled={pending}
                className="h-auto w-full flex-col items-start gap-0.5 px-4 py-3 text-left whitespace-normal max-md:h-auto"
                onClick={() => (last ? onChosen(session) : go(workspace.id))}
              >
                <Described workspace={workspace} last={last} />
              </Button>
            </li>
          );
        })}
      </ul>
    </Entrance>
  );
}

function Described({ workspace, last }: { readonly workspace: Membership; readonly last: boolean }): ReactNode {
  const t = useTranslations("session.choose");
  const roles = useTranslations("shell.role");
  return (
    <>
      <span className="font-medium [overflow-wrap:anywhere]">{workspace.name}</span>
      <span className="text-xs text-ink-3">
        {roles(workspace.role)}
        {last ? ` · ${t("last")}` : null}
      </span>
    </>
  );
}
