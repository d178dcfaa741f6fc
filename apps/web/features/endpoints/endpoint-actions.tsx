"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { EndpointChange, type EndpointView } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { api } from "../../api/client.ts";
import { Button } from "../../components/button.tsx";
import { FormProblem } from "../../components/forms/form-problem.tsx";
import { useSchemaForm } from "../../components/forms/use-schema-form.ts";
import { Confirm } from "../people/confirm.tsx";
import { EndpointFields } from "./endpoint-fields.tsx";
import { forgetEndpoints } from "./endpoint-queries.ts";
import { EndpointTest } from "./endpoint-test.tsx";
import { endpointValues } from "./endpoint-values.ts";

/** What is done with an endpoint: tried, changed, its spending counted anew, deleted. */
export function EndpointActions({ endpoint }: { readonly endpoint: EndpointView }): ReactNode {
  const t = useTranslations("endpoints");
  const client = useQueryClient();
  const { id, name, spent } = endpoint;
  const [does, setDoes] = useState<"edits" | "deletes" | null>(null);
  const onSettled = () => forgetEndpoints(client);
  const test = useMutation({ mutationFn: () => api.testEndpoint({ params: { id } }), onSettled });
  const anew = useMutation({
    mutationFn: () => api.changeEndpoint({ params: { id }, body: { countAnew: true } }),
    onSettled,
  });
  const remove = useMutation({
    mutationFn: () => api.deleteEndpoint({ params: { id } }),
    onSuccess: () => setDoes(null),
    onSettled,
  });
  return (
    <div className="flex flex-wrap gap-2">
      <Button pending={test.isPending} onClick={() => test.mutate()}>
        {t("test.action")}
      </Button>
      <Button
        variant="ghost"
        aria-expanded={does === "edits"}
        onClick={() => setDoes(does === "edits" ? null : "edits")}
      >
        {t("edit.action")}
      </Button>
      {spent.tokens === 0 ? null : (
        <Button variant="ghost" pending={anew.isPending} onClick={() => anew.mutate()}>
          {t("countAnew")}
        </Button>
      )}
      <Button variant="ghost" onClick={() => setDoes("deletes")}>
        {t("delete.action")}
      </Button>
      <div className="order-last grid w-full gap-3 empty:hidden">
        {test.data ? (
          <div role="status">
            <EndpointTest test={test.data} />
          </div>
        ) : null}
        <FormProblem problem={test.error ?? anew.error} />
        {does === "edits" ? <Edit endpoint={endpoint} onDone={() => setDoes(null)} /> : null}
      </div>
      {does === "deletes" ? (
        <Confirm
          title={t("delete.title", { name })}
          action={t("delete.action")}
          pending={remove.isPending}
          problem={remove.error}
          onConfirm={() => remove.mutate()}
          onCancel={() => setDoes(null)}
        >
          {t("delete.body")}
        </Confirm>
      ) : null}
    </div>
  );
}

interface EditProps {
  readonly endpoint: EndpointView;
  readonly onDone: () => void;
}

function Edit({ endpoint, onDone }: EditProps): ReactNode {
  const t = useTranslations("endpoints");
  const client = useQueryClient();
  const form = useSchemaForm({
    schema: EndpointChange,
    send: (body) => api.changeEndpoint({ params: { id: endpoint.id }, body }),
    onDone: () => {
      onDone();
      void forgetEndpoints(client);
    },
  });
  return (
    <form
      noValidate
      aria-label={t("edit.action")}
      className="grid gap-4 border-t border-line pt-3"
      onSubmit={(event) => {
        event.preventDefault();
        const data = new FormData(event.currentTarget);
        form.submit({ ...endpointValues(data), ...keyOf(data) });
      }}
    >
      <EndpointFields endpoint={endpoint} errors={form.errors} />
      <FormProblem problem={form.problem} />
      <Button type="submit" pending={form.pending} className="justify-self-start">
        {t("edit.save")}
      </Button>
    </form>
  );
}

/** An empty field leaves the key as it is. */
function keyOf(data: FormData): { key?: string | null } {
  const key = String(data.get("key") ?? "");
  if (key !== "") return { key };
  return data.get("removeKey") === "on" ? { key: null } : {};
}
