import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { WakeSnapshot } from "../state/wake-keeper.ts";

interface SleepReasonProps extends WakeSnapshot {
  readonly answers: number;
}

/**
 * Why the scale does not answer, over it, so that nothing moves. The moment after each task is said only to those who
 * pressed in it: to everybody else it would be a flicker.
 */
export function SleepReason({ sleep, pressedAsleep, answers }: SleepReasonProps): ReactNode {
  const t = useTranslations("workbench.asleep");
  const said = sleep === "unseen" || (sleep === "moment" && pressedAsleep) ? t(sleep, { count: answers }) : null;
  return (
    <p role="status" className="sleep-reason">
      {said ? <span>{said}</span> : null}
    </p>
  );
}
