import {
  DomainError,
  type ErasedSince,
  type JudgementFilter,
  type JudgementView,
  refused,
} from "@touchstone/contracts";
import { z } from "zod";
import type { Database } from "../client.ts";
import { openPairs } from "../evaluations/open-pairs.ts";
import type { Prisma } from "../generated/client.ts";
import { countDeletedOf } from "../label-sets/deleted.ts";
import { erasedOf } from "../label-sets/erased.ts";
import { leftOutMarks } from "../left-out/marks.ts";
import { countLeftOutOf } from "../left-out/of-label-set.ts";
import { assertProject } from "../projects/queries.ts";
import { type JudgementRow, judgementInclude, readCompletions, toJudgementView } from "./view.ts";

/**
 * A page of a project's judgements, retractions among them unless a state is asked for, newest first. `cursor` is the id
 * of the last one before.
 *
 * @throws DomainError not_found for a project or a cursor of another workspace.
 */
export async function listJudgements(
  db: Database,
  workspaceId: string,
  projectId: string,
  { cursor, limit, ...filter }: JudgementFilter & { cursor?: string | undefined; limit: number },
): Promise<{ items: JudgementView[]; next: string | null }> {
  await assertProject(db, workspaceId, projectId);
  const rows = await db.judgement.findMany({
    where: { projectId, AND: [whereOf(filter), cursor ? await before(db, projectId, cursor) : {}] },
    include: judgementInclude,
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: limit + 1,
  });
  const items = await toViews(db, rows.slice(0, limit));
  return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
}

/** The states are those of the figures: `counted` is what stands, some of it perhaps left out. */
const states = {
  counted: { kind: "answer", surplus: false, repeat: false, supersededBy: { is: null } },
  surplus: { kind: "answer", surplus: true, supersededBy: { is: null } },
  retracted: { kind: "answer", supersededBy: { is: { kind: "retraction" } } },
} as const satisfies Record<string, Prisma.JudgementWhereInput>;

const hourMs = 3_600_000;

function whereOf({ state, source, member, hours }: JudgementFilter): Prisma.JudgementWhereInput {
  return {
    ...(state ? states[state] : {}),
    ...(source ? { source } : {}),
    ...(member ? { memberId: member } : {}),
    ...(hours ? { createdAt: { gt: new Date(Date.now() - hours * hourMs) } } : {}),
  };
}

/** @throws DomainError not_found, also for a judgement of another workspace. */
export async function getJudgement(db: Database, workspaceId: string, id: string): Promise<JudgementView> {
  const row = await db.judgement.findFirst({ where: { workspaceId, id }, include: judgementInclude });
  const [view] = row ? await toViews(db, [row]) : [];
  if (!view) throw refused("notThere", { kind: "judgement" });
  return view;
}

/** Judgements of an import share their moment, so the id decides; the outer bound is what the index can use. */
async function before(db: Database, projectId: string, cursor: string) {
  const last = await db.judgement.findFirst({ where: { projectId, id: cursor }, select: { createdAt: true } });
  if (!last) throw new DomainError("not_found", "This page follows a judgement that is not here.", { path: "cursor" });
  const { createdAt } = last;
  return { createdAt: { lte: createdAt }, OR: [{ createdAt: { lt: createdAt } }, { createdAt, id: { lt: cursor } }] };
}

async function toViews(db: Database, rows: JudgementRow[]): Promise<JudgementView[]> {
  const tasks = rows.map(({ task }) => task);
  const [completions, open, leftOutBy] = await Promise.all([
    readCompletions(db, tasks),
    openPairs(db, tasks),
    leftOutMarks(db, rows),
  ]);
  return rows.map((row) => toJudgementView(row, completions, open.has(row.task.id), leftOutBy(row)));
}

interface LabelSetPage {
  readonly items: JudgementView[];
  readonly next: string | null;
  readonly leftOut: number;
  readonly deleted: number;
  readonly erased: ErasedSince | null;
  readonly made: number;
}

/**
 * The judgements in a label set, in the order of their ids: the end of every model's lineage.
 *
 * @throws DomainError not_found for a label set of another workspace.
 */
export async function listLabelSetJudgements(
  db: Database,
  workspaceId: string,
  labelSetId: string,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): Promise<LabelSetPage> {
  const labelSet = await db.labelSet.findFirst({ where: { workspaceId, id: labelSetId }, select: { counts: true } });
  if (!labelSet) throw refused("notThere", { kind: "labelSet" });
  const rows = await db.labelSetItem.findMany({
    where: { labelSetId, ...(cursor ? { judgementId: { gt: cursor } } : {}) },
    include: { judgement: { include: judgementInclude } },
    orderBy: { judgementId: "asc" },
    take: limit + 1,
  });
  const page = rows.slice(0, limit).map((row) => row.judgement);
  const next = rows.length > limit ? (page.at(-1)?.id ?? null) : null;
  const [leftOut, deleted, erased] = await Promise.all([
    countLeftOutOf(db, labelSetId),
    countDeletedOf(db, labelSetId),
    erasedOf(db, [labelSetId]),
  ]);
  const { judgements: made } = z.object({ judgements: z.number() }).parse(labelSet.counts);
  return { items: await toViews(db, page), next, leftOut, deleted, erased: erased(labelSetId), made };
}
