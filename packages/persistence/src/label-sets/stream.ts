import type { NormalForm } from "@touchstone/contracts";
import { hasMedia, normalise } from "@touchstone/labeling";
import type { Database } from "../client.ts";
import { readJudgements } from "./read-judgements.ts";

/**
 * What learning reads of a label set, always in the same order. What the table in labeling's `normalise` leaves
 * out (votes imported without their answers) is skipped, and so are judgements of pictures and sounds: trainers read texts,
 * and would learn from an empty one, or from words about something that they never saw.
 *
 * @param tell that one was left out because of a picture or a sound
 */
export async function* streamLabelSet(
  db: Database,
  labelSetId: string,
  tell: () => void = () => undefined,
): AsyncGenerator<NormalForm> {
  for await (const judgements of readJudgements(db, labelSetId)) {
    for (const judgement of judgements) {
      if (hasMedia(judgement)) {
        tell();
        continue;
      }
      const normalised = normalise(judgement);
      if ("forms" in normalised) yield* normalised.forms;
    }
  }
}
