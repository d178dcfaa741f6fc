import { LabelSetView, ModelName, ModelVersionView } from "@touchstone/contracts";
import { z } from "zod";
import type { LabelSet, ModelVersion, Prisma } from "../generated/client.ts";

const ModelFiles = z.array(z.object({ path: z.string(), sha256: z.string(), bytes: z.number().int() }));
export type ModelFiles = z.infer<typeof ModelFiles>;

export function modelFiles(row: ModelVersion): ModelFiles {
  return ModelFiles.parse(row.files);
}

/** What a model's name in any language is made of. */
export const modelNameSelect = {
  id: true,
  kind: true,
  number: true,
  name: true,
  practice: true,
  run: { select: { kind: true } },
} satisfies Prisma.ModelVersionSelect;

export function toModelName(row: Prisma.ModelVersionGetPayload<{ select: typeof modelNameSelect }>): ModelName {
  return ModelName.parse({ ...row, trainer: row.run?.kind ?? null });
}

/** A model's row with the kind of run that published it. */
export const modelInclude = { run: { select: { kind: true } } } satisfies Prisma.ModelVersionInclude;
export type ModelRow = Prisma.ModelVersionGetPayload<{ include: typeof modelInclude }>;

export function toModelView(row: ModelRow): ModelVersionView {
  const bytes = modelFiles(row).reduce((sum, file) => sum + file.bytes, 0);
  return ModelVersionView.parse({
    ...row,
    trainer: row.run?.kind ?? null,
    bytes,
    createdAt: row.createdAt.toISOString(),
  });
}

export function toLabelSetView(row: LabelSet): LabelSetView {
  const counts = z.object({ judgements: z.number(), comparisons: z.number(), ratings: z.number() }).parse(row.counts);
  return LabelSetView.parse({ ...row, ...counts, createdAt: row.createdAt.toISOString() });
}
