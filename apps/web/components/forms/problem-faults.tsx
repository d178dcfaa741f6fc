import { useTranslations } from "next-intl";
import type { ReactNode } from "react";

interface ProblemFaultsProps {
  readonly faults: readonly string[];
  /** How many stand behind those shown. */
  readonly more: number;
}

/** Each fault that was found, and how many more there are. */
export function ProblemFaults({ faults, more }: ProblemFaultsProps): ReactNode {
  const t = useTranslations("problems");
  if (faults.length === 0) return null;
  return (
    <ul className="mt-1 grid gap-0.5 pl-5 text-ink-2">
      {faults.map((fault) => (
        <li key={fault}>{fault}</li>
      ))}
      {more > 0 ? <li className="text-ink-3">{t("moreFaults", { count: more })}</li> : null}
    </ul>
  );
}
