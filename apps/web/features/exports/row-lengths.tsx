"use client";
import { useQuery } from "@tanstack/react-query";
import type { RowLengths as Counted, ModelVersionView } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import { type ReactNode, type SubmitEvent, useState } from "react";
import { Button } from "../../components/button.tsx";
import { Field, Input, Select } from "../../components/forms/field.tsx";
import { QueryView } from "../../components/query-view.tsx";
import { useFormats } from "../../components/use-formats.ts";
import { ModelOptions } from "../models/model-options.tsx";
import { useModelChoice } from "../models/use-model-choice.ts";
import { useModelName } from "../models/use-model-name.ts";
import type { ChosenExport } from "./asked-export.ts";
import { isBeingCounted, type MeasuredRows, rowLengthsQuery } from "./export-queries.ts";

interface Props {
  readonly of: MeasuredRows;
  readonly asked: ChosenExport;
  /** Told of each number that is counted by. */
  readonly onCounted?: (tokens: number) => void;
}

interface Question {
  readonly tokens: number;
  /** Whose tokenizer counts; undefined for an estimate. */
  readonly model: ModelVersionView | undefined;
}

/** How many rows are longer than a trainer takes, before it cuts or drops them. It reads all rows, so it is asked for. */
export function RowLengths({ of, asked, onCounted }: Props): ReactNode {
  const t = useTranslations("exports.lengths");
  const { offered } = useModelChoice("policy", of.projectId);
  const [question, setQuestion] = useState<Question | null>(null);
  const count = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    // The browser lets no other number through.
    const tokens = Number(given.get("tokens"));
    setQuestion({ tokens, model: offered?.find(({ id }) => id === given.get("model")) });
    onCounted?.(tokens);
  };
  return (
    <form onSubmit={count} className="grid gap-2">
      <div className="flex flex-wrap items-start gap-x-4 gap-y-2">
        <Field label={t("most")} hint={t("hint")}>
          <Input name="tokens" type="number" min={1} max={10_000_000} required className="w-36" />
        </Field>
        <Field label={t("by")}>
          <Select name="model" className="max-w-80">
            <option value="">{t("byEstimate")}</option>
            <ModelOptions models={offered} />
          </Select>
        </Field>
      </div>
      <Button type="submit" className="justify-self-start">
        {t("count")}
      </Button>
      {question === null ? null : <Answer of={of} asked={asked} question={question} />}
    </form>
  );
}

function Answer({ of, asked, question }: Pick<Props, "of" | "asked"> & { readonly question: Question }): ReactNode {
  const t = useTranslations("exports.lengths");
  const nameOf = useModelName();
  const { tokens, model } = question;
  const query = useQuery(rowLengthsQuery(of, asked, { tokens, modelId: model?.id }));
  // A worker counts, which may take minutes: it is asked again until it has.
  if (model && (query.isPending || isBeingCounted(query.error))) {
    return (
      <p role="status" className="text-ink-2">
        {t("counting", { name: nameOf(model) })}
      </p>
    );
  }
  return <QueryView query={query}>{(lengths) => <Told lengths={lengths} model={model} />}</QueryView>;
}

function Told({ lengths, model }: { readonly lengths: Counted; readonly model: Question["model"] }): ReactNode {
  const t = useTranslations("exports.lengths");
  const splits = useTranslations("browse.splits");
  const formats = useFormats();
  const nameOf = useModelName();
  const { tokens, rows, longer, longest, counting } = lengths;
  const exact = counting.by === "model";
  return (
    <div role="status" className="grid gap-1">
      <p className="font-medium">
        {t("longer", { longer, rows, tokens })} {rows > 0 ? t(exact ? "longestExact" : "longest", { longest }) : null}
      </p>
      {longer > 0 && lengths.splits.length > 1 ? (
        <p className="text-ink-2">
          {formats.list(lengths.splits.map((one) => t("inSplit", { ...one, split: splits(one.split) })))}
        </p>
      ) : null}
      <p className="text-xs text-ink-3">
        {exact
          ? t("byModel", { name: model ? nameOf(model) : counting.name })
          : t("estimate", { bytes: counting.bytesPerToken })}
      </p>
    </div>
  );
}
