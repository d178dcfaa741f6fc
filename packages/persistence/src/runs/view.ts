import { type ErasedSince, RunView } from "@touchstone/contracts";
import type { Prisma } from "../generated/client.ts";

/** What a RunView needs beside the row itself. */
export const runInclude = {
  labelSet: true,
  models: { select: { id: true, kind: true, number: true, metrics: true } },
  followers: { select: { id: true, kind: true, name: true }, orderBy: { id: "asc" } },
} satisfies Prisma.RunInclude;

export type RunRow = Prisma.RunGetPayload<{ include: typeof runInclude }>;

function counted(counts: Prisma.JsonValue): number {
  const judgements = counts !== null && typeof counts === "object" && !Array.isArray(counts) ? counts.judgements : 0;
  return typeof judgements === "number" ? judgements : 0;
}

/** The row as the contracts show it; JSON columns are parsed here, once. */
export function toRunView(row: RunRow, requestedBy: string | null, erased: ErasedSince | null): RunView {
  return RunView.parse({
    ...row,
    labelSet: row.labelSet && {
      id: row.labelSet.id,
      sha256: row.labelSet.sha256,
      judgements: counted(row.labelSet.counts),
    },
    modelVersionId: row.models[0]?.id ?? null,
    published: row.models[0] ?? null,
    requestedBy,
    erased,
    createdAt: row.createdAt.toISOString(),
    startedAt: row.startedAt?.toISOString() ?? null,
    finishedAt: row.finishedAt?.toISOString() ?? null,
  });
}
