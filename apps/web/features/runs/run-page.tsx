"use client";
import { useQuery } from "@tanstack/react-query";
import type { RunView } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { Button, ButtonLink } from "../../components/button.tsx";
import { Chip } from "../../components/figures/chip.tsx";
import { useKeys } from "../../components/keyboard/use-keys.ts";
import { Drawer } from "../../components/overlays/drawer.tsx";
import { PageHead } from "../../components/page-head.tsx";
import { QueryView } from "../../components/query-view.tsx";
import { compareHref } from "../compare/compare-address.ts";
import { ErasedNote } from "../erasure/erased-note.tsx";
import { useLive } from "../live/live-provider.tsx";
import { ProjectRoomFrame } from "../projects/project-frame.tsx";
import { CancelRun } from "./cancel-run.tsx";
import { RunAlerts } from "./run-alerts.tsx";
import { RunCurves } from "./run-curves.tsx";
import { RunDetails } from "./run-details.tsx";
import { RunProgress } from "./run-progress.tsx";
import { runQuery } from "./run-queries.ts";
import { chipOfRun, nameOfRun } from "./run-state.ts";

/** The curve is the page; what it was made of stands beside it, or in a sheet where there is no room. */
export function RunPage({ id }: { readonly id: string }): ReactNode {
  const t = useTranslations("runs");
  const run = useQuery(runQuery(id));
  useLive("run", id);
  const titleOf = (data: RunView) =>
    t("number", { number: data.number, name: nameOfRun(data, (kind) => t(`kinds.${kind}`)) });
  const room = { name: "runs", label: t("title") } as const;
  const here = { label: run.data ? titleOf(run.data) : "…", href: `/runs/${id}` };
  return (
    <ProjectRoomFrame projectId={run.data?.projectId} room={room} here={here} wide>
      <QueryView query={run}>{(data) => <Run run={data} />}</QueryView>
    </ProjectRoomFrame>
  );
}

function Run({ run }: { readonly run: RunView }): ReactNode {
  const t = useTranslations("runs");
  const compare = useTranslations("compare");
  const [details, setDetails] = useState(false);
  useKeys([
    { key: "i", label: t("details"), run: () => setDetails((open) => !open) },
    { key: "Escape", label: t("closeDetails"), run: () => setDetails(false) },
  ]);
  const chip = (
    <>
      <Chip state={chipOfRun(run.state)}>{t(`states.${run.state}`)}</Chip>
      {run.kind === "simulate" ? <Chip state="attention">{t("simulated")}</Chip> : null}
    </>
  );
  const actions = (
    <>
      <Button shortcut="i" className="lg:hidden" onClick={() => setDetails((open) => !open)}>
        {t("details")}
      </Button>
      <ButtonLink href={compareHref({ runs: [run.id] })}>{compare("with")}</ButtonLink>
      <CancelRun run={run} />
    </>
  );
  return (
    <div className="grid gap-8 lg:grid-cols-[minmax(0,1fr)_18rem]">
      <div className="min-w-0">
        <PageHead
          title={t("number", { number: run.number, name: nameOfRun(run, (kind) => t(`kinds.${kind}`)) })}
          chip={chip}
          actions={actions}
        />
        <ErasedNote of="run" erased={run.erased} />
        <RunProgress run={run} />
        <RunCurves run={run} />
        <div className="mt-6 grid gap-5 lg:hidden">
          <RunAlerts run={run} anchored />
        </div>
      </div>
      <aside
        aria-label={t("details")}
        className="min-w-0 border-l border-line pl-6 [overflow-wrap:anywhere] max-lg:hidden"
      >
        <div className="grid grid-cols-1 gap-5">
          <RunAlerts run={run} />
          <RunDetails run={run} />
        </div>
      </aside>
      {/* On wide screens the details stand beside the curves already. */}
      <div className="lg:hidden">
        <Drawer title={t("details")} open={details} onClose={() => setDetails(false)}>
          <RunDetails run={run} />
        </Drawer>
      </div>
    </div>
  );
}
