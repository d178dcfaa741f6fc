"use client";
import { useQuery } from "@tanstack/react-query";
import { ApiError } from "@touchstone/api-client";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useProblemText } from "../../components/forms/problem-text.ts";
import { Loading } from "../../components/loading.tsx";
import { ProblemNotice } from "../../components/problem-notice.tsx";
import { Entrance } from "../session/entrance.tsx";
import { IncompleteLink } from "./incomplete-link.tsx";
import { JoinForm } from "./join-form.tsx";
import { joinQuery } from "./join-query.ts";
import { SignedInJoin } from "./signed-in-join.tsx";

/** The page behind an invitation, a password reset or an open join link. */
export function JoinPage({ token }: { readonly token: string }): ReactNode {
  const product = useTranslations("common")("product");
  const offer = useQuery(joinQuery(token));
  const refusal = useProblemText(offer.error).text;
  if (offer.data) {
    const { you, kind } = offer.data;
    // A password is set by whoever holds the reset, whoever is signed in here.
    return you && kind !== "password-reset" ? (
      <SignedInJoin token={token} offer={offer.data} you={you} />
    ) : (
      <JoinForm token={token} offer={offer.data} />
    );
  }
  if (!offer.isError) {
    return (
      <Entrance product={product} title="">
        <Loading />
      </Entrance>
    );
  }
  if (isSpent(offer.error)) return <IncompleteLink spent={refusal} />;
  if (isUnknown(offer.error)) return <IncompleteLink />;
  return (
    <Entrance product={product} title="">
      <ProblemNotice error={offer.error} onRetry={() => void offer.refetch()} />
    </Entrance>
  );
}

function isSpent(error: unknown): boolean {
  return error instanceof ApiError && error.code === "link_used_up";
}

/** However much of a link is missing, and whatever stands at its end. Any other error may mend by itself. */
const unknownCodes: ReadonlySet<string> = new Set(["not_found", "invalid_request", "invalid_value", "unstorable_text"]);

function isUnknown(error: unknown): boolean {
  return error instanceof ApiError && unknownCodes.has(error.code);
}
