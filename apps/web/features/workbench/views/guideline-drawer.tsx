"use client";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Drawer } from "../../../components/overlays/drawer.tsx";
import { GuidelineText } from "./guideline-text.tsx";

interface GuidelineDrawerProps {
  readonly version: number;
  /** Of `guidelineParts`. */
  readonly parts: readonly string[];
  readonly open: boolean;
  readonly onClose: () => void;
}

/** The whole guideline beside the task. */
export function GuidelineDrawer({ version, parts, open, onClose }: GuidelineDrawerProps): ReactNode {
  const t = useTranslations("workbench");
  return (
    <Drawer title={t("guideline", { version })} open={open} onClose={onClose}>
      <GuidelineText parts={parts} />
    </Drawer>
  );
}
