"use client";
import { useQueryClient } from "@tanstack/react-query";
import { AccountChange } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { api } from "../../api/client.ts";
import { Button } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { Field, Input } from "../../components/forms/field.tsx";
import { FormProblem } from "../../components/forms/form-problem.tsx";
import { useSchemaForm } from "../../components/forms/use-schema-form.ts";
import { toasts } from "../../components/overlays/toast-store.ts";
import { sessionQuery } from "../session/session-query.ts";
import { useSession } from "../session/signed-in.tsx";
import { listOf } from "./list-of.ts";

/** Which languages somebody reads is theirs to say: some projects give out tasks by it. */
export function SayLanguages(): ReactNode {
  const t = useTranslations("people.account.languages");
  const client = useQueryClient();
  const { languages = [] } = useSession().member;
  const form = useSchemaForm({
    schema: AccountChange,
    send: (body) => api.changeAccount({ body }),
    onDone: (session) => {
      client.setQueryData(sessionQuery.queryKey, session);
      toasts.show(t("done"));
    },
  });
  return (
    <Card title={t("title")}>
      <form
        noValidate
        aria-label={t("title")}
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          form.submit({ languages: listOf(new FormData(event.currentTarget).get("languages")) });
        }}
      >
        <Field label={t("label")} hint={t("hint")} error={form.errors.languages ?? form.errors["languages.0"]}>
          <Input name="languages" defaultValue={languages.join(", ")} />
        </Field>
        <FormProblem problem={form.problem} />
        <Button type="submit" pending={form.pending} className="justify-self-start">
          {t("submit")}
        </Button>
      </form>
    </Card>
  );
}
