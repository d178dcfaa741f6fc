"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { WebhookView } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { api } from "../../api/client.ts";
import { Button } from "../../components/button.tsx";
import { Confirm } from "../people/confirm.tsx";
import { forgetWebhooks } from "./webhook-queries.ts";

/** Also in an archived project: what nobody may send to any more can be forgotten. */
export function DeleteWebhook({ webhook: { id, projectId, url } }: { readonly webhook: WebhookView }): ReactNode {
  const t = useTranslations("webhooks");
  const client = useQueryClient();
  const [asks, setAsks] = useState(false);
  const remove = useMutation({
    mutationFn: () => api.deleteWebhook({ params: { id } }),
    onSuccess: () => setAsks(false),
    onSettled: () => forgetWebhooks(client, projectId),
  });
  return (
    <>
      <Button variant="ghost" onClick={() => setAsks(true)}>
        {t("delete.action")}
      </Button>
      {asks ? (
        <Confirm
          title={t("delete.title", { host: new URL(url).host })}
          action={t("delete.action")}
          pending={remove.isPending}
          problem={remove.error}
          onConfirm={() => remove.mutate()}
          onCancel={() => setAsks(false)}
        >
          {t("delete.body")}
        </Confirm>
      ) : null}
    </>
  );
}
