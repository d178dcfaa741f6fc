import { type ApiTokenCreated, type ApiTokenDraft, type ApiTokenView, type Role, refused } from "@touchstone/contracts";
import { type MemberActor, recordAudit } from "../audit/record.ts";
import { type Database, databaseNow } from "../client.ts";
import type { ApiToken } from "../generated/client.ts";
import { hashSecret, newSecret } from "./secrets.ts";

/** By this a token is known for one wherever it leaks to. */
const apiTokenPrefix = "ts_";
/** Enough of a token to tell it from one's others, too little to guess the rest. */
const shownCharacters = 8;

function toView(row: ApiToken): ApiTokenView {
  return {
    id: row.id,
    name: row.name,
    role: row.role,
    prefix: row.prefix,
    expiresAt: row.expiresAt.toISOString(),
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
  };
}

/** The owner's tokens that still work, newest first. */
export async function listApiTokens(db: Database, owner: MemberActor): Promise<ApiTokenView[]> {
  const rows = await db.apiToken.findMany({
    where: {
      workspaceId: owner.workspaceId,
      memberId: owner.id,
      revokedAt: null,
      expiresAt: { gt: await databaseNow(db) },
    },
    orderBy: { id: "desc" },
  });
  return rows.map(toView);
}

/** The token is in this answer and nowhere else. Whether the owner may give this role is the caller's to check. */
export async function createApiToken(db: Database, owner: MemberActor, draft: ApiTokenDraft): Promise<ApiTokenCreated> {
  const token = newSecret(apiTokenPrefix);
  return db.$transaction(async (tx) => {
    // What is opened by a name alone must not go on by a secret that outlives its session.
    const { returnHash } = await tx.member.findUniqueOrThrow({ where: { id: owner.id }, select: { returnHash: true } });
    if (returnHash !== null) throw refused("noTokenByName");
    const row = await tx.apiToken.create({
      data: {
        workspaceId: owner.workspaceId,
        memberId: owner.id,
        name: draft.name,
        role: draft.role,
        prefix: token.slice(0, apiTokenPrefix.length + shownCharacters),
        hash: hashSecret(token),
        expiresAt: new Date((await databaseNow(tx)).getTime() + draft.expiresInDays * 86_400_000),
      },
    });
    await recordAudit(tx, owner, "token.created", row.id, { name: draft.name, role: draft.role });
    return { ...toView(row), token };
  });
}

/** @throws DomainError not_found, also for somebody else's token. */
export async function revokeApiToken(db: Database, owner: MemberActor, id: string): Promise<void> {
  await db.$transaction(async (tx) => {
    const [revoked] = await tx.$queryRaw<{ name: string }[]>`
      UPDATE api_token SET revoked_at = now()
      WHERE id = ${id}::uuid AND workspace_id = ${owner.workspaceId}::uuid AND member_id = ${owner.id}::uuid
        AND revoked_at IS NULL
      RETURNING name`;
    if (!revoked) throw refused("notThere", { kind: "token" });
    await recordAudit(tx, owner, "token.revoked", id, { name: revoked.name });
  });
}

export interface TokenHolder {
  tokenId: string;
  memberId: string;
  workspaceId: string;
  name: string;
  memberRole: Role;
  tokenName: string;
  tokenRole: Role;
}

/** Whose token this is; null when it is unknown, expired or revoked, or its owner is disabled. */
export async function readApiToken(db: Database, token: string): Promise<TokenHolder | null> {
  const hash = hashSecret(token);
  const [row] = await db.$queryRaw<(TokenHolder & { stale: boolean })[]>`
    SELECT m.id AS "memberId", m.workspace_id AS "workspaceId", m.name, m.role AS "memberRole", t.role AS "tokenRole",
           t.id AS "tokenId", t.name AS "tokenName",
           coalesce(t.last_used_at < now() - interval '1 minute', true) AS stale
    FROM api_token t JOIN member m ON m.workspace_id = t.workspace_id AND m.id = t.member_id
    WHERE t.hash = ${hash} AND t.revoked_at IS NULL AND t.expires_at > now() AND m.disabled_at IS NULL`;
  if (!row) return null;
  // To the minute is exact enough, and spares a write with every request.
  if (row.stale) await db.$executeRaw`UPDATE api_token SET last_used_at = now() WHERE hash = ${hash}`;
  return row;
}
