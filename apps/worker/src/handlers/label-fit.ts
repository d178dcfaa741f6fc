import type { LabelFitCounts } from "@touchstone/contracts";
import { LabelFitJob } from "@touchstone/jobs";
import { findModel, modelFiles, sampleCurrentLabels, samplePrompts } from "@touchstone/persistence";
import { type LabelMeasure, openLabelMeasure } from "@touchstone/rlhf";
import { countFit } from "../label-fit/count-fit.ts";
import { type FitRow, fitRows } from "../label-fit/fit-rows.ts";
import type { Services } from "../run/context.ts";
import { SelfNamedLabels } from "../run/self-named.ts";

/** Enough that a share of them is known to about one in a hundred, and few enough to be held in memory. */
const mostRows = 5_000;
/** Somebody waits before a form: milliseconds after which what has been looked at has to do. */
const budgetMs = 10_000;

/** How much of a project's labels or prompts a model has room for, as they stand now. */
export async function handleLabelFit(
  services: Pick<Services, "db" | "files">,
  payload: unknown,
): Promise<LabelFitCounts> {
  const job = LabelFitJob.parse(payload);
  const model = await findModel(services.db, job.workspaceId, job.modelId);
  // Weights can be large, and say nothing about lengths.
  const files = modelFiles(model).filter(({ path }) => !path.endsWith(".safetensors"));
  const measure = openLabelMeasure(await services.files.readAll(files));
  const { total, looked, rows, selfNamed } = await rowsOf(services, job, measure);
  const { share, ...counts } = await countFit(rows, budgetMs);
  return { ...counts, selfNamed, context: measure.context, rows: { total, looked: Math.ceil(looked * share) } };
}

async function rowsOf(
  { db }: Pick<Services, "db">,
  job: LabelFitJob,
  measure: LabelMeasure,
): Promise<{ total: number; looked: number; rows: FitRow[]; selfNamed: number }> {
  const { workspaceId, projectId, includeSimulated, labels } = job;
  if (labels === "prompts") {
    const { total, prompts } = await samplePrompts(db, workspaceId, projectId, mostRows);
    const rows = prompts.map(({ split, messages }) => ({ split, fit: () => measure.prompt(messages) }));
    return { total, looked: rows.length, rows, selfNamed: 0 };
  }
  const { forms, ...counts } = await sampleCurrentLabels(db, { workspaceId, projectId, includeSimulated }, mostRows);
  const selfNamed = new SelfNamedLabels();
  for (const form of forms) selfNamed.add(form);
  return { ...counts, rows: fitRows(labels, forms, measure), selfNamed: selfNamed.count };
}
