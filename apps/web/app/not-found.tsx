import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { ButtonLink } from "../components/button.tsx";
import { EmptyState } from "../components/empty-state.tsx";

export default function NotFound(): ReactNode {
  const t = useTranslations("shell.notFound");
  return (
    <main className="page-edges py-12">
      <EmptyState title={t("title")} action={<ButtonLink href="/">{t("action")}</ButtonLink>}>
        {t("body")}
      </EmptyState>
    </main>
  );
}
