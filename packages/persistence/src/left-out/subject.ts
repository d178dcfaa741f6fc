import { type LeaveOutWhat, refused } from "@touchstone/contracts";
import { selectedIds } from "../browse/selection.ts";
import type { Database } from "../client.ts";
import { Prisma } from "../generated/client.ts";

/** What a command leaves out, found: its ids of this project, and the judgements `e` that it is about. */
export interface Subject {
  readonly projectId: string;
  readonly kind: "member" | "item" | "judgement";
  readonly ids: readonly string[];
  /** What was named and is not of this project. */
  readonly gone: number;
  readonly judgements: Prisma.Sql;
}

/** The column of `left_out` that names a thing of this kind. */
export const columnOf = {
  member: Prisma.sql`member_id`,
  item: Prisma.sql`task_id`,
  judgement: Prisma.sql`judgement_id`,
} as const;

/** The column of a judgement by which it belongs to a thing of this kind. */
const belongsBy = {
  member: Prisma.sql`member_id`,
  item: Prisma.sql`task_id`,
  judgement: Prisma.sql`id`,
} as const;

/** The condition that a judgement, under this alias, is one of these things', or made by one of these. */
export function ofThese(
  alias: "e" | "s",
  projectId: string,
  kind: Subject["kind"],
  ids: readonly string[],
): Prisma.Sql {
  return Prisma.sql`${Prisma.raw(alias)}.project_id = ${projectId}::uuid
    AND ${Prisma.raw(alias)}.${belongsBy[kind]} = ANY (${[...ids]}::uuid[])`;
}

/**
 * @throws DomainError not_found for a member of another workspace or a judgement of another project; conflict for a selection
 * of too many.
 */
export async function findSubject(
  db: Database,
  workspaceId: string,
  projectId: string,
  what: LeaveOutWhat,
): Promise<Subject> {
  const { kind, ids, asked } = await idsOf(db, workspaceId, projectId, what);
  return { projectId, kind, ids, gone: asked - ids.length, judgements: ofThese("e", projectId, kind, ids) };
}

async function idsOf(db: Database, workspaceId: string, projectId: string, what: LeaveOutWhat) {
  switch (what.kind) {
    case "member": {
      const member = await db.member.findFirst({ where: { workspaceId, id: what.memberId }, select: { id: true } });
      if (!member) throw refused("notThere", { kind: "member" });
      return { kind: "member", ids: [member.id], asked: 1 } as const;
    }
    case "judgement": {
      const where = { workspaceId, projectId, id: what.judgementId, kind: "answer" } as const;
      const judgement = await db.judgement.findFirst({ where, select: { id: true } });
      if (!judgement) throw refused("notThere", { kind: "judgement" });
      return { kind: "judgement", ids: [judgement.id], asked: 1 } as const;
    }
    case "items": {
      const asked = await selectedIds(db, projectId, what.selection);
      const found = await db.$queryRaw<{ id: string }[]>`
        SELECT t.id FROM task t WHERE t.id = ANY (${asked}::uuid[]) AND t.project_id = ${projectId}::uuid ORDER BY t.id`;
      return { kind: "item", ids: found.map(({ id }) => id), asked: asked.length } as const;
    }
  }
}
