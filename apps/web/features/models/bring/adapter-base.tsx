"use client";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { FieldError } from "../../../components/forms/field-errors.ts";
import { ModelSelect } from "../model-select.tsx";
import type { useAdapterBase } from "./use-adapter-base.ts";

interface Props {
  readonly base: ReturnType<typeof useAdapterBase>;
  readonly error: FieldError | undefined;
}

/** Which policy an adapter was trained on: its own settings may say, and a person does. */
export function AdapterBase({ base, error }: Props): ReactNode {
  const t = useTranslations("models.bring");
  return (
    <div className="grid gap-1">
      <ModelSelect kind="policy" name="base" label={t("base")} choice={base} error={error} />
      <p className="text-xs text-ink-3">
        {base.called === null ? t("baseHint") : t("baseCalled", { name: base.called })}
      </p>
    </div>
  );
}
