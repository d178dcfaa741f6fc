"use client";
import { useQueryClient } from "@tanstack/react-query";
import { ApiError } from "@touchstone/api-client";
import { Join, type Joined, Name } from "@touchstone/contracts";
import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { z } from "zod";
import { api } from "../../api/client.ts";
import { otherMember } from "../../api/other-member.ts";
import { Button } from "../../components/button.tsx";
import { Field, Input } from "../../components/forms/field.tsx";
import { useSchemaForm } from "../../components/forms/use-schema-form.ts";
import { SecretToCopy } from "../../components/secret-to-copy.tsx";
import { Entrance } from "../session/entrance.tsx";
import { sessionQuery } from "../session/session-query.ts";
import { type JoinOffer, joinQuery, placeAfterJoining } from "./join-query.ts";
import { joinValues } from "./join-schema.ts";
import { OfferForm } from "./offer-form.tsx";

interface NameJoinProps {
  readonly token: string;
  readonly offer: JoinOffer;
  /** To join by an e-mail address instead. */
  readonly onOtherWay: () => void;
}

/** A name, the consent, and one is in; then the link by which one comes back, which is shown this once. */
export function NameJoin({ token, offer, onOtherWay }: NameJoinProps): ReactNode {
  const t = useTranslations("join");
  const locale = useLocale();
  const client = useQueryClient();
  const [joined, setJoined] = useState<Joined | null>(null);
  const consent = offer.consent === null ? z.boolean() : z.literal(true);
  const form = useSchemaForm({
    schema: Join.extend({ name: Name, consent }),
    send: (body) =>
      api.join({ params: { token }, body }).catch(async (error: unknown) => {
        // The last place went while the form was filled in: the page says so in its own words.
        if (error instanceof ApiError && error.code === "link_used_up") await client.resetQueries(joinQuery(token));
        throw error;
      }),
    onDone: setJoined,
  });
  if (joined) return <KeepThis offer={offer} joined={joined} />;
  return (
    <OfferForm
      offer={offer}
      form={form}
      problem={form.problem}
      values={(fields) => joinValues(fields, locale)}
      below={
        <Button variant="ghost" className="-ml-2 justify-self-start" onClick={onOtherWay}>
          {t("byEmail")}
        </Button>
      }
    >
      <Field label={t("name")} hint={t("byNameHint")} error={form.errors.name}>
        <Input name="name" autoComplete="nickname" />
      </Field>
    </OfferForm>
  );
}

function KeepThis({ offer, joined }: { readonly offer: JoinOffer; readonly joined: Joined }): ReactNode {
  const t = useTranslations("join.return");
  const client = useQueryClient();
  const router = useRouter();
  const { returnCode, ...session } = joined;
  const start = (): void => {
    // Whatever was read before, if anything, was read as nobody.
    client.clear();
    otherMember.tellOtherWindows();
    client.setQueryData(sessionQuery.queryKey, session);
    router.replace(placeAfterJoining(offer, session));
  };
  return (
    <Entrance product={offer.workspace} title={t("welcome", { name: session.member.name })} lead={t("keep")}>
      {returnCode ? (
        <SecretToCopy label={t("link")} value={`${window.location.origin}/return#${returnCode}`} note={t("once")} />
      ) : null}
      <Button variant="primary" className="justify-self-start px-5" onClick={start}>
        {t("start")}
      </Button>
    </Entrance>
  );
}
