"use client";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { ButtonLink } from "../../components/button.tsx";
import { Entrance } from "../session/entrance.tsx";
import { sessionQuery } from "../session/session-query.ts";

interface IncompleteLinkProps {
  /** What became of a link that was whole once; absent where nobody ever gave it out like this. */
  readonly spent?: string;
}

/** Why a link does not open, and what to do about it. */
export function IncompleteLink({ spent }: IncompleteLinkProps): ReactNode {
  const t = useTranslations("join");
  const shell = useTranslations("shell");
  const isSignedIn = useQuery(sessionQuery).data != null;
  const product = useTranslations("common")("product");
  return (
    <Entrance
      product={product}
      title={t(spent === undefined ? "unknown.title" : "dead.title")}
      lead={spent ?? t("unknown.body")}
    >
      <ButtonLink href={isSignedIn ? "/" : "/sign-in"} className="justify-self-start">
        {isSignedIn ? shell("notFound.action") : t("signIn")}
      </ButtonLink>
    </Entrance>
  );
}
