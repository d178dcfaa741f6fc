"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { EmptyState } from "../../components/empty-state.tsx";
import { Loading } from "../../components/loading.tsx";
import { PageHead } from "../../components/page-head.tsx";
import { useHasRole } from "../session/signed-in.tsx";
import { WorkspaceFrame } from "../shell/workspace-frame.tsx";
import { BlindComparisons } from "./blind-comparisons.tsx";
import { type Comparison, compareHref } from "./compare-address.ts";
import { CompareCurves } from "./compare-curves.tsx";
import { CompareDifferences } from "./compare-differences.tsx";
import { CompareFigures } from "./compare-figures.tsx";
import { SaveComparison } from "./save-comparison.tsx";
import { SubjectList } from "./subject-list.tsx";
import { useSubjects } from "./use-subjects.ts";

/** Any models and runs beside each other: their curves in one plot, and what tells them apart. */
export function ComparePage({ comparison }: { readonly comparison: Comparison }): ReactNode {
  const t = useTranslations("compare");
  const models = useTranslations("models");
  const staff = useHasRole("admin", "researcher", "reviewer");
  const crumbs = [
    { label: models("title"), href: "/models" },
    { label: t("title"), href: compareHref(comparison) },
  ];
  return (
    <WorkspaceFrame crumbs={crumbs}>
      {staff ? (
        <Compared comparison={comparison} />
      ) : (
        <>
          <PageHead title={t("title")} />
          <EmptyState title={t("notYours")} />
        </>
      )}
    </WorkspaceFrame>
  );
}

function Compared({ comparison }: { readonly comparison: Comparison }): ReactNode {
  const t = useTranslations("compare");
  const router = useRouter();
  const chosen = useSubjects(comparison);
  const subjects = chosen.flatMap(({ subject }) => subject ?? []);
  const waiting = chosen.some(({ subject, error }) => subject === null && error === null);
  // What is on the page stands in its address, so that it can be sent to somebody else.
  const change = (more: Partial<Comparison>): void =>
    router.replace(compareHref({ ...comparison, ...more }), { scroll: false });
  return (
    <>
      <PageHead
        title={t("title")}
        actions={subjects.length > 1 ? <SaveComparison subjects={subjects} comparison={comparison} /> : null}
      />
      <SubjectList {...{ chosen, comparison }} onChange={change} />
      {subjects.length > 1 ? (
        <div className="grid gap-5">
          <CompareCurves {...{ subjects, comparison }} onChange={change} />
          <BlindComparisons subjects={subjects} />
          <CompareFigures subjects={subjects} />
          <CompareDifferences subjects={subjects} />
        </div>
      ) : null}
      {subjects.length < 2 && waiting ? <Loading /> : null}
      {subjects.length < 2 && !waiting ? <EmptyState title={t("empty.title")}>{t("empty.body")}</EmptyState> : null}
    </>
  );
}
