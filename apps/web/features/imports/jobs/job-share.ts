import type { ImportJobView } from "@touchstone/contracts";

/** About what part of an import's time each phase takes, as measured with a million rows of pairs. */
const parts = { looking: 0.35, reading: 0.25, writing: 0.4 } as const;

type Progress = Pick<ImportJobView, "phase" | "bytesRead" | "bytes" | "rowsRead" | "rows" | "step" | "steps">;

/** How much of an import is done, from 0 to 1; it never goes back from one phase to the next. */
export function shareOf({ phase, bytesRead, bytes, rowsRead, rows, step, steps }: Progress): number {
  switch (phase) {
    case "looking":
      return parts.looking * share(bytesRead, bytes);
    case "reading":
      return parts.looking + parts.reading * share(rowsRead, rows);
    case "writing":
      return parts.looking + parts.reading + parts.writing * share(step, steps);
  }
}

function share(done: number, all: number | null): number {
  return all ? Math.min(1, done / all) : 0;
}
