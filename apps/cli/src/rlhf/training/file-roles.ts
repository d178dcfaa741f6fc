import { basename } from "node:path";
import type { Split } from "@touchstone/contracts";
import type { TrainingRow } from "@touchstone/datasets";
import { type DataFile, splitOf } from "../files/read-rows.ts";

/** The files as a run uses them, with a sentence for whatever a reader of the flags would not expect. */
export interface PlacedFiles {
  readonly files: readonly DataFile[];
  readonly notes: readonly string[];
}

/**
 * Brings what a file was given for and the splits that its rows name together. A --validation file is never learned from,
 * whatever its rows say; of a --train file, rows of another split are held out, as they say.
 */
export function placed(files: readonly DataFile[]): PlacedFiles {
  const done = files.map((file) => ({ ...file, rows: file.rows.map((row) => inPlace(row, file)) }));
  return { files: done, notes: [...files.flatMap(ownSplits), ...sharedRows(done)] };
}

function inPlace(row: TrainingRow, file: DataFile): TrainingRow {
  const isOutranked = file.split === "validation" && splitOf(row, file) === "train";
  return isOutranked ? { ...row, split: "validation" } : row;
}

/** How many rows name a split that is not the file's, and what becomes of them. */
function ownSplits(file: DataFile): string[] {
  const name = basename(file.path);
  const told = (split: Split, becomes: string) => {
    const count = file.rows.filter((row) => splitOf(row, file) === split).length;
    if (count === 0 || split === file.split) return [];
    const rows = count === 1 ? "1 row names" : `${count.toLocaleString("en")} rows name`;
    return [`${name} was given as --${file.split}, and ${rows} the split ${split}: ${becomes}.`];
  };
  return [
    ...told("train", "--validation outranks it, and nothing is learned from them"),
    ...told("validation", "they are held out, and looked at during the run"),
    ...told("test", "they are held out, and looked at only at the end of the run"),
  ];
}

/** Says that rows stand on both sides: a figure on what was learned by heart promises too much. */
function sharedRows(files: readonly DataFile[]): string[] {
  const [learned, heldOut] = [true, false].map((training) =>
    files.flatMap((file) => file.rows.filter((row) => (splitOf(row, file) === "train") === training)),
  );
  if (!learned || !heldOut || heldOut.length === 0) return [];
  const known = new Set(learned.map(contentOf));
  const shared = heldOut.filter((row) => known.has(contentOf(row))).length;
  if (shared === 0) return [];
  const which = `${shared.toLocaleString("en")} of ${heldOut.length.toLocaleString("en")} held-out rows`;
  return [`${which} stand among the training rows too: what is measured on them says little of anything new.`];
}

/** A row without what only names it. */
function contentOf(row: TrainingRow): string {
  return JSON.stringify({ ...row, split: null, promptId: null, judgementId: null, annotator: null });
}
