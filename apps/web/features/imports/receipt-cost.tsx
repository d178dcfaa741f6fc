"use client";
import { useQuery } from "@tanstack/react-query";
import type { ImportReceipt } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { Field, Input } from "../../components/forms/field.tsx";
import { useFormats } from "../../components/use-formats.ts";
import { figuresQuery } from "../projects/project-queries.ts";
import { costOf } from "./import-cost.ts";

/** Where nobody is at work yet, the reader says how many will be. */
const assumedPeople = 5;

interface Props {
  readonly receipt: ImportReceipt;
  readonly projectId: string;
  readonly overlap: number;
}

/** What the import asks of people, before it is made. */
export function ReceiptCost({ receipt, projectId, overlap }: Props): ReactNode {
  const t = useTranslations("imports.cost");
  const formats = useFormats();
  const figures = useQuery(figuresQuery(projectId)).data;
  const [said, setSaid] = useState<number | null>(null);
  const { counts } = receipt;
  if (counts.wanted === 0) return null;
  const people = said ?? (figures?.activeAnnotators || assumedPeople);
  const cost = costOf(counts.wanted, people, figures?.medianSeconds ?? null);
  const values = {
    prompts: counts.prompts,
    answers: counts.answers,
    tasks: counts.tasks,
    overlap,
    judgements: cost.judgements,
    each: cost.each,
    time: formats.duration(cost.secondsEach),
    pace: formats.duration(cost.pace),
  };
  return (
    <div className="grid gap-2">
      <p>{t("work", values)}</p>
      <div className="flex flex-wrap items-end gap-3">
        <Field label={t("people")} className="w-28">
          <Input
            type="number"
            min={1}
            max={100_000}
            value={people}
            onChange={(event) => setSaid(Math.max(1, Number(event.target.value) || 1))}
          />
        </Field>
        <p className="pb-1.5 text-ink-2">{t(cost.assumed ? "eachAssumed" : "each", values)}</p>
      </div>
    </div>
  );
}
