"use client";
import type { ArchivePhase, ArchiveView, BroughtArchive } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { classNames } from "../../components/class-names.ts";
import { Chip, type ChipState } from "../../components/figures/chip.tsx";
import { Streak, WaitingStreak } from "../../components/figures/streak.tsx";

/** Steps in the order in which a worker takes them: of a copy that is written, and of one that a project is made of. */
const orders = {
  out: [
    { phase: "rows", name: "writeRows" },
    { phase: "files", name: "addFiles" },
  ],
  in: [
    { phase: "checking", name: "checkParts" },
    { phase: "files", name: "storeFiles" },
    { phase: "rows", name: "makeRows" },
  ],
} as const satisfies Record<string, readonly { readonly phase: ArchivePhase; readonly name: string }[]>;

const marks = { done: "ok", now: "running", later: "waiting" } as const satisfies Record<string, ChipState>;

interface Props {
  /** What is at work. */
  readonly label: string;
  readonly direction: keyof typeof orders;
  readonly archive: Pick<ArchiveView | BroughtArchive, "phase" | "step" | "steps" | "rows" | "totalRows">;
}

/** How far an archive is: its steps by name, and how much is done of the one that a worker is at. */
export function ArchiveProgress({ label, direction, archive }: Props): ReactNode {
  const t = useTranslations("projects.archive.steps");
  const { phase, step, steps, rows, totalRows } = archive;
  if (phase === null) {
    return (
      <div className="grid gap-1.5">
        <WaitingStreak label={label} />
        <p className="text-xs text-ink-2">{t("waiting")}</p>
      </div>
    );
  }
  const order = orders[direction];
  // Whoever has just taken it is about to begin with the first.
  const at = Math.max(
    0,
    order.findIndex((each) => each.phase === phase),
  );
  const values = { step, steps: steps ?? 0, rows, total: totalRows ?? 0 };
  return (
    <ol className="grid gap-2">
      {order.map(({ phase: each, name }, index) => {
        const state = stateOf(index, at);
        return (
          <li key={each} aria-current={state === "now" ? "step" : undefined} className="grid gap-1">
            <div className="flex flex-wrap items-baseline justify-between gap-x-4">
              <Chip state={marks[state]} className={classNames(state === "now" && "text-ink")}>
                {t(`names.${name}`)}
              </Chip>
              <span className="text-xs text-ink-2 tabular-nums">
                {state === "done" ? t("done") : null}
                {state === "now" && steps !== null ? t(`counts.${each}`, values) : null}
              </span>
            </div>
            {state === "now" ? <Share of={archive} label={`${label}: ${t(`names.${name}`)}`} /> : null}
          </li>
        );
      })}
    </ol>
  );
}

function stateOf(index: number, at: number): keyof typeof marks {
  if (index === at) return "now";
  return index < at ? "done" : "later";
}

/** Of rows, which tables have many or few of; else of what is counted one by one. */
function Share({ of, label }: { readonly of: Props["archive"]; readonly label: string }): ReactNode {
  const { phase, step, steps, rows, totalRows } = of;
  const [done, all] = phase === "rows" ? [rows, totalRows] : [step, steps];
  return all === null || all === 0 ? <WaitingStreak label={label} /> : <Streak value={done / all} label={label} />;
}
