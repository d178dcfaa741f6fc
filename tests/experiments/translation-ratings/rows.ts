import type { Rating } from "@touchstone/contracts";
import { z } from "zod";
import { referenceLines } from "../../harness/reference-data.ts";

const Segment = z.object({
  doc: z.string(),
  seg: z.string(),
  source: z.string(),
  systems: z.record(z.string(), z.object({ target: z.string(), mqm: z.record(z.string(), z.number().min(0)) })),
});

export interface TranslationRating extends Rating {
  readonly document: string;
}

/** MQM's weight of a major error; a minor one weighs 1 (Freitag et al. 2021, table 2). */
const majorError = 5;
const [worst, best] = [1, 5];

/** A rater's penalty on the 1–5 scale: a point less for each major error's worth, and from four on the worst. */
export function qualityOf(penalty: number): number {
  return Math.max(worst, best - penalty / majorError);
}

/** WMT 2023, Chinese to English: each of ten systems' translations of a segment, by three of eight professional raters. */
export async function readTranslationRatings(): Promise<TranslationRating[]> {
  const lines = await referenceLines("preference/wmt23_zhen_mqm_3raters.first70pct.jsonl.gz");
  return lines.flatMap((line) => {
    const { doc, seg, source, systems } = Segment.parse(JSON.parse(line));
    return Object.entries(systems).flatMap(([system, { target, mqm }]) =>
      Object.entries(mqm).map(([rater, penalty]): TranslationRating => {
        const promptId = `${doc}/${seg}`;
        const completionId = `${promptId}/${system}`;
        return {
          kind: "rating",
          document: doc,
          judgementId: `${completionId}/${rater}`,
          annotator: rater,
          promptId,
          prompt: [{ role: "user", content: source }],
          split: "train",
          completion: { completionId, text: target },
          score: qualityOf(penalty),
          weight: 1,
        };
      }),
    );
  });
}

/** Documents dealt out in the order of their names. */
export function documentsOfFold(ratings: readonly TranslationRating[], fold: number, folds: number): Set<string> {
  const documents = [...new Set(ratings.map(({ document }) => document))].sort();
  return new Set(documents.filter((_, index) => index % folds === fold));
}
