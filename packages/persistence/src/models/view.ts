import { DeletedOrigin, type ErasedSince, LabelSetView, ModelName, ModelVersionView } from "@touchstone/contracts";
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
  deletedOrigin: true,
  run: { select: { kind: true } },
} satisfies Prisma.ModelVersionSelect;

export function toModelName(row: Prisma.ModelVersionGetPayload<{ select: typeof modelNameSelect }>): ModelName {
  return ModelName.parse({ ...row, trainer: trainerOf(row) });
}

function trainerOf({ run, deletedOrigin }: Pick<ModelRow, "run" | "deletedOrigin">): ModelName["trainer"] {
  return run?.kind ?? originOf(deletedOrigin)?.run?.kind ?? null;
}

function originOf(stored: unknown): DeletedOrigin | null {
  return DeletedOrigin.nullable().parse(stored);
}

/** A model's row with the kind of run that published it. */
export const modelInclude = { run: { select: { kind: true } } } satisfies Prisma.ModelVersionInclude;
export type ModelRow = Prisma.ModelVersionGetPayload<{ include: typeof modelInclude }>;

/** @param erased of its label set (`erasedOf`). */
export function toModelView(row: ModelRow, erased: ErasedSince | null): ModelVersionView {
  const bytes = modelFiles(row).reduce((sum, file) => sum + file.bytes, 0);
  return ModelVersionView.parse({
    ...row,
    trainer: trainerOf(row),
    deletedOrigin: originOf(row.deletedOrigin),
    bytes,
    erased,
    createdAt: row.createdAt.toISOString(),
  });
}

export function toLabelSetView(row: LabelSet, deleted: number, erased: ErasedSince | null): LabelSetView {
  const counts = z.object({ judgements: z.number(), comparisons: z.number(), ratings: z.number() }).parse(row.counts);
  return LabelSetView.parse({ ...row, ...counts, deleted, erased, createdAt: row.createdAt.toISOString() });
}
