"use client";
import { useQuery } from "@tanstack/react-query";
import type { EndpointView } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Field, Select } from "../../components/forms/field.tsx";
import type { FieldError } from "../../components/forms/field-errors.ts";
import { endpointsQuery } from "./endpoint-queries.ts";

interface EndpointSelectProps {
  readonly chosen: EndpointView | null;
  readonly onChoose: (endpoint: EndpointView | null) => void;
  readonly error?: FieldError | undefined;
}

/** Who answers: a policy of ours, or the model behind an endpoint. Nothing where there are no endpoints. */
export function EndpointSelect({ chosen, onChoose, error }: EndpointSelectProps): ReactNode {
  const t = useTranslations("endpoints");
  const { data } = useQuery(endpointsQuery());
  const items = data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <Field label={t("select.label")} error={error}>
      <Select
        name="endpoint"
        value={chosen?.id ?? ""}
        onChange={(event) => onChoose(items.find(({ id }) => id === event.target.value) ?? null)}
      >
        <option value="">{t("select.policy")}</option>
        {items.map(({ id, name, model }) => (
          <option key={id} value={id}>
            {name} · {model}
          </option>
        ))}
      </Select>
    </Field>
  );
}
