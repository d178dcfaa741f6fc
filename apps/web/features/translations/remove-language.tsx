"use client";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Confirm } from "../people/confirm.tsx";

interface RemoveLanguageProps {
  readonly language: string;
  readonly pending: boolean;
  readonly problem: unknown;
  readonly onConfirm: () => void;
  readonly onCancel: () => void;
}

/** What somebody has written goes for good, so it is asked for once more. */
export function RemoveLanguage({ language, ...confirm }: RemoveLanguageProps): ReactNode {
  const t = useTranslations("projects.languages");
  return (
    <Confirm title={t("removeTitle", { language })} action={t("remove")} {...confirm}>
      {t("removeBody")}
    </Confirm>
  );
}
