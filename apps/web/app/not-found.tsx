import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { ButtonLink } from "../components/button.tsx";

export default function NotFound(): ReactNode {
  const t = useTranslations("shell.notFound");
  return (
    <main className="page-edges grid justify-items-start gap-3 py-12">
      <h1>{t("title")}</h1>
      <p className="text-md leading-relaxed text-ink-2">{t("body")}</p>
      <ButtonLink href="/">{t("action")}</ButtonLink>
    </main>
  );
}
