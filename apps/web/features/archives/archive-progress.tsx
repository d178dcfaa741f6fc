"use client";
import type { ReactNode } from "react";
import { Streak, WaitingStreak } from "../../components/figures/streak.tsx";

interface Props {
  /** What is at work. */
  readonly label: string;
  readonly rows: number;
  /** Null while nobody knows. */
  readonly totalRows: number | null;
  /** How far it is, in words. */
  readonly children: ReactNode;
}

/** How far an archive is, in rows. */
export function ArchiveProgress({ label, rows, totalRows, children }: Props): ReactNode {
  return (
    <div className="grid gap-1.5">
      {totalRows === null || totalRows === 0 ? (
        <WaitingStreak label={label} />
      ) : (
        <Streak value={rows / totalRows} label={label} />
      )}
      <p className="text-xs text-ink-2 tabular-nums">{children}</p>
    </div>
  );
}
