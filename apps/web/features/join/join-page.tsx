"use client";
import { useQuery } from "@tanstack/react-query";
import { ApiError } from "@touchstone/api-client";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { ButtonLink } from "../../components/button.tsx";
import { Loading } from "../../components/loading.tsx";
import { ProblemNotice } from "../../components/problem-notice.tsx";
import { Entrance } from "../session/entrance.tsx";
import { JoinForm } from "./join-form.tsx";
import { joinQuery } from "./join-query.ts";

/** The page behind an invitation, a password reset or an open join link. */
export function JoinPage({ token }: { readonly token: string }): ReactNode {
  const t = useTranslations("join");
  const product = useTranslations("common")("product");
  const offer = useQuery(joinQuery(token));
  if (offer.data) return <JoinForm token={token} offer={offer.data} />;
  if (!offer.isError) {
    return (
      <Entrance product={product} title="">
        <Loading />
      </Entrance>
    );
  }
  const dead = deadKind(offer.error);
  return dead ? (
    <Entrance product={product} title={t(`${dead}.title`)} lead={t(`${dead}.body`)}>
      <ButtonLink href="/sign-in" className="justify-self-start">
        {t("signIn")}
      </ButtonLink>
    </Entrance>
  ) : (
    <Entrance product={product} title="">
      <ProblemNotice error={offer.error} onRetry={() => void offer.refetch()} />
    </Entrance>
  );
}

/** A link that is spent, or one that was never whole; anything else may mend by itself. */
function deadKind(error: unknown): "dead" | "unknown" | null {
  if (!(error instanceof ApiError)) return null;
  if (error.code === "link_used_up") return "dead";
  return error.code === "not_found" || error.code === "invalid_request" ? "unknown" : null;
}
