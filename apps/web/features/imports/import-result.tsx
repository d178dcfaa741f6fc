"use client";
import type { ImportView } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Chip } from "../../components/figures/chip.tsx";

export function ImportResult({ result }: { readonly result: ImportView }): ReactNode {
  const t = useTranslations("imports");
  return (
    <p role="status">
      <Chip state="ok">
        {t("done", { rows: result.rows, prompts: result.prompts, tasks: result.tasks, judgements: result.judgements })}
      </Chip>
    </p>
  );
}
