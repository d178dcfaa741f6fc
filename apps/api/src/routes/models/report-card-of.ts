import type { ReportCardView } from "@touchstone/contracts";
import type { ReportCardJob, ReportCardQueue } from "@touchstone/jobs";
import { type Database, type FileStore, findReportCard } from "@touchstone/persistence";

/**
 * A model's card. One that was made before there were cards, or whose card is damaged, is evaluated by a worker as soon as somebody
 * asks, since this process loads no models; whoever asks again finds the card.
 * @throws DomainError not_found
 */
export async function reportCardOf(
  stores: { readonly db: Database; readonly files: FileStore },
  queue: Pick<ReportCardQueue, "ask">,
  { workspaceId, modelId }: ReportCardJob,
): Promise<ReportCardView> {
  const found = await findReportCard(stores, workspaceId, modelId);
  const { card, missing } = found;
  if (missing === null || missing === "policy" || found.labelSetId === null) return { card, missing, hindrance: null };
  const asked = await queue.ask({ workspaceId, modelId });
  return asked === "evaluating"
    ? { card, missing: "evaluating", hindrance: null }
    : { card, missing, hindrance: asked };
}
