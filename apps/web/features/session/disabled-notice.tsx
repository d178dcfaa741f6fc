"use client";
import { ApiError } from "@touchstone/api-client";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { ButtonLink } from "../../components/button.tsx";
import { Entrance } from "./entrance.tsx";

/** Whether the API refuses somebody because an admin has disabled them. */
export function isDisabled(error: unknown): boolean {
  return error instanceof ApiError && error.code === "account_disabled";
}

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
