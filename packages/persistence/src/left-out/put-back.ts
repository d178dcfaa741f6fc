import { type PutBackDraft, type PutBackTold, refused } from "@touchstone/contracts";
import { type MemberActor, recordAudit } from "../audit/record.ts";
import type { Database, Transaction } from "../client.ts";
import type { LeftOut, Prisma } from "../generated/client.ts";
import { promise } from "../outbox/promise.ts";
import { assertProject } from "../projects/queries.ts";
import { queueForLeavingOut } from "./leave-out.ts";
import { ofThese, type Subject } from "./subject.ts";

/** As leaving out. */
const timeoutMs = 60_000;

/**
 * Puts back what was left out, or says only what that would do. What is also left out by something else stays out by that.
 * Judgements that were asked for as replacements stay wanted.
 *
 * @throws DomainError not_found for what is not left out, or a project of another workspace.
 */
export async function putBack(
  db: Database,
  by: MemberActor,
  projectId: string,
  { what, preview }: PutBackDraft,
): Promise<PutBackTold> {
  await assertProject(db, by.workspaceId, projectId);
  return db.$transaction(
    async (tx) => {
      if (!preview) await queueForLeavingOut(tx, projectId);
      const rows = await tx.leftOut.findMany({ where: { projectId, ...whereOf(what) } });
      const [first] = rows;
      if (!first) throw refused("notThere", { kind: "leftOut" });
      const told = { changed: rows.length, judgements: await countFreed(tx, projectId, rows) };
      if (preview) return told;
      await tx.leftOut.deleteMany({ where: { id: { in: rows.map(({ id }) => id) } } });
      await promise(tx, "judged", projectId);
      const kind = kindOf(first);
      const subject = rows.length === 1 ? idOf(first) : projectId;
      const about = kind === "item" ? { tasks: rows.length } : {};
      await recordAudit(tx, by, "leftOut.putBack", subject, { kind, projectId, judgements: told.judgements, ...about });
      return told;
    },
    { timeout: timeoutMs },
  );
}

function whereOf(what: PutBackDraft["what"]): Prisma.LeftOutWhereInput {
  switch (what.kind) {
    case "act":
      return { actId: what.actId };
    case "member":
      return { memberId: what.memberId };
    case "item":
      return { taskId: what.taskId };
    case "judgement":
      return { judgementId: what.judgementId };
  }
}

function kindOf({ memberId, taskId }: LeftOut): Subject["kind"] {
  if (memberId !== null) return "member";
  return taskId === null ? "judgement" : "item";
}

/** Each row names one thing. */
function idOf({ memberId, taskId, judgementId }: LeftOut): string {
  return memberId ?? taskId ?? judgementId ?? "";
}

/** Judgements that stand and would count without these rows, all of one kind. */
async function countFreed(tx: Transaction, projectId: string, rows: readonly LeftOut[]): Promise<number> {
  const [first] = rows;
  if (!first) return 0;
  const these = rows.map(({ id }) => id);
  const [row] = await tx.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM standing_judgement s
    WHERE ${ofThese("s", projectId, kindOf(first), rows.map(idOf))}
      AND NOT EXISTS (SELECT FROM left_out o WHERE o.judgement_id = s.id AND o.id <> ALL (${these}::uuid[]))
      AND NOT EXISTS (SELECT FROM left_out o WHERE o.task_id = s.task_id AND o.id <> ALL (${these}::uuid[]))
      AND NOT EXISTS (
        SELECT FROM left_out o WHERE o.project_id = s.project_id AND o.member_id = s.member_id AND o.id <> ALL (${these}::uuid[]))`;
  return row?.count ?? 0;
}
