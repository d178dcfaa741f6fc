import type { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { JoinOffer } from "./join-query.ts";

type Words = ReturnType<typeof useTranslations<"join">>;

/** What the link is for. */
export function titleOf(offer: JoinOffer, t: Words): string {
  if (offer.kind === "open") return t("open.title", { project: offer.project ?? offer.workspace });
  return offer.kind === "invitation"
    ? t("invitation.title", { workspace: offer.workspace })
    : t("password-reset.title");
}

/** What happens to who follows it. */
export function leadOf(offer: JoinOffer, t: Words): ReactNode {
  if (offer.kind === "open") {
    return (
      <>
        <p>{t("open.lead")}</p>
        <p>{t("open.remaining", { count: offer.remaining })}</p>
      </>
    );
  }
  if (offer.kind === "invitation") return t("invitation.lead", { role: offer.role });
  return offer.name ? t("password-reset.lead", { name: offer.name }) : t("password-reset.leadNameless");
}
