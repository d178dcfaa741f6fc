"use client";
import { mostPolicies } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Checkbox } from "../../components/forms/checkbox.tsx";
import { FaultText, Field, Select } from "../../components/forms/field.tsx";
import type { FieldError } from "../../components/forms/field-errors.ts";
import type { ModelChoice } from "../models/use-model-choice.ts";
import { useModelName } from "../models/use-model-name.ts";

interface OtherPoliciesProps {
  readonly offered: ModelChoice["offered"];
  /** The two that are chosen already. */
  readonly two: readonly (string | undefined)[];
  readonly chosen: readonly string[];
  readonly onChange: (chosen: readonly string[]) => void;
  readonly errors: { readonly others: FieldError | undefined; readonly ask: FieldError | undefined };
}

/** Further policies to compare with the two, and how people are then asked. */
export function OtherPolicies({ offered = [], two, chosen, onChange, errors }: OtherPoliciesProps): ReactNode {
  const t = useTranslations("evaluations.several");
  const nameOf = useModelName();
  const others = offered.filter(({ id }) => !two.includes(id));
  if (others.length === 0) return null;
  const toggle = (id: string): void =>
    onChange(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id]);
  const isFull = chosen.length >= mostPolicies - 2;
  return (
    <>
      <fieldset className="grid content-start gap-1.5">
        <legend className="pb-1 font-medium">{t("others")}</legend>
        <div className="grid max-h-48 gap-1.5 overflow-y-auto">
          {others.map((model) => (
            <Checkbox
              key={model.id}
              checked={chosen.includes(model.id)}
              disabled={isFull && !chosen.includes(model.id)}
              onChange={() => toggle(model.id)}
            >
              {nameOf(model)}
            </Checkbox>
          ))}
        </div>
        <p className="text-xs text-ink-3">{t("othersHint", { most: mostPolicies })}</p>
        <FaultText error={errors.others} />
      </fieldset>
      {chosen.length > 0 ? (
        <Field label={t("ask")} hint={t("askHint", { pairs: Math.floor((chosen.length + 2) / 2) })} error={errors.ask}>
          <Select name="ask" defaultValue="pairs">
            <option value="pairs">{t("asPairs")}</option>
            <option value="ranking">{t("asRanking", { count: chosen.length + 2 })}</option>
          </Select>
        </Field>
      ) : null}
    </>
  );
}
