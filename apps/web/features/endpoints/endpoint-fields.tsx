"use client";
import { EndpointDraft, type EndpointView } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Checkbox } from "../../components/forms/checkbox.tsx";
import { Field, Input, Select, Textarea } from "../../components/forms/field.tsx";
import type { FieldError } from "../../components/forms/field-errors.ts";

interface EndpointFieldsProps {
  /** Undefined where another is made. */
  readonly endpoint?: EndpointView | undefined;
  readonly errors: Readonly<Record<string, FieldError>>;
}

const empty = EndpointDraft.parse({ name: "-", baseUrl: "-", model: "-" });
const limitNames = ["atOnce", "perMinute", "seconds", "tokens"] as const;
const moneyNames = ["promptPrice", "answerPrice", "money"] as const;
const samplingNames = ["temperature", "topP", "topK", "maxNewTokens"] as const;

/** All fields of an endpoint: the address first, the rest folded with its defaults. */
export function EndpointFields({ endpoint, errors }: EndpointFieldsProps): ReactNode {
  const t = useTranslations("endpoints");
  const { limits, dialect, sampling } = endpoint ?? empty;
  const has = (part: string) => Object.keys(errors).some((path) => path.startsWith(`${part}.`));
  return (
    <>
      <Field label={t("name")} error={errors.name}>
        <Input name="name" defaultValue={endpoint?.name} autoComplete="off" />
      </Field>
      <Field label={t("baseUrl")} hint={t("baseUrlHint")} error={errors.baseUrl}>
        <Input
          name="baseUrl"
          type="url"
          inputMode="url"
          autoComplete="off"
          spellCheck={false}
          placeholder="https://"
          defaultValue={endpoint?.baseUrl}
        />
      </Field>
      <Field label={t("model")} hint={t("modelHint")} error={errors.model}>
        <Input name="model" autoComplete="off" spellCheck={false} defaultValue={endpoint?.model} />
      </Field>
      <Field label={t("key")} hint={t(endpoint?.hasKey ? "keyKept" : "keyHint")} error={errors.key}>
        <Input name="key" type="password" autoComplete="new-password" spellCheck={false} />
      </Field>
      {endpoint?.hasKey ? <Checkbox name="removeKey">{t("removeKey")}</Checkbox> : null}
      <Folded title={t("limits")} open={has("limits")}>
        <p className="col-span-full text-sm text-ink-2">{t("limitsHint")}</p>
        {limitNames.map((name) => (
          <Figure key={name} name={name} value={limits[name]} error={errors[`limits.${name}`]} />
        ))}
        {moneyNames.map((name) => (
          <Figure key={name} name={name} value={limits[name]} error={errors[`limits.${name}`]} />
        ))}
        <Field label={t("figures.currency")} error={errors["limits.currency"]}>
          <Input name="currency" defaultValue={limits.currency} maxLength={3} className="w-24 uppercase" />
        </Field>
      </Folded>
      <Folded title={t("sampling")} open={has("sampling")}>
        {samplingNames.map((name) => (
          <Figure key={name} name={name} value={sampling[name]} error={errors[`sampling.${name}`]} />
        ))}
        <Field label={t("stop")} hint={t("stopHint")} error={errors["sampling.stop"]} className="col-span-full">
          <Textarea name="stop" rows={2} spellCheck={false} defaultValue={sampling.stop?.join("\n")} />
        </Field>
      </Folded>
      <Folded title={t("dialect")} open={has("dialect")}>
        <Field label={t("lengthName")} hint={t("lengthNameHint")} className="col-span-full">
          <Select name="lengthName" defaultValue={dialect.lengthName}>
            <option value="max_tokens">max_tokens</option>
            <option value="max_completion_tokens">max_completion_tokens</option>
          </Select>
        </Field>
        <div className="col-span-full">
          <Checkbox name="seed" defaultChecked={dialect.seed}>
            {t("sendSeed")}
          </Checkbox>
        </div>
      </Folded>
    </>
  );
}

/** What is rarely changed; open where something in it is at fault. */
function Folded(props: { readonly title: string; readonly open: boolean; readonly children: ReactNode }): ReactNode {
  return (
    <details open={props.open || undefined} className="border-t border-line pt-2">
      <summary className="cursor-pointer py-1.5 font-medium">{props.title}</summary>
      <div className="grid gap-4 pt-2 sm:grid-cols-2">{props.children}</div>
    </details>
  );
}

interface FigureProps {
  readonly name: (typeof limitNames)[number] | (typeof moneyNames)[number] | (typeof samplingNames)[number];
  readonly value: number | null;
  readonly error: FieldError | undefined;
}

function Figure({ name, value, error }: FigureProps): ReactNode {
  const t = useTranslations("endpoints.figures");
  return (
    <Field label={t(name)} error={error}>
      <Input name={name} inputMode="decimal" autoComplete="off" defaultValue={value ?? ""} className="w-40" />
    </Field>
  );
}
