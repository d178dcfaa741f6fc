import { type Member, type MemberChange, type MemberKind, refused } from "@touchstone/contracts";
import { type Actor, recordAudit } from "../audit/record.ts";
import { type Database, databaseNow, type Transaction } from "../client.ts";
import type { Prisma } from "../generated/client.ts";
import { revokeLinksOf, revokeTokensOf } from "./reset.ts";
import { closeSessionsOf } from "./sessions.ts";

/** Judgements that stand: answers which no correction or undo has replaced. */
const memberInclude = {
  user: { select: { email: true } },
  _count: { select: { judgements: { where: { kind: "answer", supersededBy: null } } } },
} satisfies Prisma.MemberInclude;

type MemberRow = Prisma.MemberGetPayload<{ include: typeof memberInclude }>;

function toMember(row: MemberRow): Member {
  return {
    id: row.id,
    name: row.name,
    email: row.user?.email ?? null,
    role: row.role,
    kind: row.kind,
    disabled: row.disabledAt !== null,
    judgements: row._count.judgements,
    groups: row.groups,
    languages: row.languages,
    createdAt: row.createdAt.toISOString(),
  };
}

const holding = (part: string) => ({
  // What is a wildcard to LIKE is a letter to whoever typed it.
  contains: part.replaceAll(/[\\%_]/g, "\\$&"),
  mode: "insensitive" as const,
});

interface MemberQuery {
  readonly cursor?: string | undefined;
  readonly limit: number;
  readonly kind?: MemberKind | undefined;
  /** Part of a name or an e-mail address, in either case of letters. */
  readonly search?: string | undefined;
}

/** Newest first; of one kind and by a part of their name or address where such is given. */
export async function listMembers(
  db: Database,
  workspaceId: string,
  { cursor, limit, kind, search }: MemberQuery,
): Promise<{ items: Member[]; next: string | null }> {
  const rows = await db.member.findMany({
    where: {
      workspaceId,
      // Whose the work is of those who were erased: nobody to invite, change or find by name.
      erasedAt: null,
      ...(kind ? { kind } : {}),
      ...(search ? { OR: [{ name: holding(search) }, { user: { email: holding(search) } }] } : {}),
      ...(cursor ? { id: { lt: cursor } } : {}),
    },
    include: memberInclude,
    orderBy: { id: "desc" },
    take: limit + 1,
  });
  const items = rows.slice(0, limit).map(toMember);
  return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
}

/**
 * Changes a role, or disables a member, whose sessions open nothing from then on and whose API tokens end. The sessions
 * are kept until the member is enabled again, so that the person's page can say why; then they end, and the person signs
 * in anew. No script can ask why, and one that nobody watches must not come alive by itself: its token stays revoked. Who
 * is no admin any more keeps no invitation or reset link that they made.
 *
 * @throws DomainError not_found; conflict for the last admin, and for a member who is no person.
 */
export async function changeMember(db: Database, by: Actor, id: string, change: MemberChange): Promise<Member> {
  return db.$transaction(async (tx) => {
    const { kind, byName } = await readStanding(tx, by.workspaceId, id);
    if (kind !== "person" && change.role !== undefined) {
      throw refused("noRoleToChange", { at: "role" });
    }
    // An open link lets anybody in who has it: more than an annotator nobody becomes by it.
    if (byName && change.role !== undefined && change.role !== "annotator") {
      throw refused("byNameOnlyAnnotator", { at: "role" });
    }
    const losesAdmin = change.disabled === true || (change.role !== undefined && change.role !== "admin");
    if (losesAdmin) await refuseLastAdmin(tx, by.workspaceId, id);
    if (change.disabled === false) await closeSessionsOf(tx, [id]);
    const tokensRevoked = change.disabled === true ? await revokeTokensOf(tx, [id]) : undefined;
    const linksRevoked = losesAdmin ? await revokeLinksOf(tx, [id]) : 0;
    const told = linksRevoked > 0 ? { linksRevoked } : {};
    const { groups, languages, ...others } = change;
    const lists = { groups: listed(groups), languages: listed(languages) };
    await recordAudit(tx, by, "member.changed", id, { ...others, ...lists, tokensRevoked, ...told });
    const row = await tx.member.update({
      where: { workspaceId_id: { workspaceId: by.workspaceId, id } },
      data: {
        ...(change.role === undefined ? {} : { role: change.role }),
        ...(groups === undefined ? {} : { groups }),
        ...(languages === undefined ? {} : { languages }),
        ...(change.disabled === undefined ? {} : { disabledAt: change.disabled ? await databaseNow(tx) : null }),
      },
      include: memberInclude,
    });
    return toMember(row);
  });
}

/** As the audit log tells it. */
export const listed = (names: readonly string[] | undefined) => names && (names.join(", ") || "—");

/** Whether they are a person, and one who joined by name alone. */
async function readStanding(tx: Transaction, workspaceId: string, id: string) {
  const row = await tx.member.findFirst({ where: { workspaceId, id }, select: { kind: true, returnHash: true } });
  if (!row) throw refused("notThere", { kind: "member" });
  return { kind: row.kind, byName: row.returnHash !== null };
}

/** Locks all admins in one order, so that two of them cannot demote each other at the same moment. */
export async function refuseLastAdmin(tx: Transaction, workspaceId: string, id: string): Promise<void> {
  const admins = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM member
    WHERE workspace_id = ${workspaceId}::uuid AND role = 'admin' AND disabled_at IS NULL AND user_id IS NOT NULL
    ORDER BY id FOR UPDATE`;
  if (admins.length > 1 || admins[0]?.id !== id) return;
  throw refused("lastAdmin");
}
