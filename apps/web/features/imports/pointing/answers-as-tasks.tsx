"use client";
import { type ImportReceipt, mostPairs, mostSeed, PairWay, type ReceiptQuery } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Field, Select } from "../../../components/forms/field.tsx";
import { NumberChoice } from "./number-choice.tsx";

interface Props {
  readonly receipt: ImportReceipt;
  readonly disabled: boolean;
  readonly onRead: (query: ReceiptQuery) => void;
}

/** The questionnaire that an import brings along for several answers at once. */
const ranking = "imported-ranking";

/** Which of a prompt's answers stand together in its tasks, with what that costs. Of two answers there is one way only. */
export function AnswersAsTasks({ receipt, disabled, onRead }: Props): ReactNode {
  const t = useTranslations("mapping.ways");
  const { format, mapping, shows, together, counts } = receipt;
  const read = (query: ReceiptQuery): void =>
    onRead({ format, ...(mapping ? { mapping: JSON.stringify(mapping) } : {}), ...query });
  const pairs = shows.least === 2 && shows.most === 2;
  const several = shows.most > 2;
  // With two answers a prompt, or one, nothing can be chosen.
  const isChoice = counts.answers > 2 * counts.prompts || together.way !== "ring" || together.atOnce !== null;
  if (!isChoice || !(pairs || several)) return null;
  return (
    <fieldset className="grid min-w-0 gap-3">
      <legend className="mb-1 font-medium">{t("title")}</legend>
      <div className="flex flex-wrap items-start gap-3">
        <Select
          aria-label={t("title")}
          value={several ? "together" : together.way}
          disabled={disabled}
          onChange={(event) => {
            const { value } = event.target;
            const way = PairWay.options.find((one) => one === value);
            if (value === "together") read({ question: ranking });
            else if (way) read({ ...(pairs ? {} : { question: "preference" }), way });
          }}
        >
          {PairWay.options.map((way) => (
            <option key={way} value={way}>
              {t(way)}
            </option>
          ))}
          <option value="together">{t("together")}</option>
        </Select>
        {pairs && together.way === "some" ? (
          <>
            <NumberChoice
              label={t("pairs")}
              value={together.pairs}
              least={1}
              most={mostPairs}
              disabled={disabled}
              onChange={(count) => read({ way: "some", pairs: count, seed: together.seed })}
            />
            <NumberChoice
              label={t("seed")}
              hint={t("seedHint")}
              value={together.seed}
              least={0}
              most={mostSeed}
              disabled={disabled}
              onChange={(seed) => read({ way: "some", pairs: together.pairs, seed })}
            />
          </>
        ) : null}
        {several ? (
          <Field label={t("atOnce")} className="w-44">
            <Select
              value={together.atOnce ?? ""}
              disabled={disabled}
              onChange={(event) =>
                read(event.target.value === "" ? { atOnce: undefined } : { atOnce: Number(event.target.value) })
              }
            >
              <option value="">{t("asMany", { most: shows.most })}</option>
              {countsFrom(Math.max(2, shows.least), shows.most).map((count) => (
                <option key={count} value={count}>
                  {count}
                </option>
              ))}
            </Select>
          </Field>
        ) : null}
      </div>
      {counts.votes > 0 && together.way === "some" ? <p className="text-xs text-ink-2">{t("votesKept")}</p> : null}
    </fieldset>
  );
}

const countsFrom = (least: number, most: number): number[] =>
  Array.from({ length: Math.max(0, most - least + 1) }, (_, index) => least + index);
