"use client";
import { isLeftToPeople, type ProjectView, SimulationDraft } from "@touchstone/contracts";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { api } from "../../api/client.ts";
import { Button } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { Field, Input } from "../../components/forms/field.tsx";
import { FormProblem } from "../../components/forms/form-problem.tsx";
import { useSchemaForm } from "../../components/forms/use-schema-form.ts";

const fields = [
  { name: "annotators", initial: 6, max: 50 },
  { name: "judgements", initial: 500, max: 100_000 },
  { name: "seed", initial: 1, max: 2 ** 31 - 1 },
] as const;

/** Pretend annotators for trying the loop. What they say is marked as simulated everywhere. */
export function LaunchSimulation({ project }: { readonly project: ProjectView }): ReactNode {
  const t = useTranslations("runs.simulation");
  const leftToPeople = project.questionnaires.filter(({ questions }) => isLeftToPeople(questions));
  const router = useRouter();
  const form = useSchemaForm({
    schema: SimulationDraft,
    send: (body) => api.simulate({ params: { id: project.id }, body }),
    onDone: (run) => router.push(`/runs/${run.id}`),
  });
  return (
    <Card title={t("title")} note={t("note")}>
      <form
        noValidate
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          const data = new FormData(event.currentTarget);
          form.submit(Object.fromEntries(fields.map(({ name }) => [name, Number(data.get(name))])));
        }}
      >
        <div className="grid grid-cols-3 gap-3">
          {fields.map(({ name, initial, max }) => (
            <Field key={name} label={t(name)} error={form.errors[name]}>
              <Input name={name} type="number" min={0} max={max} defaultValue={initial} />
            </Field>
          ))}
        </div>
        {leftToPeople.length > 0 ? (
          <p className="text-xs text-ink-2">
            {t("leftToPeople", { names: leftToPeople.map(({ name, version }) => `${name} v${version}`).join(" · ") })}
          </p>
        ) : null}
        <FormProblem problem={form.problem} />
        <Button type="submit" pending={form.pending} className="justify-self-start">
          {t("submit")}
        </Button>
      </form>
    </Card>
  );
}
