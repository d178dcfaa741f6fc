"use client";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button } from "../../components/button.tsx";
import type { KeptSession } from "../offline/kept.ts";
import { Entrance } from "./entrance.tsx";
import { startPageOf } from "./session-query.ts";
import { useSwitchWorkspace } from "./use-switch-workspace.ts";

/** A workspace's name may be longer than a phone is wide. */
const wraps = "h-auto min-h-(--control) py-1 text-left whitespace-normal max-md:h-auto max-md:min-h-(--control-touch)";

interface OtherWorkspaceNoticeProps {
  /** As whom this page was opened. */
  readonly before: KeptSession;
  /** As whom the same person goes on in another window. */
  readonly now: KeptSession;
}

/** Instead of a page of a workspace that its reader has left in another window: its addresses mean nothing in the other. */
export function OtherWorkspaceNotice({ before, now }: OtherWorkspaceNoticeProps): ReactNode {
  const t = useTranslations("session.otherWorkspace");
  const product = useTranslations("common")("product");
  const names = { before: before.workspace.name, now: now.workspace.name };
  const { go, pending } = useSwitchWorkspace(names.now, () => window.location.reload());
  return (
    <Entrance product={product} title={t("title", names)} lead={t("body", names)}>
      <div className="flex flex-wrap gap-2">
        <Button
          variant="primary"
          autoFocus
          className={wraps}
          onClick={() => window.location.assign(startPageOf(now.member.role))}
        >
          {t("goOn", names)}
        </Button>
        <Button pending={pending} className={wraps} onClick={() => go(before.workspace.id)}>
          {t("back", names)}
        </Button>
      </div>
    </Entrance>
  );
}
