"use client";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type ReactNode, useId } from "react";
import { Button } from "../../components/button.tsx";
import { sessionQuery, startPageOf } from "../session/session-query.ts";
import { useSwitchWorkspace } from "../session/use-switch-workspace.ts";

/** The other workspaces of this login; nothing where there is none. All that a page holds is of its workspace, so it is loaded anew. */
export function WorkspaceSwitch(): ReactNode {
  const t = useTranslations("shell");
  const id = useId();
  const { data: session } = useQuery(sessionQuery);
  const { go, pending } = useSwitchWorkspace(session?.workspace.name ?? "", ({ member }) =>
    window.location.assign(startPageOf(member.role)),
  );
  // An API of the version before says nothing of them.
  const others = session?.workspaces?.filter((one) => one.id !== session.workspace.id) ?? [];
  if (others.length === 0) return null;
  return (
    <div className="grid gap-1">
      <p id={id} className="text-xs text-ink-3">
        {t("switchTo")}
      </p>
      <ul aria-labelledby={id} className="-mx-2 grid max-h-60 overflow-y-auto">
        {others.map((workspace) => (
          <li key={workspace.id}>
            <Button
              variant="ghost"
              pending={pending}
              className="h-auto max-md:h-auto max-md:min-h-(--control-touch) min-h-(--control) w-full justify-start py-1 text-left whitespace-normal [overflow-wrap:anywhere]"
              onClick={() => go(workspace.id)}
            >
              {workspace.name}
              <span className="text-xs text-ink-3">{t(`role.${workspace.role}`)}</span>
            </Button>
          </li>
        ))}
      </ul>
    </div>
  );
}
