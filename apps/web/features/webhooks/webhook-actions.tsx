"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { WebhookChange, type WebhookView } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { api } from "../../api/client.ts";
import { Button } from "../../components/button.tsx";
import { Field, Input } from "../../components/forms/field.tsx";
import { FormProblem } from "../../components/forms/form-problem.tsx";
import { useSchemaForm } from "../../components/forms/use-schema-form.ts";
import { SecretToCopy } from "../../components/secret-to-copy.tsx";
import { DeliveryOutcome } from "./delivery-outcome.tsx";
import { EventBoxes } from "./event-boxes.tsx";
import { forgetWebhooks } from "./webhook-queries.ts";

/** What is done with an address: tried, changed, given another secret, switched on or off. */
export function WebhookActions({ webhook }: { readonly webhook: WebhookView }): ReactNode {
  const t = useTranslations("webhooks");
  const client = useQueryClient();
  const { id, projectId, off } = webhook;
  const [edits, setEdits] = useState(false);
  const onSettled = () => forgetWebhooks(client, projectId);
  const test = useMutation({ mutationFn: () => api.testWebhook({ params: { id } }), onSettled });
  const turn = useMutation({
    mutationFn: () => api.changeWebhook({ params: { id }, body: { on: off !== null } }),
    onSettled,
  });
  const rotate = useMutation({ mutationFn: () => api.rotateWebhookSecret({ params: { id } }), onSettled });
  return (
    <>
      <Button pending={test.isPending} onClick={() => test.mutate()}>
        {t("test")}
      </Button>
      <Button variant="ghost" aria-expanded={edits} onClick={() => setEdits(!edits)}>
        {t("edit.action")}
      </Button>
      <Button variant="ghost" pending={rotate.isPending} onClick={() => rotate.mutate()}>
        {t("secret.rotate")}
      </Button>
      <Button variant="ghost" pending={turn.isPending} onClick={() => turn.mutate()}>
        {t(off === null ? "switchOff" : "switchOn")}
      </Button>
      <div className="order-last grid w-full gap-3 empty:hidden">
        {test.data ? (
          <div role="status">
            <DeliveryOutcome delivery={test.data} />
          </div>
        ) : null}
        {rotate.data ? (
          <SecretToCopy label={t("secret.label")} value={rotate.data.secret} note={t("secret.rotated")} />
        ) : null}
        <FormProblem problem={test.error ?? turn.error ?? rotate.error} />
        {edits ? <Edit webhook={webhook} onDone={() => setEdits(false)} /> : null}
      </div>
    </>
  );
}

interface EditProps {
  readonly webhook: WebhookView;
  readonly onDone: () => void;
}

function Edit({ webhook: { id, projectId, url, events }, onDone }: EditProps): ReactNode {
  const t = useTranslations("webhooks");
  const client = useQueryClient();
  const form = useSchemaForm({
    schema: WebhookChange,
    send: (body) => api.changeWebhook({ params: { id }, body }),
    onDone: () => {
      onDone();
      void forgetWebhooks(client, projectId);
    },
  });
  return (
    <form
      noValidate
      aria-label={t("edit.action")}
      className="grid gap-3 border-t border-line pt-3"
      onSubmit={(event) => {
        event.preventDefault();
        const data = new FormData(event.currentTarget);
        form.submit({ url: data.get("url"), events: data.getAll("events") });
      }}
    >
      <Field label={t("url")} error={form.errors.url}>
        <Input name="url" type="url" defaultValue={url} spellCheck={false} />
      </Field>
      <EventBoxes chosen={events} error={form.errors.events} />
      <FormProblem problem={form.problem} />
      <Button type="submit" pending={form.pending} className="justify-self-start">
        {t("edit.save")}
      </Button>
    </form>
  );
}
