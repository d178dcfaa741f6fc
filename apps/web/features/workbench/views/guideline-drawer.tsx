import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Drawer } from "../../../components/overlays/drawer.tsx";
import { GuidelineText } from "./guideline-text.tsx";

interface GuidelineDrawerProps {
  readonly version: number;
  readonly parts: readonly string[];
  readonly onClose: () => void;
}

/** The guideline beside the task. */
export function GuidelineDrawer({ version, parts, onClose }: GuidelineDrawerProps): ReactNode {
  const t = useTranslations("workbench");
  return (
    <Drawer title={t("guideline", { version })} open onClose={onClose}>
      <GuidelineText parts={parts} />
    </Drawer>
  );
}
