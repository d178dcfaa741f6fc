import type { LabelSetDetails } from "@touchstone/contracts";
import { scaleOf } from "@touchstone/labeling";
import type { Database } from "../client.ts";
import { askedIn, itemsAsking } from "./project-quality.ts";
import { readItemsOfSet } from "./read-answers.ts";
import { agreementOf, unitsOf } from "./units.ts";

/**
 * How far those agree whose judgements are in a label set, by question: Krippendorff's α with its 95 % interval, over the
 * set's items that were judged last. A set stays as it is, and so do these figures until something in it is deleted.
 */
export async function labelSetAgreement(
  db: Pick<Database, "$queryRaw" | "questionnaire">,
  labelSetId: string,
): Promise<LabelSetDetails["agreement"]> {
  const items = await readItemsOfSet(db, labelSetId);
  return askedIn(items).map((question) => {
    const { name, kind, title } = question;
    const units = unitsOf(itemsAsking(question, items), name);
    return { name, kind, title, alpha: agreementOf(units, kind, scaleOf(kind)).alpha };
  });
}
