import { largestSeed } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Checkbox } from "../../components/forms/checkbox.tsx";
import { Field, Input, Textarea } from "../../components/forms/field.tsx";
import type { Settings } from "./talk.ts";

interface TalkSettingsProps {
  readonly settings: Settings;
  readonly onChange: (settings: Partial<Settings>) => void;
}

/** How answers are drawn, each said in what it does. What is not a number yet changes nothing. */
export function TalkSettings({ settings, onChange }: TalkSettingsProps): ReactNode {
  const t = useTranslations("playground.settings");
  return (
    <div className="grid gap-4">
      <Field label={t("system")} hint={t("hints.system")}>
        <Textarea
          dir="auto"
          rows={2}
          className="min-h-16"
          value={settings.system}
          onChange={(event) => onChange({ system: event.target.value })}
        />
      </Field>
      <div className="grid gap-4 sm:grid-cols-2 xl:grid-cols-4">
        <NumberField
          name="temperature"
          value={settings.temperature}
          {...{ least: 0, most: 2, step: 0.1 }}
          onValue={(temperature) => onChange({ temperature: temperature ?? 1 })}
        />
        <NumberField
          name="topP"
          value={settings.topP}
          {...{ least: 0, most: 1, step: 0.05 }}
          onValue={(topP) => onChange({ topP: topP ?? 1 })}
        />
        <NumberField
          name="maxNewTokens"
          value={settings.maxNewTokens}
          {...{ least: 1, most: 1_000_000, step: 1 }}
          onValue={(maxNewTokens) => onChange({ maxNewTokens })}
        />
        <NumberField
          name="seed"
          value={settings.seed}
          {...{ least: 0, most: largestSeed, step: 1 }}
          onValue={(seed) => onChange({ seed })}
        />
      </div>
      <Checkbox checked={settings.together} onChange={(event) => onChange({ together: event.target.checked })}>
        {t("together")}
      </Checkbox>
    </div>
  );
}

interface NumberFieldProps {
  readonly name: "temperature" | "topP" | "maxNewTokens" | "seed";
  readonly value: number | null;
  readonly least: number;
  readonly most: number;
  readonly step: number;
  readonly onValue: (value: number | null) => void;
}

function NumberField({ name, value, least, most, step, onValue }: NumberFieldProps): ReactNode {
  const t = useTranslations("playground.settings");
  return (
    <Field label={t(name)} hint={t(`hints.${name}`)}>
      <Input
        type="number"
        inputMode={step < 1 ? "decimal" : "numeric"}
        min={least}
        max={most}
        step={step}
        defaultValue={value ?? ""}
        onChange={(event) => {
          const given = event.target.valueAsNumber;
          // What is beyond the bounds is taken as the bound, and stands there once the field is left.
          if (Number.isNaN(given)) onValue(null);
          else onValue(Math.min(most, Math.max(least, step < 1 ? given : Math.round(given))));
        }}
        onBlur={(event) => {
          event.target.value = value === null ? "" : String(value);
        }}
      />
    </Field>
  );
}
