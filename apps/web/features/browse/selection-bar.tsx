"use client";
import type { ItemChangeKind, ItemSelection } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { Button } from "../../components/button.tsx";
import { DeletePromptsDialog } from "../deletions/delete-prompts-dialog.tsx";
import { LeaveOutDialog } from "../left-out/leave-out-dialog.tsx";
import { useHasRole } from "../session/signed-in.tsx";
import { ChangeDialog } from "./change-dialog.tsx";
import { LabelSetDialog } from "./label-set-dialog.tsx";

interface SelectionBarProps {
  readonly projectId: string;
  readonly selection: ItemSelection;
  /** Of those selected one by one. */
  readonly count: number;
  readonly onAll: () => void;
  readonly onUnselect: () => void;
}

const changes: readonly ItemChangeKind[] = ["reopen", "pause", "resume", "batch", "mark", "unmark"];

/** What can be done to the selected items. Each says how many it is about before it is done. */
export function SelectionBar({ projectId, selection, count, onAll, onUnselect }: SelectionBarProps): ReactNode {
  const t = useTranslations("browse");
  const leftOut = useTranslations("leftOut");
  const [asked, setAsked] = useState<ItemChangeKind | "labelSet" | "export" | "leaveOut" | "delete" | null>(null);
  const deletions = useTranslations("deletions");
  const admin = useHasRole("admin");
  const close = (): void => setAsked(null);
  const all = "filter" in selection;
  return (
    <section
      aria-label={t("selected", { count })}
      className="sticky bottom-3 z-10 mt-4 flex flex-wrap items-center gap-2 rounded-lg border border-edge bg-surface px-4 py-2 shadow-md"
    >
      <span role="status" className="font-medium">
        {all ? t("allSelected") : t("selected", { count })}
      </span>
      {all ? null : (
        <Button variant="ghost" onClick={onAll}>
          {t("selectAll")}
        </Button>
      )}
      <Button variant="ghost" onClick={onUnselect}>
        {t("unselect")}
      </Button>
      <span className="ml-auto flex flex-wrap gap-2 max-md:ml-0">
        {changes.map((kind) => (
          <Button key={kind} onClick={() => setAsked(kind)}>
            {t(`changes.${kind}`)}
          </Button>
        ))}
        <Button onClick={() => setAsked("leaveOut")}>{leftOut("leaveOut")}</Button>
        <Button onClick={() => setAsked("export")}>{t("export")}</Button>
        <Button onClick={() => setAsked("labelSet")}>{t("labelSet")}</Button>
        {admin ? <Button onClick={() => setAsked("delete")}>{deletions("prompts.action")}</Button> : null}
      </span>
      {asked === "labelSet" || asked === "export" ? (
        <LabelSetDialog projectId={projectId} selection={selection} forExport={asked === "export"} onClose={close} />
      ) : null}
      {asked === "leaveOut" ? (
        <LeaveOutDialog projectId={projectId} what={{ kind: "items", selection }} onClose={close} />
      ) : null}
      {asked === "delete" ? (
        <DeletePromptsDialog projectId={projectId} selection={selection} onClose={close} onDone={onUnselect} />
      ) : null}
      {changes.flatMap((kind) =>
        asked === kind
          ? [<ChangeDialog key={kind} projectId={projectId} selection={selection} kind={kind} onClose={close} />]
          : [],
      )}
    </section>
  );
}
