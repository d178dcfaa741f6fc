import { LabelSetView, ModelVersionView } from "@touchstone/contracts";
import { z } from "zod";
import type { LabelSet, ModelVersion } from "../generated/client.ts";

const ModelFiles = z.array(z.object({ path: z.string(), sha256: z.string(), bytes: z.number().int() }));
export type ModelFiles = z.infer<typeof ModelFiles>;

export function modelFiles(row: ModelVersion): ModelFiles {
  return ModelFiles.parse(row.files);
}

export function toModelView(row: ModelVersion): ModelVersionView {
  const bytes = modelFiles(row).reduce((sum, file) => sum + file.bytes, 0);
  return ModelVersionView.parse({ ...row, bytes, createdAt: row.createdAt.toISOString() });
}

export function toLabelSetView(row: LabelSet): LabelSetView {
  const counts = z.object({ judgements: z.number(), comparisons: z.number(), ratings: z.number() }).parse(row.counts);
  return LabelSetView.parse({ ...row, ...counts, createdAt: row.createdAt.toISOString() });
}
