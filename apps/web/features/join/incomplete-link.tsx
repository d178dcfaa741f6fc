import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { ButtonLink } from "../../components/button.tsx";
import { Entrance } from "../session/entrance.tsx";

interface IncompleteLinkProps {
  /** `dead`: it was whole once, and is spent. `unknown`: nobody ever gave it out like this. */
  readonly kind?: "dead" | "unknown";
  /** What became of a link that was whole once. */
  readonly why?: string;
}

/** Why a link does not open, and what to do about it. */
export function IncompleteLink({ kind = "unknown", why = "" }: IncompleteLinkProps): ReactNode {
  const t = useTranslations("join");
  const product = useTranslations("common")("product");
  return (
    <Entrance product={product} title={t(`${kind}.title`)} lead={kind === "dead" ? why : t("unknown.body")}>
      <ButtonLink href="/sign-in" className="justify-self-start">
        {t("signIn")}
      </ButtonLink>
    </Entrance>
  );
}
