"use client";
import { useQueryClient } from "@tanstack/react-query";
import { EndpointDraft } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { api } from "../../api/client.ts";
import { Button } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { FormProblem } from "../../components/forms/form-problem.tsx";
import { useEmptyingForm } from "../../components/forms/use-emptying-form.ts";
import { EndpointFields } from "./endpoint-fields.tsx";
import { forgetEndpoints } from "./endpoint-queries.ts";
import { endpointValues } from "./endpoint-values.ts";

/** Names another address. */
export function NewEndpoint(): ReactNode {
  const t = useTranslations("endpoints");
  const client = useQueryClient();
  const form = useEmptyingForm({
    schema: EndpointDraft,
    send: (body) => api.createEndpoint({ body }),
    onDone: () => void forgetEndpoints(client),
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
          const data = new FormData(event.currentTarget);
          const key = String(data.get("key") ?? "");
          form.submit({ ...endpointValues(data), ...(key === "" ? {} : { key }) });
        }}
      >
        <EndpointFields errors={form.errors} />
        <FormProblem problem={form.problem} />
        <Button type="submit" variant="primary" pending={form.pending} className="justify-self-start">
          {t("add.submit")}
        </Button>
      </form>
    </Card>
  );
}
