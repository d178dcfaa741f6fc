import { type ImportQuery, type ImportReceipt, togetherAsked } from "@touchstone/contracts";

/** How many tasks a first try opens. */
export const pilotTasks = 10;

/** What a person ticks below a receipt. */
export interface ReceiptChoices {
  /** Leave out the rows that cannot be taken. */
  readonly leaveOut: boolean;
  /** Open the new tasks for people. */
  readonly open: boolean;
  /** Open only the first few of them. */
  readonly pilot: boolean;
}

/** What a form asks of a receipt, and whether it can be sent. */
export interface ReceiptSight {
  readonly asksLeaveOut: boolean;
  readonly asksPilot: boolean;
  /** Nothing stands against the import but what was agreed to. */
  readonly ready: boolean;
}

/** What stands below this receipt while these choices are made. */
export function receiptSight({ counts, warnings }: ImportReceipt, { leaveOut, open }: ReceiptChoices): ReceiptSight {
  const stopped = warnings.some(({ weight }) => weight === "stop");
  return {
    asksLeaveOut: counts.badRows > 0 && counts.badRows < counts.rows,
    asksPilot: open && counts.tasks > pilotTasks,
    ready: !stopped && (counts.badRows === 0 || leaveOut),
  };
}

/** How the file of a receipt was read, to have it read so again. */
export function readingOf({ format, question, mapping, together }: ImportReceipt) {
  return { format, question, ...(mapping ? { mapping: JSON.stringify(mapping) } : {}), ...togetherAsked(together) };
}

/** The import that was agreed to on this receipt. */
export function importQueryOf(
  receipt: ImportReceipt,
  { leaveOut, open, pilot }: ReceiptChoices,
  fileName: string,
): ImportQuery {
  return {
    ...readingOf(receipt),
    open: open ? "true" : "false",
    leaveOut: leaveOut && receipt.counts.badRows > 0 ? "true" : "false",
    ...(open && pilot ? { pilot: pilotTasks } : {}),
    receipt: receipt.digest,
    // The API keeps no longer one.
    fileName: fileName.slice(0, 200),
  };
}
