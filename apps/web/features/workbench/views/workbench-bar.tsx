import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Streak } from "../../../components/figures/streak.tsx";
import { CommandMenuOnDemand } from "../../shell/command-menu-on-demand.tsx";
import { KeySheet } from "../../shell/key-sheet.tsx";
import { Logo } from "../../shell/logo.tsx";

interface WorkbenchBarProps {
  readonly project: string;
  /** Judged today; null while unknown. */
  readonly today: number | null;
  /** Tasks that still wait; null while unknown. */
  readonly left: number | null;
  readonly saved: ReactNode;
  /** For a moment in the place of how far one is. */
  readonly note?: ReactNode;
  /** Asks for one's own day. */
  readonly onDay?: () => void;
}

/** Where one is, how far one is, and whether everything is safe. */
export function WorkbenchBar({ project, today, left, saved, note, onDay }: WorkbenchBarProps): ReactNode {
  const t = useTranslations("workbench");
  const shell = useTranslations("shell");
  return (
    <header className="workbench-bar">
      <a
        href="#answers"
        className="absolute -top-16 left-2 z-50 rounded-md bg-surface px-3 py-2 focus:top-2 focus:shadow-md"
      >
        {t("skip")}
      </a>
      <div className="flex min-w-0 items-center gap-2">
        <Link href="/work" aria-label={shell("pages.work")}>
          <Logo />
        </Link>
        <h1 className="truncate text-sm tracking-normal max-md:sr-only">{project}</h1>
      </div>
      {note ?? (
        // No wider than it must be, so that it stays where it is when more comes into the bar.
        <div className="flex max-w-80 min-w-0 flex-1 md:min-w-44">
          {/* Before it is known how far one is there is nothing to press. */}
          {today === null ? null : (
            <button
              type="button"
              disabled={!onDay}
              title={onDay && t("panels.day")}
              className="flex min-h-6 min-w-0 flex-1 items-center gap-3 text-xs whitespace-nowrap text-ink-2 tabular-nums"
              onClick={onDay}
            >
              <Progress today={today} left={left} />
            </button>
          )}
        </div>
      )}
      <div className="ml-auto flex flex-none items-center gap-1">
        <div className="mr-2 max-md:mr-0">{saved}</div>
        <CommandMenuOnDemand />
        <KeySheet className="-mr-2" />
      </div>
    </header>
  );
}

/** Without knowing how much is left there is no bar: an empty or a full one would say something. */
function Progress({ today, left }: { readonly today: number; readonly left: number | null }): ReactNode {
  const t = useTranslations("workbench");
  if (left === null) return <span>{t("goalOnly", { today })}</span>;
  const goal = t("goal", { today, left });
  const whole = today + left;
  return (
    <>
      <Streak value={whole === 0 ? 0 : today / whole} className="min-w-8 flex-1 max-md:hidden" />
      <span className="truncate">{goal}</span>
    </>
  );
}
