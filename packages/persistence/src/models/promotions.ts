import { PromotionCause, type PromotionView } from "@touchstone/contracts";
import type { Prisma } from "../generated/client.ts";
import { modelNameSelect, toModelName } from "./view.ts";

export const promotionInclude = {
  model: { select: modelNameSelect },
  promotedBy: { select: { name: true } },
} satisfies Prisma.ModelPromotionInclude;

export function toPromotionView(
  row: Prisma.ModelPromotionGetPayload<{ include: typeof promotionInclude }>,
): PromotionView {
  return {
    id: row.id,
    model: toModelName(row.model),
    cause: PromotionCause.parse(row.cause),
    back: row.back,
    reason: row.reason,
    by: row.promotedBy?.name ?? null,
    at: row.createdAt.toISOString(),
    until: row.endedAt?.toISOString() ?? null,
  };
}
