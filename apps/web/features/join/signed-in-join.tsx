"use client";
import { JoinSignedIn } from "@touchstone/contracts";
import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { type ReactNode, useEffect } from "react";
import { z } from "zod";
import { api } from "../../api/client.ts";
import { Button, ButtonLink } from "../../components/button.tsx";
import { Loading } from "../../components/loading.tsx";
import { Entrance } from "../session/entrance.tsx";
import { useSignOut } from "../session/use-sign-out.ts";
import type { JoinOffer } from "./join-query.ts";
import { OfferForm } from "./offer-form.tsx";
import { useJoining } from "./use-joining.ts";

interface SignedInJoinProps {
  readonly token: string;
  readonly offer: JoinOffer;
  readonly you: NonNullable<JoinOffer["you"]>;
}

/** Who is signed in is not asked for a name and a password again: at most for their consent. */
export function SignedInJoin({ token, offer, you }: SignedInJoinProps): ReactNode {
  if (!you.belongs) return <TakePlace token={token} offer={offer} you={you} />;
  return offer.projectId ? <TakenAlong projectId={offer.projectId} /> : <Belongs offer={offer} you={you} />;
}

function TakenAlong({ projectId }: { readonly projectId: string }): ReactNode {
  const router = useRouter();
  // External system: the browser's address.
  useEffect(() => router.replace(`/work/${projectId}`), [router, projectId]);
  return (
    <main className="page-edges py-6">
      <Loading />
    </main>
  );
}

/** An invitation opened by a member, most often by the admin who made it: nothing is used up by that. */
function Belongs({ offer, you }: Omit<SignedInJoinProps, "token">): ReactNode {
  const t = useTranslations("join.belongs");
  return (
    <Entrance
      product={offer.workspace}
      title={t("title", { workspace: offer.workspace })}
      lead={t("body", { name: you.name })}
    >
      <ButtonLink href="/" className="justify-self-start">
        {t("action")}
      </ButtonLink>
    </Entrance>
  );
}

function TakePlace({ token, offer, you }: SignedInJoinProps): ReactNode {
  const t = useTranslations("join");
  const locale = useLocale();
  const signOut = useSignOut(() => window.location.reload());
  const form = useJoining({
    token,
    offer,
    schema: offer.consent ? JoinSignedIn.extend({ consent: z.literal(true) }) : JoinSignedIn,
    send: (body) => api.joinSignedIn({ params: { token }, body }),
  });
  return (
    <OfferForm
      offer={offer}
      form={form}
      problem={form.problem}
      values={(fields) => ({ consent: fields.get("consent") === "on", locale })}
      otherWay={
        <Button variant="ghost" onClick={signOut}>
          {t("you.other")}
        </Button>
      }
    >
      <p className="text-ink-2">{t("you.lead", { name: you.name })}</p>
    </OfferForm>
  );
}
