import { type InquiryAnswerDraft, refused } from "@touchstone/contracts";
import { type MemberActor, recordAudit } from "../audit/record.ts";
import type { Database, Transaction } from "../client.ts";
import { promise } from "../outbox/promise.ts";

/**
 * Answers a question, or anew: whoever asked is shown the new answer as one not seen yet. It is done with by that.
 *
 * @throws DomainError not_found, also for a question of another project or workspace.
 */
export async function answerInquiry(
  db: Database,
  by: MemberActor,
  { projectId, inquiryId }: { readonly projectId: string; readonly inquiryId: string },
  { text, forAll }: InquiryAnswerDraft,
): Promise<void> {
  const { workspaceId } = by;
  await db.$transaction(async (tx) => {
    // The database's clock, by which pages say up to when they have seen.
    const answered = await tx.$executeRaw`
      UPDATE inquiry SET answer = ${text}, for_all = ${forAll}, answered_by_id = ${by.id}::uuid,
        answered_at = clock_timestamp(), seen_at = NULL
      WHERE workspace_id = ${workspaceId}::uuid AND project_id = ${projectId}::uuid AND id = ${inquiryId}::uuid`;
    if (answered === 0) throw refused("notThere", { kind: "question" });
    await markDone(tx, by, projectId, inquiryId);
    await promise(tx, "guidance", projectId);
    await recordAudit(tx, by, "inquiry.answered", inquiryId, { projectId, forAll });
  });
}

/**
 * Takes something in a project's inbox as done with, or opens it again; as it is already, nothing happens.
 *
 * @throws DomainError not_found for what is in no inbox of this project.
 */
export async function settleRemark(
  db: Database,
  by: MemberActor,
  { projectId, remarkId }: { readonly projectId: string; readonly remarkId: string },
  done: boolean,
): Promise<void> {
  await db.$transaction(async (tx) => {
    const [found] = await tx.$queryRaw<unknown[]>`
      SELECT FROM inquiry WHERE workspace_id = ${by.workspaceId}::uuid AND project_id = ${projectId}::uuid AND id = ${remarkId}::uuid
      UNION ALL SELECT FROM judgement WHERE workspace_id = ${by.workspaceId}::uuid AND project_id = ${projectId}::uuid
        AND id = ${remarkId}::uuid AND kind = 'answer'
      UNION ALL SELECT FROM lease WHERE workspace_id = ${by.workspaceId}::uuid AND project_id = ${projectId}::uuid
        AND id = ${remarkId}::uuid AND state = 'skipped'`;
    if (!found) throw refused("notThere", { kind: "remark" });
    const changed = done
      ? await markDone(tx, by, projectId, remarkId)
      : (await tx.remarkDone.deleteMany({ where: { projectId, remarkId } })).count;
    if (changed > 0) {
      await promise(tx, "guidance", projectId);
      await recordAudit(tx, by, "remark.settled", remarkId, { projectId, reopened: done ? undefined : true });
    }
  });
}

async function markDone(tx: Transaction, by: MemberActor, projectId: string, remarkId: string): Promise<number> {
  const data = [{ workspaceId: by.workspaceId, projectId, remarkId, memberId: by.id }];
  return (await tx.remarkDone.createMany({ data, skipDuplicates: true })).count;
}
