"use client";
import type { RunView } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Moment } from "../../components/moment.tsx";
import { TextLink } from "../../components/text-link.tsx";
import { useFormats } from "../../components/use-formats.ts";
import { flatSettings } from "./run-siblings.ts";
import { useRunWords } from "./use-run-words.ts";

/** Spec, data and lineage of a run: all that it takes to make it again. */
export function RunDetails({ run }: { readonly run: RunView }): ReactNode {
  const t = useTranslations("runs");
  const formats = useFormats();
  const words = useRunWords();
  return (
    <div className="grid grid-cols-1 gap-5">
      <dl className="grid gap-2">
        <Item name={t("columns.kind")}>{t(`kinds.${run.kind}`)}</Item>
        <Item name={t("seed")}>{run.seed}</Item>
        {run.policyId ? (
          <Item name={t("policy")}>
            <TextLink href={`/models/${run.policyId}`}>{t("open")}</TextLink>
          </Item>
        ) : null}
        {run.rewardId ? (
          <Item name={t("reward")}>
            <TextLink href={`/models/${run.rewardId}`}>{t("open")}</TextLink>
          </Item>
        ) : null}
        {run.labelSet ? (
          <Item name={t("labels")}>
            <TextLink href={`/label-sets/${run.labelSet.id}`}>
              {t("judgements", { count: run.labelSet.judgements })} · {run.labelSet.sha256.slice(0, 12)}
            </TextLink>
          </Item>
        ) : null}
        {run.waitsForId ? (
          <Item name={t("waitsFor")}>
            <TextLink href={`/runs/${run.waitsForId}`}>{t("open")}</TextLink>
          </Item>
        ) : null}
        <Item name={t("columns.at")}>
          <Moment at={run.createdAt} />
        </Item>
        {run.finishedAt ? (
          <Item name={t("finished")}>
            <Moment at={run.finishedAt} />
          </Item>
        ) : null}
      </dl>
      {run.engine ? (
        <section className="grid gap-1">
          <h2 className="font-medium">{t("engine", { name: run.engine.backend })}</h2>
          {words.engine(run.engine).map(({ text, detail }) => (
            <p key={text} className="text-ink-2">
              {text}
              {detail ? (
                <span lang="en" className="block text-xs text-ink-3">
                  {detail}
                </span>
              ) : null}
            </p>
          ))}
          <p className="font-mono text-2xs text-ink-3 [overflow-wrap:anywhere]">{run.engine.fingerprint}</p>
        </section>
      ) : null}
      <section className="grid gap-1">
        <h2 className="font-medium">{t("spec")}</h2>
        <dl lang="en" className="grid gap-1 font-mono text-xs">
          {flatSettings(run.spec)
            .toSorted(byName)
            .map(([name, value]) => (
              <Item key={name} name={name}>
                {typeof value === "number" ? formats.number(value, decimals(value)) : String(value)}
              </Item>
            ))}
        </dl>
      </section>
    </div>
  );
}

/** The database keeps no order of settings. */
const byName = ([left]: [string, unknown], [right]: [string, unknown]): number => (left < right ? -1 : 1);

function decimals(value: number): number {
  return Number.isInteger(value) ? 0 : Math.min(8, (String(value).split(".")[1] ?? "").length || 6);
}

function Item({ name, children }: { readonly name: string; readonly children: ReactNode }): ReactNode {
  return (
    <div className="flex flex-wrap items-baseline justify-between gap-x-4">
      <dt className="text-ink-3">{name}</dt>
      <dd className="min-w-0 text-right [overflow-wrap:anywhere]">{children}</dd>
    </div>
  );
}
