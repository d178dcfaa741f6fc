"use client";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { ArenaSettings, type ArenaSettingsView } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { api } from "../../api/client.ts";
import { Button } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { Checkbox } from "../../components/forms/checkbox.tsx";
import { FaultText, Field, Input } from "../../components/forms/field.tsx";
import { FormProblem } from "../../components/forms/form-problem.tsx";
import { useSchemaForm } from "../../components/forms/use-schema-form.ts";
import { toasts } from "../../components/overlays/toast-store.ts";
import { modelsQuery } from "../models/model-queries.ts";
import { useModelName } from "../models/use-model-name.ts";
import { arenaSettingsQuery } from "./arena-queries.ts";

interface ArenaFormProps {
  readonly projectId: string;
  readonly settings: ArenaSettingsView;
}

const figures = [
  "maxNewTokens",
  "temperature",
  "topP",
  "mostTurns",
  "battlesADay",
  "projectBattlesADay",
  "promptCharacters",
  "messagesAMinute",
] as const;

/** Who takes part, and how much. */
export function ArenaForm({ projectId, settings }: ArenaFormProps): ReactNode {
  const t = useTranslations("arena.settings");
  const client = useQueryClient();
  const nameOf = useModelName();
  const offered = useQuery(modelsQuery("policy")).data?.items.filter(({ stage }) => stage !== "archived") ?? [];
  const [chosen, setChosen] = useState<readonly string[]>(settings.modelIds);
  const notOffered = settings.models.filter(({ id }) => !offered.some((one) => one.id === id));
  const form = useSchemaForm({
    schema: ArenaSettings,
    send: (body) => api.setArenaSettings({ params: { id: projectId }, body }),
    onDone: (saved) => {
      client.setQueryData(arenaSettingsQuery(projectId).queryKey, saved);
      toasts.show(t("saved"));
    },
  });
  return (
    <Card title={t("title")}>
      <form
        noValidate
        aria-label={t("title")}
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          const data = new FormData(event.currentTarget);
          const numbers = figures.map((name) => [name, numberIn(data.get(name))] as const);
          form.submit({ ...Object.fromEntries(numbers), on: data.get("on") !== null, modelIds: chosen });
        }}
      >
        <Checkbox name="on" defaultChecked={settings.on}>
          {t("on")}
        </Checkbox>
        <fieldset className="grid content-start gap-1">
          <legend className="font-medium">{t("models")}</legend>
          {[...offered, ...notOffered].map((model) => (
            <Checkbox
              key={model.id}
              checked={chosen.includes(model.id)}
              onChange={(event) => {
                const others = chosen.filter((id) => id !== model.id);
                setChosen(event.currentTarget.checked ? [...others, model.id] : others);
              }}
            >
              {nameOf(model)}
            </Checkbox>
          ))}
          <p className="text-xs text-ink-3">{t("modelsHint")}</p>
          <FaultText error={form.errors.modelIds} />
        </fieldset>
        <div className="grid gap-4 md:grid-cols-2">
          {figures.map((name) => (
            <Field key={name} label={t(`figures.${name}`)} error={form.errors[name]}>
              <Input name={name} inputMode="decimal" autoComplete="off" defaultValue={settings[name] ?? ""} />
            </Field>
          ))}
        </div>
        <FormProblem problem={form.problem} />
        <Button type="submit" variant="primary" pending={form.pending} className="justify-self-start">
          {t("save")}
        </Button>
      </form>
    </Card>
  );
}

/** Null of an empty field; what is no number is left to the schema, which says so at its field. */
function numberIn(value: FormDataEntryValue | null): number | string | null {
  if (typeof value !== "string" || value.trim() === "") return null;
  const number = Number(value);
  return Number.isNaN(number) ? value : number;
}
