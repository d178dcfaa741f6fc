import type { ExportFormat } from "@touchstone/contracts";
import {
  jsonLines,
  judgementRow,
  ratingRow,
  sftRow,
  skipRow,
  stepwiseRow,
  trlPreferenceRow,
} from "@touchstone/datasets";
import type { ExportRows } from "@touchstone/persistence";

/** Whole lines of an export, and how many. */
export interface ExportedLines {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly rows: number;
}

/** The file of an export, some lines at a time, each as fast as the one before is taken. */
export async function* exportLines(source: ExportRows, format: ExportFormat): AsyncGenerator<ExportedLines> {
  const encoder = new TextEncoder();
  let rows = 0;
  async function* counted() {
    for await (const row of rowsOf(source, format)) {
      rows += 1;
      yield row;
    }
  }
  for await (const lines of jsonLines(counted())) {
    yield { bytes: encoder.encode(lines), rows };
    rows = 0;
  }
}

/** The rows of an export, as their format has them. */
export async function* rowsOf(source: ExportRows, format: ExportFormat): AsyncGenerator<object> {
  switch (format) {
    case "trl-preference":
      for await (const { form, context } of source.comparisons()) {
        const row = trlPreferenceRow(form, context);
        if (row !== null) yield row;
      }
      return;
    case "ratings":
      for await (const { form, context } of source.ratings()) yield ratingRow(form, context);
      return;
    case "sft-messages":
      for await (const { form, context } of source.demonstrations()) yield sftRow(form, context);
      return;
    case "stepwise":
      for await (const { form, context } of source.stepLabels()) yield stepwiseRow(form, context);
      return;
    case "judgements":
      for await (const judgement of source.judgements()) yield judgementRow(judgement, judgement.context);
      for await (const again of source.repeats()) yield { ...judgementRow(again, again.context), repeat: true };
      for await (const row of source.leftOut()) yield { ...judgementRow(row, row.context), left_out: row.leftOut };
      for await (const skip of source.skips()) yield skipRow(skip, skip.context);
      return;
  }
}
