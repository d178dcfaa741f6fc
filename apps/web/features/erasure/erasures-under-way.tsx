"use client";
import { useQuery } from "@tanstack/react-query";
import type { ErasureView } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Streak } from "../../components/figures/streak.tsx";
import { useFormats } from "../../components/use-formats.ts";
import { erasuresQuery } from "./erasure-queries.ts";

/** Who and what is being erased, and how far that is; nothing where nothing is. It names nobody. */
export function ErasuresUnderWay(): ReactNode {
  const t = useTranslations("erasure");
  const { data } = useQuery(erasuresQuery);
  const underWay = (data?.items ?? []).filter(({ finishedAt }) => finishedAt === null);
  if (underWay.length === 0) return null;
  return (
    <section
      aria-label={t("underWayTitle")}
      className="mb-4 grid gap-2 rounded-lg border border-line bg-surface px-4 py-3"
    >
      {underWay.map((erasure) => (
        <Progress key={erasure.id} erasure={erasure} />
      ))}
    </section>
  );
}

function Progress({ erasure }: { readonly erasure: ErasureView }): ReactNode {
  const t = useTranslations("erasure");
  const formats = useFormats();
  const { what, counts, done } = erasure;
  const text = t(`going.${what}`, { count: counts.judgements });
  return (
    <p role="status" className="flex flex-wrap items-center gap-x-4 gap-y-1 text-ink-2">
      <span className="min-w-0 break-words">{text}</span>
      <Streak value={done} label={text} className="w-24" />
      <span className="text-xs tabular-nums">{formats.share(done)}</span>
    </p>
  );
}
