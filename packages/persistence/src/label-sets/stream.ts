import type { NormalForm } from "@touchstone/contracts";
import { hasMedia, hasTools, normalise } from "@touchstone/labeling";
import type { Database } from "../client.ts";
import { readJudgements } from "./read-judgements.ts";

/**
 * What learning reads of a label set, always in the same order. What the table in labeling's `normalise` leaves
 * out (votes imported without their answers) is skipped, and so are judgements of pictures and sounds: trainers read texts,
 * and would learn from an empty one, or from words about something that they never saw. Calls of tools and their results
 * are left out too, since no template of ours writes them.
 *
 * @param tell that one was left out, and because of what
 */
export async function* streamLabelSet(
  db: Database,
  labelSetId: string,
  tell: (why: "media" | "tools") => void = () => undefined,
): AsyncGenerator<NormalForm> {
  for await (const judgements of readJudgements(db, labelSetId)) {
    for (const judgement of judgements) {
      const why = unreadIn(judgement);
      if (why !== null) {
        tell(why);
        continue;
      }
      const normalised = normalise(judgement);
      if ("forms" in normalised) yield* normalised.forms;
    }
  }
}

/** What of a judgement no trainer of texts reads; null where there is nothing. */
export function unreadIn(judgement: Parameters<typeof hasMedia>[0]): "media" | "tools" | null {
  if (hasMedia(judgement)) return "media";
  return hasTools(judgement) ? "tools" : null;
}
