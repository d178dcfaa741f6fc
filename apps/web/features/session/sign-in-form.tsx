"use client";
import { useQueryClient } from "@tanstack/react-query";
import { type SessionView, SignIn } from "@touchstone/contracts";
import { useRouter, useSearchParams } from "next/navigation";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { api } from "../../api/client.ts";
import { otherMember } from "../../api/other-member.ts";
import { Button } from "../../components/button.tsx";
import { Field, Input } from "../../components/forms/field.tsx";
import { FormProblem } from "../../components/forms/form-problem.tsx";
import { PasswordInput } from "../../components/forms/password-input.tsx";
import { useSchemaForm } from "../../components/forms/use-schema-form.ts";
import { ChooseWorkspace } from "./choose-workspace.tsx";
import { Entrance } from "./entrance.tsx";
import { safeReturn, sessionQuery } from "./session-query.ts";

export function SignInForm(): ReactNode {
  const t = useTranslations("session");
  const common = useTranslations("common");
  const router = useRouter();
  const next = useSearchParams().get("next");
  const queryClient = useQueryClient();
  const [several, setSeveral] = useState<SessionView | null>(null);
  const enter = (session: SessionView): void => {
    queryClient.setQueryData(sessionQuery.queryKey, session);
    router.replace(safeReturn(next, session.member.role));
  };
  const form = useSchemaForm({
    schema: SignIn,
    send: (body) => api.signIn({ body }),
    onDone: (session) => {
      otherMember.tellOtherWindows();
      if (session.workspaces.length > 1) setSeveral(session);
      else enter(session);
    },
  });
  if (several) return <ChooseWorkspace session={several} onChosen={enter} />;
  return (
    <Entrance product={common("product")} title={t("title")} lead={t("tagline")}>
      <form
        noValidate
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          form.submit(Object.fromEntries(new FormData(event.currentTarget)));
        }}
      >
        <Field label={t("email")} error={form.errors.email}>
          <Input name="email" type="email" autoComplete="username" autoFocus />
        </Field>
        <Field label={t("password")} error={form.errors.password}>
          <PasswordInput name="password" autoComplete="current-password" />
        </Field>
        <FormProblem problem={form.problem} />
        <Button type="submit" variant="primary" pending={form.pending} className="justify-self-start px-5">
          {t("submit")}
        </Button>
      </form>
      <p className="text-ink-3">{t("help")}</p>
    </Entrance>
  );
}
