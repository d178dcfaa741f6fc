import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button } from "../../../components/button.tsx";
import { useKeys } from "../../../components/keyboard/use-keys.ts";
import { localStore } from "../local-store.ts";
import { isDue, keepWork, minutesOf, noteWork, readWork } from "../state/steady-work.ts";

/** Often enough for minutes. */
const noteEveryMs = 5_000;
/** Long enough to be read between two tasks, short enough to be gone before it disturbs. */
const lineLastsMs = 20_000;

/**
 * Counts the work of a person for as long as nothing is decided, and says at its beginning, which is between two tasks,
 * whether it is time for a break. Until `parted`, which the next decision does; the line goes with it.
 */
export function followWork(
  memberId: string,
  decided: string | undefined,
  onNote: (note: ReactNode) => void,
  parted: AbortSignal,
): void {
  if (parted.aborted) return;
  let noted = Number.NEGATIVE_INFINITY;
  const note = (): void => {
    if (document.visibilityState !== "visible" || Math.abs(Date.now() - noted) < noteEveryMs) return;
    noted = Date.now();
    keepWork(localStore, memberId, noteWork(readWork(localStore, memberId), noted));
  };
  for (const event of ["keydown", "pointerdown", "pointermove", "touchmove", "wheel", "scroll"]) {
    window.addEventListener(event, note, { signal: parted, passive: true });
  }
  if (decided === undefined) return;
  note();
  const work = readWork(localStore, memberId);
  if (!work || !isDue(work, minutesOf(localStore, memberId))) return;
  keepWork(localStore, memberId, { ...work, toldMs: work.ms });
  const gone = (): void => onNote(null);
  onNote(<BreakLine minutes={Math.round(work.ms / 60_000)} onGone={gone} />);
  const timer = setTimeout(gone, lineLastsMs);
  parted.addEventListener("abort", () => {
    clearTimeout(timer);
    gone();
  });
}

interface BreakLineProps {
  readonly minutes: number;
  readonly onGone: () => void;
}

/** In the place of how far one is: nothing moves, nothing is covered, and no key of the task is taken. */
function BreakLine({ minutes, onGone }: BreakLineProps): ReactNode {
  const t = useTranslations("workbench.panels");
  useKeys([{ key: "Escape", label: t("breakGone"), run: onGone }]);
  return (
    <div className="flex min-w-0 items-center justify-center gap-1 text-xs text-ink" data-break>
      <span role="status" className="leading-tight">
        {t("break", { minutes })}
      </span>
      <Button variant="ghost" shortcut="Escape" className="h-6 px-1 text-xs max-md:h-8" onClick={onGone}>
        <span className="max-md:sr-only">{t("breakGone")}</span>
      </Button>
    </div>
  );
}
