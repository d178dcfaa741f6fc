import { randomUUID } from "node:crypto";
import { type Message, refused, servedName } from "@touchstone/contracts";
import { namesItself } from "@touchstone/datasets";
import type { Annotator } from "../assignment/annotator.ts";
import type { Database } from "../client.ts";
import { ArenaSampling, assertOpen, type BattleRow, isWhole, lockBattle, type TurnRow } from "./battle-row.ts";
import { arenaAtWork } from "./battles.ts";

export type Side = "a" | "b";

/** What a policy is to be asked for one side, or what it has said already. */
export interface SideToAnswer {
  readonly modelId: string;
  readonly messages: Message[];
  readonly seed: number;
  readonly sampling: { readonly temperature: number; readonly topP: number; readonly maxNewTokens: number };
  /** Null until it is whole. */
  readonly text: string | null;
}

export interface TurnToAnswer {
  readonly battleId: string;
  readonly number: number;
  /** Whoever answers holds this; somebody who comes later takes it. */
  readonly holder: string;
  readonly sides: Readonly<Record<Side, SideToAnswer>>;
}

/**
 * Takes the last turn of a battle to have it answered: whoever was at it, in another window or before the network broke,
 * writes nothing of it any more. The same seeds give the same answers however often it is taken.
 *
 * @throws DomainError not_found; conflict where it has ended, is whole, or the project rests
 */
export async function takeTurn(db: Database, who: Annotator, id: string): Promise<TurnToAnswer> {
  return db.$transaction(async (tx) => {
    const battle = await lockBattle(tx, who, id);
    assertOpen(battle);
    await arenaAtWork(tx, who, battle.projectId);
    const last = battle.turns.at(-1);
    if (!last || isWhole(last)) throw refused("arenaNothingToAnswer");
    const holder = randomUUID();
    await tx.arenaBattle.update({ where: { id }, data: { answering: holder } });
    return { battleId: id, number: last.number, holder, sides: sidesOf(battle, last) };
  });
}

function sidesOf(battle: BattleRow, { number, aText, bText }: TurnRow): TurnToAnswer["sides"] {
  const sampling = ArenaSampling.parse(battle.sampling);
  const own = { sampling, messages: [] };
  return {
    a: { ...own, modelId: battle.aModelId, messages: said(battle, "a"), seed: battle.aSeed + number - 1, text: aText },
    b: { ...own, modelId: battle.bModelId, messages: said(battle, "b"), seed: battle.bSeed + number - 1, text: bText },
  };
}

/** Each policy goes on from its own answers, and knows nothing of the other's. */
function said({ turns }: BattleRow, side: Side): Message[] {
  return turns.flatMap(({ text, aText, bText }): Message[] => {
    const answer = side === "a" ? aText : bText;
    const asked: Message = { role: "user", content: text };
    return answer === null ? [asked] : [asked, { role: "assistant", content: answer }];
  });
}

/** Whether somebody has come later. */
export async function isStillHeld(db: Database, { battleId, holder }: TurnToAnswer): Promise<boolean> {
  const row = await db.arenaBattle.findUnique({ where: { id: battleId }, select: { answering: true, state: true } });
  return row?.state === "open" && row.answering === holder;
}

/**
 * Keeps one side's whole answer, unless somebody has come later or it is kept already.
 *
 * @throws DomainError conflict in the first case
 */
export async function keepAnswer(
  db: Database,
  who: Annotator,
  { battleId, number, holder }: TurnToAnswer,
  side: Side,
  { text, finishReason }: { readonly text: string; readonly finishReason: string },
): Promise<void> {
  await db.$transaction(async (tx) => {
    const battle = await lockBattle(tx, who, battleId);
    if (battle.state !== "open" || battle.answering !== holder) throw refused("arenaElsewhere");
    const model = battle[side];
    const names = [
      ...new Set([servedName(model), model.givenName ?? model.name].flatMap((name) => namesItself(text, name))),
    ];
    const data =
      side === "a"
        ? { aText: text, aFinishReason: finishReason, aNamesItself: names }
        : { bText: text, bFinishReason: finishReason, bNamesItself: names };
    await tx.arenaTurn.update({ where: { battleId_number: { battleId, number } }, data });
  });
}
