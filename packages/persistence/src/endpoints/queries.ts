import {
  type EndpointChange,
  type EndpointDraft,
  type EndpointLimits,
  type EndpointView,
  mostEndpoints,
  refused,
} from "@touchstone/contracts";
import { type Actor, recordAudit } from "../audit/record.ts";
import { type Database, newId, type Transaction } from "../client.ts";
import type { Endpoint } from "../generated/client.ts";
import { openKey, sealKey } from "./seal.ts";
import { type EndpointSettings, endpointInclude, settingsOf, toEndpointView, unfinished } from "./view.ts";

/** An endpoint as whoever asks it needs it; nobody else is given the key. */
export interface AskableEndpoint extends EndpointSettings {
  readonly id: string;
  readonly name: string;
  readonly baseUrl: string;
  readonly model: string;
  readonly key: string | null;
}

const hostOf = (url: string): string => new URL(url).host;

export async function listEndpoints(db: Database, workspaceId: string): Promise<EndpointView[]> {
  const rows = await db.endpoint.findMany({ where: { workspaceId }, orderBy: { id: "asc" }, include: endpointInclude });
  return rows.map(toEndpointView);
}

/** @throws DomainError not_found, also for one of another workspace. */
export async function getEndpoint(db: Database | Transaction, workspaceId: string, id: string): Promise<EndpointView> {
  const row = await db.endpoint.findFirst({ where: { id, workspaceId }, include: endpointInclude });
  if (!row) throw refused("notThere", { kind: "endpoint" });
  return toEndpointView(row);
}

/** @throws DomainError invalid_value where a budget in money has no prices. */
function assertPrices({ money, promptPrice, answerPrice }: EndpointLimits): void {
  if (money === null) return;
  if (promptPrice === null) throw refused("endpointPricesMissing", { at: "limits.promptPrice" });
  if (answerPrice === null) throw refused("endpointPricesMissing", { at: "limits.answerPrice" });
}

/** @param secret the installation's, from which the key is derived that seals. @throws DomainError conflict, invalid_value */
export async function createEndpoint(
  db: Database,
  by: Actor,
  secret: string,
  { key, ...draft }: EndpointDraft,
): Promise<EndpointView> {
  assertPrices(draft.limits);
  const { workspaceId } = by;
  const id = await newId(db);
  const sealedKey = key === undefined ? null : sealKey(secret, { workspaceId, endpointId: id }, key);
  return db.$transaction(async (tx) => {
    // Whoever makes one at the same time waits.
    await tx.$queryRaw`SELECT FROM workspace WHERE id = ${workspaceId}::uuid FOR NO KEY UPDATE`;
    if ((await tx.endpoint.count({ where: { workspaceId } })) >= mostEndpoints) {
      throw refused("tooManyEndpoints", { limit: mostEndpoints });
    }
    await assertNameFree(tx, workspaceId, draft.name);
    const data = { ...draft, id, workspaceId, sealedKey };
    const row = await tx.endpoint.create({ data, include: endpointInclude });
    await recordAudit(tx, by, "endpoint.created", id, { name: row.name, host: hostOf(row.baseUrl) });
    return toEndpointView(row);
  });
}

async function assertNameFree(tx: Transaction, workspaceId: string, name: string, but?: string): Promise<void> {
  const other = await tx.endpoint.findFirst({ where: { workspaceId, name, ...(but ? { id: { not: but } } : {}) } });
  if (other) throw refused("endpointNameTaken", { name, at: "name" });
}

/** @throws DomainError not_found, also for one of another workspace. */
async function lockEndpoint(tx: Transaction, workspaceId: string, id: string): Promise<Endpoint> {
  await tx.$queryRaw`SELECT FROM workspace WHERE id = ${workspaceId}::uuid FOR NO KEY UPDATE`;
  await tx.$queryRaw`SELECT FROM endpoint WHERE id = ${id}::uuid AND workspace_id = ${workspaceId}::uuid FOR UPDATE`;
  const row = await tx.endpoint.findFirst({ where: { id, workspaceId } });
  if (!row) throw refused("notThere", { kind: "endpoint" });
  return row;
}

/**
 * A key that was given for one address is sent to no other: whoever could change the address alone would learn it.
 *
 * @throws DomainError not_found, conflict, invalid_value
 */
export async function changeEndpoint(
  db: Database,
  by: Actor,
  secret: string,
  id: string,
  { key, countAnew, ...change }: EndpointChange,
): Promise<EndpointView> {
  const { workspaceId } = by;
  if (change.limits) assertPrices(change.limits);
  return db.$transaction(async (tx) => {
    const before = await lockEndpoint(tx, workspaceId, id);
    if (change.name !== undefined) await assertNameFree(tx, workspaceId, change.name, id);
    const moves = change.baseUrl !== undefined && new URL(change.baseUrl).origin !== new URL(before.baseUrl).origin;
    if (moves && before.sealedKey !== null && key === undefined)
      throw refused("endpointKeyOfOtherAddress", { at: "key" });
    const { name, baseUrl, model, limits, dialect, sampling } = change;
    const row = await tx.endpoint.update({
      where: { id },
      data: {
        ...(name === undefined ? {} : { name }),
        ...(baseUrl === undefined ? {} : { baseUrl }),
        ...(model === undefined ? {} : { model }),
        ...(limits === undefined ? {} : { limits }),
        ...(dialect === undefined ? {} : { dialect }),
        ...(sampling === undefined ? {} : { sampling }),
        ...(countAnew ? { spentTokens: 0, spentMoney: 0 } : {}),
        ...(key === undefined
          ? {}
          : { sealedKey: key === null ? null : sealKey(secret, { workspaceId, endpointId: id }, key) }),
      },
      include: endpointInclude,
    });
    await recordAudit(tx, by, "endpoint.changed", id, {
      name: row.name,
      host: hostOf(row.baseUrl),
      ...(key === undefined ? {} : { keyChanged: true }),
      ...(countAnew ? { countedAnew: true } : {}),
    });
    return toEndpointView(row);
  });
}

/** What it answered stays, under the name of its model. @throws DomainError not_found, conflict while runs use it. */
export async function deleteEndpoint(db: Database, by: Actor, id: string): Promise<void> {
  const { workspaceId } = by;
  await db.$transaction(async (tx) => {
    const { name, baseUrl } = await lockEndpoint(tx, workspaceId, id);
    const count = await tx.run.count({ where: { endpointId: id, state: { in: [...unfinished] } } });
    if (count > 0) throw refused("endpointInUse", { count });
    await tx.run.updateMany({ where: { endpointId: id }, data: { endpointId: null } });
    await tx.endpointCall.updateMany({ where: { endpointId: id }, data: { endpointId: null } });
    await tx.endpoint.delete({ where: { id } });
    await recordAudit(tx, by, "endpoint.deleted", id, { name, host: hostOf(baseUrl) });
  });
}

/** With its key, for whoever asks it. @throws DomainError not_found, conflict where the key can't be read. */
export async function openEndpoint(
  db: Database,
  secret: string,
  workspaceId: string,
  id: string,
): Promise<AskableEndpoint> {
  const row = await db.endpoint.findFirst({ where: { id, workspaceId } });
  if (!row) throw refused("notThere", { kind: "endpoint" });
  const { name, baseUrl, model, sealedKey } = row;
  const key = sealedKey === null ? null : openKey(secret, { workspaceId, endpointId: id }, sealedKey);
  return { id, name, baseUrl, model, key, ...settingsOf(row) };
}
