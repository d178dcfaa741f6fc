"use client";
import { ApiError } from "@touchstone/api-client";
import { useLocale, useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { api } from "../../api/client.ts";
import { Field, Input } from "../../components/forms/field.tsx";
import { PasswordInput } from "../../components/forms/password-input.tsx";
import { TextLink } from "../../components/text-link.tsx";
import { type JoinOffer, signInHref } from "./join-query.ts";
import { joinSchemas, joinValues } from "./join-schema.ts";
import { NameJoin } from "./name-join.tsx";
import { OfferForm } from "./offer-form.tsx";
import { useJoining } from "./use-joining.ts";

interface JoinFormProps {
  readonly token: string;
  readonly offer: JoinOffer;
}

/** As few fields as the kind of link needs; whoever joins is signed in at once. */
export function JoinForm({ token, offer }: JoinFormProps): ReactNode {
  const [byName, setByName] = useState(offer.nameAlone ?? false);
  return byName ? (
    <NameJoin token={token} offer={offer} onOtherWay={() => setByName(false)} />
  ) : (
    <LoginJoin token={token} offer={offer} />
  );
}

function LoginJoin({ token, offer }: JoinFormProps): ReactNode {
  const t = useTranslations("join");
  const locale = useLocale();
  const form = useJoining({
    token,
    offer,
    schema: joinSchemas[offer.kind],
    send: (body) => api.join({ params: { token }, body }),
  });
  const taken = form.problem instanceof ApiError && form.problem.refusal?.reason === "addressTaken";
  const newcomer = offer.kind !== "password-reset";
  const signIn = newcomer ? (
    <TextLink href={signInHref(token)} className="justify-self-start">
      {t("signIn")}
    </TextLink>
  ) : null;
  return (
    <OfferForm
      offer={offer}
      form={form}
      problem={taken ? null : form.problem}
      values={(fields) => joinValues(fields, locale)}
      below={signIn}
    >
      {newcomer ? (
        <>
          <Field label={t("name")} hint={t("nameHint")} error={form.errors.name}>
            <Input name="name" autoComplete="name" />
          </Field>
          <Field
            label={t("email")}
            hint={t("emailHint")}
            error={taken ? { key: "said", message: t("emailTaken") } : form.errors.email}
          >
            <Input name="email" type="email" autoComplete="username" />
          </Field>
        </>
      ) : null}
      <Field label={t("password")} hint={t("passwordHint")} error={form.errors.password}>
        <PasswordInput name="password" autoComplete="new-password" />
      </Field>
    </OfferForm>
  );
}
