import { DomainError, type JoinView } from "@touchstone/contracts";
import type { Database } from "../client.ts";
import type { Prisma } from "../generated/client.ts";
import { toLinkView } from "./links.ts";
import { hashSecret } from "./secrets.ts";

const linkInclude = { project: { select: { name: true } } } satisfies Prisma.LinkInclude;
export type UsableLink = Prisma.LinkGetPayload<{ include: typeof linkInclude }>;

/**
 * The link behind a token, if it can still be used.
 *
 * @throws DomainError not_found; link_used_up when it has expired, was revoked or is full.
 */
export async function findUsableLink(db: Database, token: string): Promise<UsableLink> {
  const link = await db.link.findUnique({ where: { hash: hashSecret(token) }, include: linkInclude });
  if (!link) throw new DomainError("not_found", "This link is unknown; ask for a new one.");
  const { state } = toLinkView(link);
  if (state !== "open") throw usedUp(state);
  return link;
}

export function usedUp(state: string): DomainError {
  const reasons: Record<string, string> = { used: "has been used up", revoked: "was revoked" };
  return new DomainError("link_used_up", `This link ${reasons[state] ?? "has expired"}; ask for a new one.`);
}

/** What the holder of a link may know before joining. */
export async function describeLink(db: Database, link: UsableLink): Promise<JoinView> {
  const workspace = await db.workspace.findUniqueOrThrow({ where: { id: link.workspaceId } });
  const member = link.memberId ? await db.member.findUnique({ where: { id: link.memberId } }) : null;
  return {
    kind: toLinkView(link).kind,
    workspace: workspace.name,
    project: link.project?.name ?? null,
    role: link.role,
    consent: link.consent,
    name: member?.name ?? null,
    remaining: link.capacity - link.used,
  };
}
