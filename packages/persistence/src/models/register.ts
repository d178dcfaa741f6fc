import type { Database } from "../client.ts";
import type { Prisma } from "../generated/client.ts";

export type RegisteredModel = Omit<Prisma.ModelVersionUncheckedCreateInput, "id" | "runId">;

/** A model that came from outside, once: the same weights in one workspace are one model version. */
export async function registerModel(db: Database, model: RegisteredModel): Promise<string> {
  const known = await db.modelVersion.findFirst({ where: { workspaceId: model.workspaceId, sha256: model.sha256 } });
  return known ? known.id : (await db.modelVersion.create({ data: model })).id;
}
