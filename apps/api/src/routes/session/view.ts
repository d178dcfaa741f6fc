import { DomainError, type SessionView } from "@touchstone/contracts";
import { type Database, listMemberships, readWorkspace, type SessionRow } from "@touchstone/persistence";
import type { Principal } from "../../plugins/principal.ts";

/** @throws DomainError unauthenticated when the session has ended in the meantime. */
export async function describeSession(db: Database, session: SessionRow | null): Promise<SessionView> {
  if (!session) throw new DomainError("unauthenticated", "Your session has ended.");
  const { memberId, workspaceId, workspaceName, name, email, role, languages, csrfToken } = session;
  return {
    member: { id: memberId, name, email, role, languages },
    workspace: { id: workspaceId, name: workspaceName },
    workspaces: await listMemberships(db, { id: memberId }),
    csrfToken,
  };
}

/** A token needs no CSRF token, so there is none to give; and it stays in its workspace. */
export async function describeToken(db: Database, { id, name, role, workspaceId }: Principal): Promise<SessionView> {
  const workspace = await readWorkspace(db, workspaceId);
  return { member: { id, name, email: null, role }, workspace, workspaces: [{ ...workspace, role }], csrfToken: "" };
}
