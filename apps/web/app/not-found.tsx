import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { ButtonLink } from "../components/button.tsx";
import { Entrance } from "../features/session/entrance.tsx";

export default function NotFound(): ReactNode {
  const t = useTranslations("shell.notFound");
  const common = useTranslations("common");
  return (
    <Entrance product={common("product")} title={t("title")} lead={t("body")}>
      <ButtonLink href="/" className="justify-self-start">
        {t("action")}
      </ButtonLink>
    </Entrance>
  );
}
