"use client";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Drawer } from "../../../components/overlays/drawer.tsx";
import { inquiriesQuery } from "../../guidance/guidance-queries.ts";
import { NotesForAll } from "../../guidance/notes-for-all.tsx";
import { GuidelineText } from "./guideline-text.tsx";

interface GuidelineDrawerProps {
  readonly projectId: string;
  readonly version: number;
  /** Of `guidelineParts`. */
  readonly parts: readonly string[];
  readonly open: boolean;
  readonly onClose: () => void;
}

/** The whole guideline beside the task, and below it what was answered for everybody since. */
export function GuidelineDrawer({ projectId, version, parts, open, onClose }: GuidelineDrawerProps): ReactNode {
  const t = useTranslations("workbench");
  const notes = useQuery(inquiriesQuery(projectId)).data?.notes ?? [];
  return (
    <Drawer title={t("guideline", { version })} open={open} onClose={onClose}>
      <div className="grid gap-6">
        <GuidelineText parts={parts} />
        <NotesForAll notes={notes} />
      </div>
    </Drawer>
  );
}
