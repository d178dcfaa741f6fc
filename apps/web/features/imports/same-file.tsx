"use client";
import type { AlreadyThere } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Chip } from "../../components/figures/chip.tsx";
import { TextLink } from "../../components/text-link.tsx";
import { useFormats } from "../../components/use-formats.ts";

interface SameFileProps {
  readonly projectId: string;
  readonly there: AlreadyThere | undefined;
}

/** When these very bytes came in before, by whom, and the way there. */
export function SameFile({ projectId, there }: SameFileProps): ReactNode {
  const t = useTranslations("receipts");
  const formats = useFormats();
  const former = there?.import;
  if (!former) return null;
  return (
    <p className="flex flex-wrap items-baseline gap-x-2">
      <Chip state="attention" className="items-baseline">
        {t("sameFile", { at: formats.dateTime(former.at), name: former.by ?? "none" })}
      </Chip>
      <TextLink href={`/projects/${projectId}/import/${former.id}`} className="text-xs">
        {t("sameFileOpen")}
      </TextLink>
    </p>
  );
}
