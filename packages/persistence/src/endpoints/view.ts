import { EndpointDialect, EndpointLimits, EndpointSampling, EndpointView } from "@touchstone/contracts";
import type { Prisma } from "../generated/client.ts";

/** Whoever uses it; ended runs keep naming it until it is deleted. */
export const unfinished = ["waiting", "queued", "running"] as const satisfies Prisma.RunWhereInput["state"][];

export const endpointInclude = {
  _count: { select: { runs: { where: { state: { in: [...unfinished] } } } } },
} satisfies Prisma.EndpointInclude;

type EndpointRow = Prisma.EndpointGetPayload<{ include: typeof endpointInclude }>;

/** What an endpoint is asked by, its JSON columns parsed. */
export interface EndpointSettings {
  readonly limits: EndpointLimits;
  readonly dialect: EndpointDialect;
  readonly sampling: EndpointSampling;
}

export function settingsOf(row: { limits: unknown; dialect: unknown; sampling: unknown }): EndpointSettings {
  return {
    limits: EndpointLimits.parse(row.limits),
    dialect: EndpointDialect.parse(row.dialect),
    sampling: EndpointSampling.parse(row.sampling),
  };
}

/** All but the key. */
export function toEndpointView(row: EndpointRow): EndpointView {
  const { id, name, baseUrl, model, sealedKey, spentTokens, spentMoney, createdAt, _count } = row;
  return EndpointView.parse({
    ...{ id, name, baseUrl, model },
    hasKey: sealedKey !== null,
    ...settingsOf(row),
    spent: { tokens: spentTokens, money: spentMoney },
    runsUnderWay: _count.runs,
    createdAt: createdAt.toISOString(),
  });
}
