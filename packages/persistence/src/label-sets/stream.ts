import type { NormalForm } from "@touchstone/contracts";
import { normalise } from "@touchstone/labeling";
import type { Database } from "../client.ts";
import { readJudgements } from "./read-judgements.ts";

/**
 * What learning reads of a label set, always in the same order. What the table in labeling's `normalise` leaves
 * out (votes imported without their answers) is skipped.
 */
export async function* streamLabelSet(db: Database, labelSetId: string): AsyncGenerator<NormalForm> {
  for await (const judgements of readJudgements(db, labelSetId)) {
    for (const judgement of judgements) {
      const normalised = normalise(judgement);
      if ("forms" in normalised) yield* normalised.forms;
    }
  }
}
