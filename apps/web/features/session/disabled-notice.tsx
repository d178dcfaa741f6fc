"use client";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { ButtonLink } from "../../components/button.tsx";
import { Entrance } from "./entrance.tsx";

/** Instead of the page one worked on: what has happened, and that it is not a wrong password. */
export function DisabledNotice(): ReactNode {
  const t = useTranslations("session.disabled");
  const product = useTranslations("common")("product");
  return (
    <Entrance product={product} title={t("title")} lead={t("body")}>
      <ButtonLink href="/sign-in" className="justify-self-start">
        {t("action")}
      </ButtonLink>
    </Entrance>
  );
}
