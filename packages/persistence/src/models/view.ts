import {
  DeletedOrigin,
  type ErasedSince,
  LabelSetView,
  type ModelFileView,
  ModelName,
  type ModelStage,
  ModelVersionView,
} from "@touchstone/contracts";
import { z } from "zod";
import type { LabelSet, ModelVersion, Prisma } from "../generated/client.ts";

const ModelFiles = z.array(z.object({ path: z.string(), sha256: z.string(), bytes: z.number().int() }));
export type ModelFiles = z.infer<typeof ModelFiles>;

export function modelFiles(row: ModelVersion): ModelFiles {
  return ModelFiles.parse(row.files);
}

/** Trainer settings as they were kept. */
export function modelSpec(row: ModelVersion): Readonly<Record<string, unknown>> {
  return z.record(z.string(), z.unknown()).parse(row.spec);
}

/** By their names alone; where they lie is nobody's business. */
export function modelFileViews(row: ModelVersion): ModelFileView[] {
  return modelFiles(row).map(({ path, bytes, sha256 }) => ({ name: path.split("/").at(-1) ?? path, bytes, sha256 }));
}

/** What a model's name in any language is made of. */
export const modelNameSelect = {
  id: true,
  kind: true,
  number: true,
  name: true,
  practice: true,
  deletedOrigin: true,
  givenName: true,
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

/** A model's row with the kind of run that published it, and the projects that use it. */
export const modelInclude = {
  run: { select: { kind: true } },
  promotions: {
    where: { endedAt: null, project: { deletedAt: null } },
    select: { project: { select: { id: true, name: true } } },
    orderBy: { projectId: "asc" },
  },
} satisfies Prisma.ModelVersionInclude;
export type ModelRow = Prisma.ModelVersionGetPayload<{ include: typeof modelInclude }>;

/** @param erased of its label set (`erasedOf`). */
export function toModelView(row: ModelRow, erased: ErasedSince | null): ModelVersionView {
  const bytes = modelFiles(row).reduce((sum, file) => sum + file.bytes, 0);
  const usedIn = row.promotions.map(({ project }) => project);
  return ModelVersionView.parse({
    ...row,
    trainer: trainerOf(row),
    deletedOrigin: originOf(row.deletedOrigin),
    bytes,
    erased,
    stage: stageOf(row),
    usedIn,
    createdAt: row.createdAt.toISOString(),
  });
}

function stageOf({ promotions, archivedAt }: ModelRow): ModelStage {
  if (promotions.length > 0) return "current";
  return archivedAt === null ? "candidate" : "archived";
}

export function toLabelSetView(row: LabelSet, deleted: number, erased: ErasedSince | null): LabelSetView {
  const counts = z.object({ judgements: z.number(), comparisons: z.number(), ratings: z.number() }).parse(row.counts);
  return LabelSetView.parse({ ...row, ...counts, deleted, erased, createdAt: row.createdAt.toISOString() });
}
