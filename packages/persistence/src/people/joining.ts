import { type DomainError, type JoinView, refused } from "@touchstone/contracts";
import { type Database, databaseNow } from "../client.ts";
import type { Prisma } from "../generated/client.ts";
import { kindOf, toLinkView } from "./links.ts";
import { hashSecret } from "./secrets.ts";

const linkInclude = {
  project: {
    select: {
      name: true,
      description: true,
      guidelines: { orderBy: { version: "desc" }, take: 1, select: { id: true, text: true } },
    },
  },
} satisfies Prisma.LinkInclude;
export type UsableLink = Prisma.LinkGetPayload<{ include: typeof linkInclude }>;

/**
 * The link behind a token, if it can still be used.
 *
 * @throws DomainError not_found; link_used_up when it has expired, was revoked or is full.
 */
export async function findUsableLink(db: Database, token: string): Promise<UsableLink> {
  const link = await db.link.findUnique({ where: { hash: hashSecret(token) }, include: linkInclude });
  if (!link) throw refused("linkUnknown");
  const { state } = toLinkView(link, await databaseNow(db));
  if (state !== "open") throw usedUp(state);
  return link;
}

export function usedUp(state: string): DomainError {
  if (state === "used") return refused("linkUsed");
  return refused(state === "revoked" ? "linkRevoked" : "linkExpired");
}

/** Who looks at a link while signed in. */
export interface LinkViewer {
  memberId: string;
  name: string;
  email: string | null;
}

/** What the holder of a link may know before joining, and whether joining would bring them anything. */
export async function describeLink(db: Database, link: UsableLink, viewer: LinkViewer | null): Promise<JoinView> {
  const workspace = await db.workspace.findUniqueOrThrow({ where: { id: link.workspaceId } });
  const member = link.memberId ? await db.member.findUnique({ where: { id: link.memberId } }) : null;
  return {
    kind: kindOf(link),
    workspace: workspace.name,
    projectId: link.projectId,
    project: link.project?.name ?? null,
    description: link.project?.description ?? "",
    guideline: link.project?.guidelines[0]?.text ?? "",
    role: link.role,
    consent: link.consent,
    name: member?.name ?? null,
    remaining: link.capacity - link.used,
    nameAlone: link.nameAlone,
    you: viewer && { name: viewer.name, email: viewer.email, belongs: await belongs(db, link, viewer.memberId) },
  };
}

/** A login may be a member of several workspaces, and the session be one of another than the link's. */
async function belongs(db: Database, link: UsableLink, memberId: string): Promise<boolean> {
  const viewer = await db.member.findUnique({
    where: { id: memberId },
    select: { workspaceId: true, confined: true, access: true },
  });
  if (viewer?.workspaceId !== link.workspaceId) return false;
  return !link.projectId || hasAccess(viewer, link.projectId);
}

interface Led {
  readonly confined: boolean;
  readonly access: readonly { readonly projectId: string }[];
}

/** Without any restriction a member may enter every project; whoever is confined, those that a link has led them to. */
export function hasAccess({ confined, access }: Led, projectId: string): boolean {
  return !confined || access.some((one) => one.projectId === projectId);
}
