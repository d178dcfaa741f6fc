"use client";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Checkbox } from "../../components/forms/checkbox.tsx";
import { Field, Input } from "../../components/forms/field.tsx";
import type { FieldError } from "../../components/forms/field-errors.ts";
import { ModelSelect } from "../models/model-select.tsx";
import type { ModelChoice } from "../models/use-model-choice.ts";

interface BestOfProps {
  readonly on: boolean;
  readonly onChange: (on: boolean) => void;
  readonly reward: ModelChoice;
  readonly errors: { readonly samples: FieldError | undefined; readonly reward: FieldError | undefined };
}

/** Whether a reward model chooses the new policy's answers, which one, and among how many. */
export function BestOf({ on, onChange, reward, errors }: BestOfProps): ReactNode {
  const t = useTranslations("evaluations.bestOf");
  return (
    <>
      <div className="grid content-start gap-1 md:col-span-2">
        <Checkbox checked={on} onChange={() => onChange(!on)}>
          {t("choose")}
        </Checkbox>
        <p className="max-w-read text-xs text-ink-3">{t("hint")}</p>
      </div>
      {on ? (
        <>
          <ModelSelect kind="reward" name="rewardId" label={t("reward")} choice={reward} error={errors.reward} />
          <Field label={t("samples")} error={errors.samples}>
            <Input name="samples" type="number" min={2} max={16} defaultValue={4} />
          </Field>
        </>
      ) : null}
    </>
  );
}
