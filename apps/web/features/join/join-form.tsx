"use client";
import { useQueryClient } from "@tanstack/react-query";
import { ApiError } from "@touchstone/api-client";
import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { api } from "../../api/client.ts";
import { Button } from "../../components/button.tsx";
import { Field, Input } from "../../components/forms/field.tsx";
import { FormProblem } from "../../components/forms/form-problem.tsx";
import { PasswordInput } from "../../components/forms/password-input.tsx";
import { useSchemaForm } from "../../components/forms/use-schema-form.ts";
import { TextLink } from "../../components/text-link.tsx";
import { Entrance } from "../session/entrance.tsx";
import { sessionQuery } from "../session/session-query.ts";
import { AboutProject } from "./about-project.tsx";
import { Consent } from "./consent.tsx";
import type { JoinOffer } from "./join-query.ts";
import { joinQuery, placeAfterJoining, signInHref } from "./join-query.ts";
import { joinSchemas, joinValues } from "./join-schema.ts";
import { leadOf, titleOf } from "./join-words.tsx";

interface JoinFormProps {
  readonly token: string;
  readonly offer: JoinOffer;
}

/** As few fields as the kind of link needs; whoever joins is signed in at once. */
export function JoinForm({ token, offer }: JoinFormProps): ReactNode {
  const t = useTranslations("join");
  const locale = useLocale();
  const router = useRouter();
  const queryClient = useQueryClient();
  const form = useSchemaForm({
    schema: joinSchemas[offer.kind],
    send: async (body) =>
      await api.join({ params: { token }, body }).catch(async (error: unknown) => {
        // The last place went while the form was filled in: the page says so in its own words.
        if (error instanceof ApiError && error.code === "link_used_up")
          await queryClient.resetQueries(joinQuery(token));
        throw error;
      }),
    onDone: (session) => {
      queryClient.setQueryData(sessionQuery.queryKey, session);
      router.replace(placeAfterJoining(offer, session));
    },
  });
  const taken = form.problem instanceof ApiError && form.problem.refusal?.reason === "addressTaken";
  const newcomer = offer.kind !== "password-reset";
  return (
    <Entrance product={offer.workspace} title={titleOf(offer, t)} lead={leadOf(offer, t)}>
      <form
        noValidate
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          form.submit(joinValues(new FormData(event.currentTarget), locale));
        }}
      >
        <AboutProject offer={offer} />
        {offer.consent ? <Consent text={offer.consent} error={form.errors.consent !== undefined} /> : null}
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
        <FormProblem problem={taken ? null : form.problem} />
        <Button type="submit" variant="primary" pending={form.pending} className="justify-self-start px-5">
          {t(`${offer.kind}.submit`)}
        </Button>
      </form>
      {newcomer ? (
        <TextLink href={signInHref(token)} className="justify-self-start">
          {t("signIn")}
        </TextLink>
      ) : null}
    </Entrance>
  );
}
