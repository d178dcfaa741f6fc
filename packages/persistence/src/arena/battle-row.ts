import { type ArenaBattleView, ArenaChoice, BattleState, refused, servedName } from "@touchstone/contracts";
import { z } from "zod";
import type { Annotator } from "../assignment/annotator.ts";
import type { Database, Transaction } from "../client.ts";
import type { Prisma } from "../generated/client.ts";

/** What a policy is called by. */
export const called = { select: { name: true, givenName: true, number: true } } as const;
const battleInclude = { turns: { orderBy: { number: "asc" } }, a: called, b: called } as const;
export type BattleRow = Prisma.ArenaBattleGetPayload<{ include: typeof battleInclude }>;
export type TurnRow = BattleRow["turns"][number];

/** How both answers are drawn, as it was when the battle began. */
export const ArenaSampling = z.object({ temperature: z.number(), topP: z.number(), maxNewTokens: z.number().int() });

/** @throws DomainError not_found, also for a battle of somebody else's, or of a project where they may work no longer */
export async function findBattle(db: Database | Transaction, who: Annotator, id: string): Promise<BattleRow> {
  const { workspaceId, memberId } = who;
  const row = await db.arenaBattle.findFirst({ where: { id, workspaceId, memberId }, include: battleInclude });
  if (!row || !(await mayWork(db, who, row.projectId))) throw refused("notYours", { kind: "battle" });
  return row;
}

export function findOpenBattle(db: Database | Transaction, who: Annotator, projectId: string) {
  return db.arenaBattle.findFirst({ where: { ...who, projectId, state: "open" }, include: battleInclude });
}

export function findByKey(db: Database | Transaction, { memberId }: Annotator, idempotencyKey: string) {
  return db.arenaBattle.findFirst({ where: { memberId, idempotencyKey }, include: battleInclude });
}

export async function mayWork(db: Database | Transaction, { workspaceId, memberId }: Annotator, projectId: string) {
  const [row] = await db.$queryRaw<{ may: boolean }[]>`
    SELECT may_work(${workspaceId}::uuid, p.id, ${memberId}::uuid) AS may FROM project p
    WHERE p.id = ${projectId}::uuid AND p.deleted_at IS NULL`;
  return row?.may === true;
}

/** The same row as nobody else changes it until the transaction ends. @throws DomainError not_found */
export async function lockBattle(tx: Transaction, who: Annotator, id: string): Promise<BattleRow> {
  await tx.$queryRaw`SELECT FROM arena_battle WHERE id = ${id}::uuid FOR UPDATE`;
  return findBattle(tx, who, id);
}

/** @throws DomainError conflict where it has ended */
export function assertOpen({ state }: BattleRow): void {
  if (state !== "open") throw refused("arenaEnded");
}

export const isWhole = ({ aText, bText }: TurnRow): boolean => aText !== null && bText !== null;

/** What its answers have said that they are. */
export function selfNamed({ turns }: BattleRow): string[] {
  return [...new Set(turns.flatMap(({ aNamesItself, bNamesItself }) => [...aNamesItself, ...bNamesItself]))];
}

/** A battle as its annotator may see it: whose answers these are only once they have voted. */
export function toBattleView(row: BattleRow): ArenaBattleView {
  const { id, projectId, turns, mostTurns, createdAt, choice } = row;
  return {
    id,
    projectId,
    state: BattleState.parse(row.state),
    turns: turns.map(({ number, text, aText, bText }) => ({
      number,
      text,
      // One alone would tell which of the two was quicker.
      answers: aText === null || bText === null ? null : { a: aText, b: bText },
    })),
    mostTurns,
    createdAt: createdAt.toISOString(),
    told: choice === null ? null : toldOf(row, ArenaChoice.parse(choice)),
  };
}

function toldOf(row: BattleRow, choice: ArenaChoice): NonNullable<ArenaBattleView["told"]> {
  return {
    a: revealed(row.a),
    b: revealed(row.b),
    choice,
    reason: row.reason,
    selfNamed: row.notCounted === null ? [] : selfNamed(row),
    counted: row.notCounted === null,
  };
}

/** What a policy is called once it is told. */
export const revealed = (model: BattleRow["a"]) => ({ name: servedName(model), number: model.number });
