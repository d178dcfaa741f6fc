"use client";
import { useQueryClient } from "@tanstack/react-query";
import { WebhookDraft, WebhookEvent, type WebhookMade } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { api } from "../../api/client.ts";
import { Button } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { Field, Input } from "../../components/forms/field.tsx";
import { FormProblem } from "../../components/forms/form-problem.tsx";
import { useEmptyingForm } from "../../components/forms/use-emptying-form.ts";
import { SecretToCopy } from "../../components/secret-to-copy.tsx";
import { EventBoxes } from "./event-boxes.tsx";
import { forgetWebhooks } from "./webhook-queries.ts";

/** Names another address, and shows its secret the only time. */
export function NewWebhook({ projectId }: { readonly projectId: string }): ReactNode {
  const t = useTranslations("webhooks");
  const client = useQueryClient();
  const [made, setMade] = useState<WebhookMade | null>(null);
  const form = useEmptyingForm({
    schema: WebhookDraft,
    send: (body) => api.createWebhook({ params: { id: projectId }, body }),
    onDone: (one) => {
      setMade(one);
      void forgetWebhooks(client, projectId);
    },
  });
  return (
    <Card title={t("add.title")}>
      <form
        key={form.sent}
        noValidate
        aria-label={t("add.title")}
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          setMade(null);
          const data = new FormData(event.currentTarget);
          form.submit({ url: data.get("url"), events: data.getAll("events") });
        }}
      >
        <Field label={t("url")} hint={t("urlHint")} error={form.errors.url}>
          <Input name="url" type="url" inputMode="url" autoComplete="off" spellCheck={false} placeholder="https://" />
        </Field>
        <EventBoxes chosen={WebhookEvent.options} error={form.errors.events} />
        <FormProblem problem={form.problem} />
        <Button type="submit" variant="primary" pending={form.pending} className="justify-self-start">
          {t("add.submit")}
        </Button>
      </form>
      {made ? (
        <div className="mt-4">
          <SecretToCopy label={t("secret.label")} value={made.secret} note={t("secret.once")} />
        </div>
      ) : null}
    </Card>
  );
}
