import type { EndpointView, ModelVersionView } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button } from "../../components/button.tsx";
import { Field, Select } from "../../components/forms/field.tsx";
import { EndpointSpent } from "../endpoints/endpoint-spent.tsx";
import { useModelName } from "../models/use-model-name.ts";
import { columnOfEndpoint, endpointOf, mostColumns, type Talk } from "./talk.ts";
import type { TalkStore } from "./talk-store.ts";

interface ColumnHeadsProps {
  readonly store: TalkStore;
  readonly talk: Talk;
  readonly policies: readonly ModelVersionView[];
  /** Those that whoever looks may ask. */
  readonly endpoints: readonly EndpointView[];
}

/** Whom one talks to, from left to right. A model may stand there twice. */
export function ColumnHeads({ store, talk, policies, endpoints }: ColumnHeadsProps): ReactNode {
  const t = useTranslations("playground");
  const nameOf = useModelName();
  const offered = policies.filter(({ stage }) => stage !== "archived");
  const ids = [...offered.map(({ id }) => id), ...endpoints.map(({ id }) => columnOfEndpoint(id))];
  const next = ids.find((id) => talk.columns.every(({ modelId }) => modelId !== id)) ?? ids[0];
  return (
    <div className="grid gap-3 sm:grid-cols-2 xl:grid-cols-4">
      {talk.columns.map((column, index) => {
        const model = policies.find(({ id }) => id === column.modelId);
        const endpoint = endpoints.find(({ id }) => id === endpointOf(column.modelId));
        const isThere = ids.includes(column.modelId);
        return (
          <div key={column.key} className="flex items-end gap-2">
            <Field
              className="min-w-0 flex-1"
              label={t("column", { number: index + 1 })}
              hint={endpoint ? <EndpointSpent endpoint={endpoint} /> : undefined}
              error={isThere ? undefined : { key: "said", message: t("gone") }}
            >
              <Select value={column.modelId} onChange={(event) => store.replace(column.key, event.target.value)}>
                {isThere ? null : <option value={column.modelId}>{model ? nameOf(model) : t("unknown")}</option>}
                {offered.map((one) => (
                  <option key={one.id} value={one.id}>
                    {nameOf(one)}
                  </option>
                ))}
                {endpoints.length > 0 ? (
                  <optgroup label={t("endpoints")}>
                    {endpoints.map(({ id, name, model: answering }) => (
                      <option key={id} value={columnOfEndpoint(id)}>
                        {name} · {answering}
                      </option>
                    ))}
                  </optgroup>
                ) : null}
              </Select>
            </Field>
            {talk.columns.length > 1 ? (
              <Button
                variant="ghost"
                aria-label={t("remove", { number: index + 1 })}
                onClick={() => store.remove(column.key)}
              >
                ×
              </Button>
            ) : null}
          </div>
        );
      })}
      {next && talk.columns.length < mostColumns ? (
        <Button className="self-end justify-self-start" onClick={() => store.addColumn(next)}>
          {t("add")}
        </Button>
      ) : null}
    </div>
  );
}
