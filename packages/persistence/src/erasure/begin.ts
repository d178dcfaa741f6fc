import { type ErasureDraft, type ErasureView, reasonedError, refused } from "@touchstone/contracts";
import { type MemberActor, recordAudit } from "../audit/record.ts";
import { type Database, databaseNow, newId, type Transaction } from "../client.ts";
import { refuseLastAdmin } from "../people/members.ts";
import { closeRun } from "../runs/finish.ts";
import { findPersonDependants } from "./dependants.ts";
import { toErasureView } from "./list.ts";

/** It counts all that is stored; Prisma would otherwise end it after five seconds. */
const timeoutMs = 10 * 60_000;

/**
 * Erases a person. From here on they have no name, no address and no way in; whose work it was follows in steps
 * (`advanceErasure`), as does the work itself where it is to go. Runs under way that read their judgements end then.
 *
 * @throws DomainError not_found; invalid_value for another name; conflict where the list is another than the one that was
 * shown, for oneself, the last admin and simulated annotators, and while a file is imported where they judged. Then nothing
 * is erased.
 */
export async function eraseMember(
  db: Database,
  by: MemberActor,
  memberId: string,
  { what, name, stamp }: ErasureDraft,
): Promise<ErasureView> {
  const { workspaceId } = by;
  if (memberId === by.id) throw refused("erasesSelf");
  return db.$transaction(
    async (tx) => {
      await refuseLastAdmin(tx, workspaceId, memberId);
      await tx.$queryRaw`SELECT FROM member WHERE workspace_id = ${workspaceId}::uuid AND id = ${memberId}::uuid FOR UPDATE`;
      const found = await findPersonDependants(tx, workspaceId, memberId);
      if (found.member.name.trim() !== name.trim()) {
        throw refused("erasureUnconfirmed", { name: found.member.name, at: "name" });
      }
      if (found.stamp !== stamp) throw refused("dependantsOutdated");
      for (const project of found.projects) await assertNoImport(tx, project);
      if (what === "all") {
        for (const run of found.runs) {
          if (run.underWay) await closeRun(tx, run.id, "failed", reasonedError("labelsErased"));
        }
      }
      const successorId = await makeSuccessor(tx, db, { workspaceId, kind: found.member.kind });
      await forgetWho(tx, workspaceId, memberId, successorId);
      const row = await tx.erasure.create({
        data: { workspaceId, kind: what, memberId, successorId, counts: found.counts, createdById: by.id },
      });
      const { labelSets, runs, models, evaluations, counts } = found;
      await recordAudit(tx, by, "member.erased", successorId, {
        erased: what,
        judgements: counts.judgements,
        labelSets: labelSets.length,
        runs: runs.length,
        models: models.length,
        evaluations: evaluations.length,
      });
      const { name: byName } = await tx.member.findUniqueOrThrow({ where: { id: by.id }, select: { name: true } });
      return toErasureView(row, byName);
    },
    { timeout: timeoutMs },
  );
}

/** The lock under which imports of a project queue: one under way may be writing judgements of theirs. */
async function assertNoImport(tx: Transaction, { id, name }: { readonly id: string; readonly name: string }) {
  const [row] = await tx.$queryRaw<{ free: boolean }[]>`
    SELECT pg_try_advisory_xact_lock(hashtextextended('import ' || ${id}::text, 0)) AS free`;
  if (!row?.free) throw refused("importUnderWayAnywhere", { name });
}

/**
 * A member without a name, whose the work is from then on. Its id is new: label sets and exports call whoever judged by a
 * hash of their id (`pseudonym`), so nobody who knows the former one finds the work by it.
 */
export async function makeSuccessor(
  tx: Transaction,
  db: Database,
  { workspaceId, kind }: { readonly workspaceId: string; readonly kind: "person" | "imported" },
): Promise<string> {
  const id = await newId(db);
  const now = await databaseNow(tx);
  await tx.member.create({
    data: {
      ...{ id, workspaceId, kind, role: "annotator", name: nameOf(id) },
      disabledAt: now,
      erasedAt: now,
      confined: true,
    },
  });
  return id;
}

/** The end of an id is random; its beginning is the time. */
const nameOf = (successorId: string) => `erased-${successorId.slice(-8)}`;

/** At once, and not in steps: who they were, and every way in. */
async function forgetWho(tx: Transaction, workspaceId: string, memberId: string, successorId: string): Promise<void> {
  const { userId } = await tx.member.findUniqueOrThrow({ where: { id: memberId }, select: { userId: true } });
  await tx.session.deleteMany({ where: { memberId } });
  await tx.apiToken.deleteMany({ where: { memberId } });
  await tx.link.deleteMany({ where: { workspaceId, memberId } });
  await tx.$executeRaw`
    UPDATE link SET revoked_at = coalesce(revoked_at, now()) WHERE created_by_id = ${memberId}::uuid AND kind <> 'open'`;
  const now = await databaseNow(tx);
  await tx.member.update({
    where: { workspaceId_id: { workspaceId, id: memberId } },
    data: {
      ...{ name: nameOf(successorId), userId: null, externalId: null, returnHash: null },
      ...{ locale: "en", groups: [], languages: [], consentedAt: null, noticesReadAt: null, signedInAt: null },
      ...{ role: "annotator", disabledAt: now, erasedAt: now },
    },
  });
  // A login is everybody's who works with its owner: in other workspaces they are a member still.
  if (userId !== null && (await tx.member.count({ where: { userId } })) === 0) {
    await tx.user.delete({ where: { id: userId } });
  }
}
