import type { PreparationSpec, PreparationStep } from "@touchstone/contracts";
import { cleaning } from "./clean.ts";
import { exactDuplicates } from "./exact-duplicates.ts";
import type { PreparedItem, Step } from "./item.ts";
import { languageDetector, languageFilter } from "./language.ts";
import { type CountTokens, lengthFilter } from "./length.ts";
import { nearDuplicates } from "./near-duplicates.ts";
import { scrubbing } from "./scrub/scrub.ts";
import { type Reason, type StepReport, StepTally } from "./step-report.ts";

/** The steps of a preparation in their order. Some remember what they have seen: a pipeline is for one data set. */
export interface Pipeline {
  /** The row as it leaves the last step, or null where one drops it. */
  take<Item extends PreparedItem>(item: Item): Item | null;
  reports(): StepReport[];
}

/** @throws RangeError if lengths are bounded in tokens and nothing counts them */
export async function openPipeline(spec: PreparationSpec, countTokens?: CountTokens): Promise<Pipeline> {
  const steps: { run: Step; tally: StepTally }[] = [];
  for (const name of spec.steps) {
    steps.push({ run: await stepOf(name, spec, countTokens), tally: new StepTally(name) });
  }
  return {
    take(item) {
      let current = item;
      for (const { run, tally } of steps) {
        const reasons: Reason[] = [];
        const result = run(current, (...reason) => reasons.push(reason));
        if (result === null) {
          tally.record(item.id, "dropped", reasons);
          return null;
        }
        const changed = result !== current && result.row !== current.row;
        tally.record(item.id, changed ? "changed" : "kept", reasons);
        if (changed) current = { ...current, row: result.row };
      }
      return current;
    },
    reports: () => steps.map(({ tally }) => tally.report()),
  };
}

async function stepOf(name: PreparationStep, spec: PreparationSpec, countTokens?: CountTokens): Promise<Step> {
  switch (name) {
    case "clean":
      return cleaning(spec.clean);
    case "scrub":
      return scrubbing(spec.scrub);
    case "language":
      return languageFilter(await languageDetector(), spec.language);
    case "length":
      return lengthFilter(spec.length, countTokens);
    case "exact-duplicates":
      return exactDuplicates();
    case "near-duplicates":
      return nearDuplicates(spec.duplicates);
  }
}
