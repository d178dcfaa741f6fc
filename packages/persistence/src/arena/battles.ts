import { randomInt } from "node:crypto";
import { type ArenaBattleView, type ArenaView, refused } from "@touchstone/contracts";
import type { Annotator } from "../assignment/annotator.ts";
import type { Database, Transaction } from "../client.ts";
import type { Arena } from "../generated/client.ts";
import {
  assertOpen,
  findBattle,
  findByKey,
  findOpenBattle,
  isWhole,
  lockBattle,
  mayWork,
  toBattleView,
} from "./battle-row.ts";
import { assertMayBegin, assertMaySend, battlesLeft } from "./limits.ts";

/** Below it a turn's own seed, one more for each, still fits a 32-bit integer. */
const seedsBelow = 2 ** 31 - 100;

/** Projects whose arena is on and where this member may work. */
export async function listArenas(db: Database, who: Annotator): Promise<{ projectId: string; name: string }[]> {
  const { workspaceId, memberId } = who;
  return db.$queryRaw`
    SELECT p.id AS "projectId", p.name FROM project p JOIN arena a ON a.project_id = p.id AND a.is_on
    WHERE p.workspace_id = ${workspaceId}::uuid AND p.state = 'active' AND p.deleted_at IS NULL
      AND may_work(p.workspace_id, p.id, ${memberId}::uuid) ORDER BY p.id`;
}

/** @throws DomainError not_found, also where they may not work; conflict where it is off */
export async function getArena(db: Database, who: Annotator, projectId: string): Promise<ArenaView> {
  const { arena, project } = await arenaOf(db, who, projectId);
  const battle = await findOpenBattle(db, who, projectId);
  // Where it was closed meanwhile, a battle that is open can still be voted on.
  if (!arena || (!arena.isOn && !battle)) throw refused("arenaOff");
  const { mostTurns, promptCharacters, battlesADay, messagesAMinute } = arena;
  const left = await battlesLeft(db, who, arena, new Date());
  return {
    projectId,
    name: project.name,
    limits: { mostTurns, promptCharacters, battlesADay, messagesAMinute },
    left: Math.min(left.own, left.all ?? left.own),
    battle: battle && toBattleView(battle),
  };
}

/** @throws DomainError not_found */
export async function getBattle(db: Database, who: Annotator, id: string): Promise<ArenaBattleView> {
  return toBattleView(await findBattle(db, who, id));
}

/**
 * Draws two policies and their sides, and keeps the first prompt. The same key again is the same battle.
 *
 * @throws DomainError not_found; conflict (off, resting, too few policies, one open already), invalid_value,
 * too_many_requests
 */
export async function beginBattle(
  db: Database,
  who: Annotator,
  projectId: string,
  { idempotencyKey, text }: { idempotencyKey: string; text: string },
): Promise<ArenaBattleView> {
  return db.$transaction(async (tx) => {
    // One member's requests queue here, so that no two of them pass a limit together.
    await tx.$queryRaw`SELECT FROM member WHERE id = ${who.memberId}::uuid FOR NO KEY UPDATE`;
    const known = await findByKey(tx, who, idempotencyKey);
    if (known) return toBattleView(await findBattle(tx, who, known.id));
    const { arena } = await arenaAtWork(tx, who, projectId);
    if (await findOpenBattle(tx, who, projectId)) throw refused("arenaBattleOpen");
    const now = new Date();
    await assertMayBegin(tx, who, arena, now);
    await assertMaySend(tx, who, arena, text, now);
    const [aModelId, bModelId] = await drawTwo(tx, projectId);
    const { temperature, topP, maxNewTokens, mostTurns } = arena;
    const { id } = await tx.arenaBattle.create({
      data: {
        ...{ workspaceId: who.workspaceId, memberId: who.memberId, projectId, idempotencyKey },
        ...{ aModelId, bModelId, aSeed: randomInt(seedsBelow), bSeed: randomInt(seedsBelow) },
        ...{ sampling: { temperature, topP, maxNewTokens }, mostTurns },
        turns: { create: { number: 1, text } },
      },
    });
    return toBattleView(await findBattle(tx, who, id));
  });
}

/** Two different ones, each pair as likely as any other, and each side too. @throws DomainError conflict where there are none */
async function drawTwo(tx: Transaction, projectId: string): Promise<[string, string]> {
  const rows = await tx.arenaModel.findMany({
    where: { projectId, model: { archivedAt: null, kind: "policy" } },
    select: { modelVersionId: true },
  });
  const ids = rows.map(({ modelVersionId }) => modelVersionId);
  const a = ids.splice(randomInt(Math.max(1, ids.length)), 1)[0];
  const b = ids[randomInt(Math.max(1, ids.length))];
  if (a === undefined || b === undefined) throw refused("arenaTooFew");
  return [a, b];
}

/**
 * What the annotator says next to both. The same turn again changes nothing.
 *
 * @throws DomainError not_found; conflict (ended, not whole, turns done, another turn is there), invalid_value,
 * too_many_requests
 */
export async function addTurn(
  db: Database,
  who: Annotator,
  id: string,
  { number, text }: { number: number; text: string },
): Promise<ArenaBattleView> {
  return db.$transaction(async (tx) => {
    await tx.$queryRaw`SELECT FROM member WHERE id = ${who.memberId}::uuid FOR NO KEY UPDATE`;
    const battle = await lockBattle(tx, who, id);
    const there = battle.turns.find((turn) => turn.number === number);
    if (there?.text === text) return toBattleView(battle);
    assertOpen(battle);
    const last = battle.turns.at(-1);
    if (there || last?.number !== number - 1) throw refused("arenaTurnThere");
    if (!isWhole(last)) throw refused("arenaNotWhole");
    if (number > battle.mostTurns) throw refused("arenaTurnsDone", { limit: battle.mostTurns });
    if (last.aText === "" || last.bText === "") throw refused("arenaEmptyAnswer");
    const { arena } = await arenaAtWork(tx, who, battle.projectId);
    await assertMaySend(tx, who, arena, text, new Date());
    await tx.arenaTurn.create({ data: { workspaceId: who.workspaceId, battleId: id, number, text } });
    return toBattleView(await findBattle(tx, who, id));
  });
}

/** @throws DomainError not_found; conflict where it is not the last one, the first, or answered */
export async function takeTurnBack(db: Database, who: Annotator, id: string, number: number): Promise<ArenaBattleView> {
  return db.$transaction(async (tx) => {
    const battle = await lockBattle(tx, who, id);
    assertOpen(battle);
    const last = battle.turns.at(-1);
    // It was taken back before: whoever did not hear the first answer hears it now.
    if (last?.number === number - 1) return toBattleView(battle);
    if (last?.number !== number || number === 1 || isWhole(last)) throw refused("arenaNothingToTakeBack");
    await tx.arenaTurn.delete({ where: { battleId_number: { battleId: id, number } } });
    await tx.arenaBattle.update({ where: { id }, data: { answering: null } });
    return toBattleView(await findBattle(tx, who, id));
  });
}

/**
 * Ends a battle without a vote. One that is withdrawn keeps its row, which counts for the day, and none of its words.
 *
 * @throws DomainError not_found; conflict where it has been voted on
 */
export async function endBattle(
  db: Database,
  who: Annotator,
  id: string,
  how: "abandoned" | "withdrawn",
): Promise<ArenaBattleView> {
  return db.$transaction(async (tx) => {
    const { state } = await lockBattle(tx, who, id);
    if (state === "voted") throw refused("arenaVoted");
    // What was abandoned can still be withdrawn, and what is withdrawn is gone.
    if (state === "open" || (state === "abandoned" && how === "withdrawn")) {
      await tx.arenaBattle.update({ where: { id }, data: { state: how, endedAt: new Date(), answering: null } });
      if (how === "withdrawn") await tx.arenaTurn.deleteMany({ where: { battleId: id } });
    }
    return toBattleView(await findBattle(tx, who, id));
  });
}

async function arenaOf(db: Database | Transaction, who: Annotator, projectId: string) {
  const where = { id: projectId, workspaceId: who.workspaceId, deletedAt: null };
  const project = await db.project.findFirst({ where, select: { name: true, state: true, arena: true } });
  if (!project || !(await mayWork(db, who, projectId))) throw refused("notYours", { kind: "project" });
  return { project, arena: project.arena };
}

/** @throws DomainError not_found; conflict where it is off or its project rests */
export async function arenaAtWork(
  db: Database | Transaction,
  who: Annotator,
  projectId: string,
): Promise<{ arena: Arena }> {
  const { arena, project } = await arenaOf(db, who, projectId);
  if (!arena?.isOn) throw refused("arenaOff");
  if (project.state !== "active") throw refused("arenaResting");
  return { arena };
}
