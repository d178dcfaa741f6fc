"use client";
import { type QualityQuestion, QualitySlice } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { Card } from "../../components/card.tsx";
import { Chip } from "../../components/figures/chip.tsx";
import { Estimate, Interval } from "../../components/figures/interval.tsx";
import { Select } from "../../components/forms/field.tsx";
import { useFormats } from "../../components/use-formats.ts";
import { SliceTable } from "./slice-table.tsx";

/** Where α is drawn: below 0 people agree less than by chance, and hardly anything lies below this. */
const alphaAxis = { from: -0.2, to: 1, mark: 0 } as const;
/** A p below it speaks against chance, as the 95 % of the intervals do. */
const significant = 0.05;

/** Kinds of question that ask which answer is best. */
const choosing: ReadonlySet<QualityQuestion["kind"]> = new Set(["preference", "best-worst", "ranking"]);

/** How far people agree on one question, whether places decide, and both told apart. */
export function QuestionCard({ question }: { readonly question: QualityQuestion }): ReactNode {
  const t = useTranslations("quality");
  const kinds = useTranslations("questions.kinds");
  const { title, name, kind, scale, alpha, raw, judgements, position, slices } = question;
  const [chosen, setChosen] = useState<QualitySlice | undefined>(undefined);
  const slice = slices.find(({ by }) => by === chosen) ?? slices[0];
  const heading = title === "" ? kinds(kind) : title;
  return (
    <Card title={<span dir="auto">{heading}</span>} aside={name} note={t("judgements", { count: judgements })} flush>
      <dl className="grid gap-px border-t border-line bg-line md:grid-flow-col md:auto-cols-fr">
        <Figure term={t("alpha")} note={t("alphaNote", { scale: t(`scales.${scale}`) })}>
          {alpha === null ? (
            <None />
          ) : (
            <>
              <Estimate estimate={alpha} as="number" />
              <Interval estimate={alpha} {...alphaAxis} />
              <Of units={alpha.units} pairs={alpha.pairs} />
            </>
          )}
        </Figure>
        <Figure term={t("raw")} note={kind === "preference" ? t("rawOfPreference") : t("rawNote")}>
          {raw === null ? (
            <None />
          ) : (
            <>
              <Estimate estimate={raw} as="share" />
              <Interval estimate={raw} from={0} to={1} />
              <Of units={raw.units} pairs={raw.pairs} />
            </>
          )}
        </Figure>
        {choosing.has(kind) ? (
          <Figure term={t("position")} note={t("positionNote")}>
            {position.length === 0 ? <None of="position" /> : null}
            {position.map((share) => (
              <Position key={share.answers} share={share} />
            ))}
          </Figure>
        ) : null}
      </dl>
      {slice ? (
        <div className="border-t border-line">
          <div className="px-4 py-2">
            <Select
              aria-label={t("sliceBy")}
              className="w-44"
              value={slice.by}
              onChange={(event) => setChosen(QualitySlice.safeParse(event.target.value).data)}
            >
              {slices.map(({ by }) => (
                <option key={by} value={by}>
                  {t(`slices.${by}`)}
                </option>
              ))}
            </Select>
          </div>
          <SliceTable label={`${heading}: ${t(`slices.${slice.by}`)}`} slice={slice} />
        </div>
      ) : null}
    </Card>
  );
}

interface FigureProps {
  readonly term: string;
  readonly note: string;
  readonly children: ReactNode;
}

function Figure({ term, note, children }: FigureProps): ReactNode {
  return (
    <div className="grid content-start gap-1 bg-surface p-4 text-xs text-ink-3">
      <dt>{term}</dt>
      <dd className="grid gap-1 text-md text-ink tabular-nums">{children}</dd>
      <dd>{note}</dd>
    </div>
  );
}

function None({ of = "pairs" }: { readonly of?: "pairs" | "position" }): ReactNode {
  const t = useTranslations("quality.none");
  return <span className="text-ink-3">{t(of)}</span>;
}

function Of({ units, pairs }: { readonly units: number; readonly pairs: number }): ReactNode {
  const t = useTranslations("quality");
  return <span className="text-xs text-ink-3">{t("of", { units, pairs })}</span>;
}

function Position({ share }: { readonly share: QualityQuestion["position"][number] }): ReactNode {
  const t = useTranslations("quality");
  const formats = useFormats();
  const { choices, answers, chance, p } = share;
  const biased = p < significant;
  return (
    <div className="grid gap-1">
      <span className="flex flex-wrap items-center gap-x-3">
        <Estimate estimate={share} as="share" />
        {biased ? <Chip state="attention">{t(share.value > chance ? "firstMore" : "firstLess")}</Chip> : null}
      </span>
      <Interval estimate={share} from={0} to={1} mark={chance} />
      <span className="text-xs text-ink-3">
        {t("positionOf", { choices, answers, chance: formats.share(chance), p: inWords(p, formats.number) })}
      </span>
    </div>
  );
}

/** Below this a p says no more than that it is. */
const smallestP = 0.001;

function inWords(p: number, number: (value: number, digits?: number) => string): string {
  return p < smallestP ? `< ${number(smallestP, 3)}` : `= ${number(p, 3)}`;
}
