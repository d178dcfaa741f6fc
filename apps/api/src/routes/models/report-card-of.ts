import type { ReportCardView } from "@touchstone/contracts";
import type { ReportCardJob, ReportCardQueue } from "@touchstone/jobs";
import { type Database, type FileStore, findReportCard } from "@touchstone/persistence";

/**
 * A model's card. One that was made before there were cards is evaluated by a worker as soon as somebody asks, since this process
 * loads no models; whoever asks again finds the card.
 * @throws DomainError not_found
 */
export async function reportCardOf(
  stores: { readonly db: Database; readonly files: FileStore },
  queue: Pick<ReportCardQueue, "ask">,
  { workspaceId, modelId }: ReportCardJob,
): Promise<ReportCardView> {
  const found = await findReportCard(stores, workspaceId, modelId);
  if (found.missing !== "earlier") return { card: found.card, missing: found.missing, hindrance: null };
  if (found.labelSetId === null) return { card: null, missing: "earlier", hindrance: null };
  const asked = await queue.ask({ workspaceId, modelId });
  return asked === "evaluating"
    ? { card: null, missing: "evaluating", hindrance: null }
    : { card: null, missing: "earlier", hindrance: asked };
}
