"use client";
import { useQueryClient } from "@tanstack/react-query";
import { JoinSignedIn } from "@touchstone/contracts";
import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { type ReactNode, useEffect } from "react";
import { z } from "zod";
import { api } from "../../api/client.ts";
import { Button, ButtonLink } from "../../components/button.tsx";
import { FormProblem } from "../../components/forms/form-problem.tsx";
import { useSchemaForm } from "../../components/forms/use-schema-form.ts";
import { Loading } from "../../components/loading.tsx";
import { Entrance } from "../session/entrance.tsx";
import { sessionQuery } from "../session/session-query.ts";
import { useSignOut } from "../session/use-sign-out.ts";
import { AboutProject } from "./about-project.tsx";
import { Consent } from "./consent.tsx";
import { type JoinOffer, placeAfterJoining } from "./join-query.ts";
import { leadOf, titleOf } from "./join-words.tsx";

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
  const router = useRouter();
  const client = useQueryClient();
  const signOut = useSignOut(() => window.location.reload());
  const form = useSchemaForm({
    schema: offer.consent ? JoinSignedIn.extend({ consent: z.literal(true) }) : JoinSignedIn,
    send: (body) => api.joinSignedIn({ params: { token }, body }),
    onDone: (session) => {
      client.clear();
      client.setQueryData(sessionQuery.queryKey, session);
      router.replace(placeAfterJoining(offer, session));
    },
  });
  return (
    <Entrance product={offer.workspace} title={titleOf(offer, t)} lead={leadOf(offer, t)}>
      <form
        noValidate
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          form.submit({ consent: new FormData(event.currentTarget).get("consent") === "on", locale });
        }}
      >
        <AboutProject offer={offer} />
        {offer.consent ? <Consent text={offer.consent} error={form.errors.consent !== undefined} /> : null}
        <p className="text-ink-2">{t("you.lead", { name: you.name })}</p>
        <FormProblem problem={form.problem} />
        <div className="flex flex-wrap gap-2">
          <Button type="submit" variant="primary" pending={form.pending} className="px-5">
            {t(`${offer.kind}.submit`)}
          </Button>
          <Button variant="ghost" onClick={signOut}>
            {t("you.other")}
          </Button>
        </div>
      </form>
    </Entrance>
  );
}
