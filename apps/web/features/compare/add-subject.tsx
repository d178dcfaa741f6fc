import { useQueries, useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { Button } from "../../components/button.tsx";
import { Field, Select } from "../../components/forms/field.tsx";
import { modelsQuery } from "../models/model-queries.ts";
import { useModelName } from "../models/use-model-name.ts";
import { projectsQuery } from "../projects/project-queries.ts";
import { runsQuery } from "../runs/run-queries.ts";
import { nameOfRun } from "../runs/run-state.ts";
import type { Comparison } from "./compare-address.ts";
import type { Chosen } from "./use-subjects.ts";

interface AddSubjectProps {
  readonly chosen: readonly Chosen[];
  readonly comparison: Comparison;
  readonly onChange: (more: Partial<Comparison>) => void;
}

/** One more model, or one more run of the projects that those on the page are of; without any, of all that are open. */
export function AddSubject({ chosen, comparison, onChange }: AddSubjectProps): ReactNode {
  const t = useTranslations("compare.add");
  const kinds = useTranslations("runs");
  const nameOf = useModelName();
  const models = useQuery(modelsQuery()).data?.items ?? [];
  const projects = useQuery(projectsQuery).data?.items ?? [];
  const ofThose = new Set(chosen.flatMap(({ subject }) => subject?.projectIds ?? []));
  const open = projects.filter(({ id, state }) => (ofThose.size > 0 ? ofThose.has(id) : state === "active"));
  const runs = useQueries({ queries: open.map(({ id }) => runsQuery(id)) });
  const [wanted, want] = useState("");
  const add = (): void => {
    const [as, id = ""] = wanted.split(" ");
    want("");
    onChange(as === "model" ? { models: [...comparison.models, id] } : { runs: [...comparison.runs, id] });
  };
  return (
    <div className="flex flex-wrap items-end gap-2">
      <Field label={t("label")} className="min-w-0 max-w-96 flex-1">
        <Select value={wanted} onChange={(event) => want(event.target.value)}>
          <option value="">{t("choose")}</option>
          <optgroup label={t("models")}>
            {models
              .filter(({ id }) => !comparison.models.includes(id))
              .map((model) => (
                <option key={model.id} value={`model ${model.id}`}>
                  {nameOf(model)}
                </option>
              ))}
          </optgroup>
          {open.map(({ id, name }, at) => (
            <optgroup key={id} label={t("runsOf", { project: name })}>
              {runs[at]?.data?.items
                .filter((run) => !comparison.runs.includes(run.id))
                .map((run) => (
                  <option key={run.id} value={`run ${run.id}`}>
                    {kinds("number", { number: run.number, name: nameOfRun(run, (kind) => kinds(`kinds.${kind}`)) })}
                  </option>
                ))}
            </optgroup>
          ))}
        </Select>
      </Field>
      <Button disabled={wanted === ""} onClick={add}>
        {t("add")}
      </Button>
    </div>
  );
}
