import { type NormalForm, reportCardFile } from "@touchstone/contracts";
import { ReportCardJob } from "@touchstone/jobs";
import { comparisonsOf } from "@touchstone/labeling";
import { addReportCard, findModel, findReportCard, modelFiles, streamLabelSet } from "@touchstone/persistence";
import type { Services } from "../run/context.ts";
import { isComparison, isRanking, isRating } from "../run/labels-of.ts";
import { runInThread } from "../run/thread.ts";
import { withWhatItRestsOn } from "../run/with-rested-on.ts";

/** Only its end is of interest. */
const unheard = {
  onEngine: async () => undefined,
  onMetric: async () => undefined,
  onCheckpoint: async () => undefined,
  onNote: async () => undefined,
};

/** A report card for a reward model that has none that can be read, on what its label set holds out today. */
export async function handleReportCard(
  services: Pick<Services, "db" | "files" | "store" | "environment" | "log">,
  payload: unknown,
  shutdown: AbortSignal,
): Promise<void> {
  const { db, store } = services;
  const { workspaceId, modelId } = ReportCardJob.parse(payload);
  const stores = { db, files: store };
  const found = await findReportCard(stores, workspaceId, modelId);
  if (found.missing === null || found.missing === "policy" || found.labelSetId === null) return;
  const model = await findModel(db, workspaceId, modelId);
  // A damaged card is what the new one is for.
  const readFiles = modelFiles(model).filter(({ path }) => !path.endsWith(`/${reportCardFile}`));
  const policy = model.parentId === null ? null : await findModel(db, workspaceId, model.parentId);
  const forms: NormalForm[] = [];
  for await (const form of streamLabelSet(db, found.labelSetId, () => undefined)) forms.push(form);
  const job = {
    type: "evaluate" as const,
    engine: services.environment.TOUCHSTONE_ENGINE,
    seed: 0,
    reward: await withWhatItRestsOn(services, workspaceId, await services.files.readAll(readFiles)),
    policy: policy ? await services.files.readAll(modelFiles(policy)) : undefined,
    comparisons: comparisonsOf(forms.filter(isComparison), forms.filter(isRanking)),
    ratings: forms.filter(isRating),
  };
  const result = await runInThread(job, unheard, shutdown, new AbortController().signal).catch((error: unknown) => {
    // Whoever asks again has another job, on a worker that stays.
    if (shutdown.aborted) return null;
    throw error;
  });
  if (result === null) return;
  if (result.type !== "evaluated") throw new Error("The training thread answered something else.");
  await addReportCard(stores, workspaceId, modelId, result.card);
  services.log.info({ model: modelId }, "an earlier model has a report card now");
}
