"use client";
import { ApiError } from "@touchstone/api-client";
import { PasswordChange } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { api } from "../../api/client.ts";
import { Button } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { Field } from "../../components/forms/field.tsx";
import { FormProblem } from "../../components/forms/form-problem.tsx";
import { PasswordInput } from "../../components/forms/password-input.tsx";
import { useEmptyingForm } from "../../components/forms/use-emptying-form.ts";
import { toasts } from "../../components/overlays/toast-store.ts";

export function ChangePassword(): ReactNode {
  const t = useTranslations("people.account.password");
  // Passwords do not stay on the page.
  const form = useEmptyingForm({
    schema: PasswordChange,
    send: (body) => api.changePassword({ body }),
    onDone: () => toasts.show(t("done")),
  });
  const isWrong = form.problem instanceof ApiError && form.problem.code === "wrong_credentials";
  return (
    <Card title={t("title")} note={t("note")}>
      <form
        key={form.sent}
        noValidate
        aria-label={t("title")}
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          form.submit(Object.fromEntries(new FormData(event.currentTarget)));
        }}
      >
        <Field label={t("present")} error={isWrong ? { key: "said", message: t("wrong") } : form.errors.present}>
          <PasswordInput name="present" autoComplete="current-password" />
        </Field>
        <Field label={t("wanted")} hint={t("hint")} error={form.errors.password}>
          <PasswordInput name="password" autoComplete="new-password" />
        </Field>
        <FormProblem problem={isWrong ? null : form.problem} />
        <Button type="submit" pending={form.pending} className="justify-self-start">
          {t("submit")}
        </Button>
      </form>
    </Card>
  );
}
