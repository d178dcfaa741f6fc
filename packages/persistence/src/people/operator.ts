import { DomainError } from "@touchstone/contracts";
import { recordAudit } from "../audit/record.ts";
import type { Database } from "../client.ts";
import { promise } from "../outbox/promise.ts";
import { normaliseEmail } from "./logins.ts";
import { setPassword } from "./reset.ts";

/**
 * Sets a login's password for the operator of the installation: also of one that belongs to several workspaces, which no
 * admin of one of them may do. Ends its sessions and tokens everywhere, with the sockets that they opened, and each of
 * its workspaces has it in the audit.
 *
 * @returns the names of the workspaces that it belongs to.
 * @throws DomainError not_found for an address without a login.
 */
export async function resetLogin(db: Database, email: string, passwordHash: string): Promise<string[]> {
  return db.$transaction(async (tx) => {
    const user = await tx.user.findUnique({ where: { email: normaliseEmail(email) }, select: { id: true } });
    if (!user) throw new DomainError("not_found", `Nobody signs in with ${email} here.`);
    const members = await setPassword(tx, user.id, passwordHash);
    for (const { id, workspaceId } of members) {
      await recordAudit(tx, { workspaceId, id: null }, "password.reset", id, { byOperator: true });
    }
    // This command is no process of the API: those that hold its sockets hear of it as of a judgement.
    await promise(tx, "access-changed", user.id);
    return members.map(({ workspace }) => workspace.name);
  });
}
