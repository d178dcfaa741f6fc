import { createHash, randomUUID } from "node:crypto";
import {
  type ArenaBattleView,
  type ArenaChoice,
  type ArenaVote,
  type Message,
  type PreferenceAnswer,
  Questions,
  refused,
  standardQuestion,
  trajectoryText,
} from "@touchstone/contracts";
import { splitOf } from "@touchstone/labeling";
import type { Annotator } from "../assignment/annotator.ts";
import type { Database, Transaction } from "../client.ts";
import { promptHash } from "../prompts/insert.ts";
import {
  ArenaSampling,
  assertOpen,
  type BattleRow,
  findBattle,
  isWhole,
  lockBattle,
  selfNamed,
  toBattleView,
} from "./battle-row.ts";

/** Votes are asked in words of their own, so that nobody's questionnaire changes what they mean. */
const questionnaireName = "arena";
/** Their items are a batch of their own, which has ended: they are handed out only if somebody opens it. */
export const arenaBatch = 900;
/** Why an item is there; it is how all that filters by origin knows it. */
const reason = "arena";

/** A scale of three with “both bad” beside it; the side shown first is A. */
const answers: Readonly<Record<ArenaChoice, PreferenceAnswer>> = {
  a: { choice: "graded", step: 2 },
  tie: { choice: "graded", step: 4 },
  b: { choice: "graded", step: 6 },
  "both-bad": { choice: "both-bad" },
};

/**
 * One vote, which becomes a judgement like any other: a prompt, two answers with what made them, and who said what of them.
 * Where an answer has said which model it is of, the vote is kept and is none.
 *
 * @throws DomainError not_found; conflict where the answers are not whole, it has ended, or was voted on otherwise
 */
export async function voteInBattle(
  db: Database,
  who: Annotator,
  id: string,
  { choice, reason: why }: ArenaVote,
): Promise<ArenaBattleView> {
  return db.$transaction(async (tx) => {
    const battle = await lockBattle(tx, who, id);
    if (battle.state === "voted") {
      if (battle.choice !== choice) throw refused("arenaVoted");
      return toBattleView(battle);
    }
    assertOpen(battle);
    const last = battle.turns.at(-1);
    if (!last || !isWhole(last)) throw refused("arenaNotWhole");
    const notCounted = selfNamed(battle).length > 0 ? "selfNamed" : null;
    const taskId = notCounted === null ? await insertJudgement(tx, battle, choice, why) : null;
    await tx.arenaBattle.update({
      where: { id },
      data: { state: "voted", choice, reason: why, notCounted, taskId, answering: null, endedAt: new Date() },
    });
    return toBattleView(await findBattle(tx, who, id));
  });
}

async function insertJudgement(tx: Transaction, battle: BattleRow, choice: ArenaChoice, why: string): Promise<string> {
  const { workspaceId, projectId, memberId } = battle;
  const promptId = await promptOf(tx, battle);
  const a = await insertCompletion(tx, battle, promptId, "a");
  const b = await insertCompletion(tx, battle, promptId, "b");
  await tx.$executeRaw`
    INSERT INTO batch (workspace_id, project_id, number, name, state)
    VALUES (${workspaceId}::uuid, ${projectId}::uuid, ${arenaBatch}::int, 'Arena', 'ended') ON CONFLICT DO NOTHING`;
  const questionnaireId = await questionnaireOf(tx, battle);
  const task = await tx.task.create({
    data: {
      ...{ workspaceId, projectId, questionnaireId, promptId, completionIds: [a, b] },
      ...{ overlap: 1, batch: arenaBatch, reason, state: "ended" },
    },
    select: { id: true },
  });
  const guideline = await tx.guideline.findFirstOrThrow({
    where: { projectId },
    orderBy: { version: "desc" },
    select: { id: true },
  });
  const shownOrder = [0, 1];
  const common = { workspaceId, projectId, taskId: task.id, memberId, guidelineId: guideline.id, shownOrder };
  const lease = await tx.lease.create({
    data: { ...common, slot: 1, token: randomUUID(), state: "judged", expiresAt: new Date() },
    select: { id: true },
  });
  const member = await tx.member.findUniqueOrThrow({ where: { id: memberId }, select: { kind: true } });
  const judgement = await tx.judgement.create({
    data: {
      ...{ ...common, leaseId: lease.id, answer: { ...answers[choice] }, comment: why, source: member.kind },
      // A battle is voted on once, whatever else fails to see to it.
      ...{ idempotencyKey: battle.id, bodyHash: createHash("sha256").update(`${battle.id} ${choice}`).digest("hex") },
    },
    select: { id: true },
  });
  await tx.$executeRaw`SELECT write_journal(l, e) FROM lease l, unnest(ARRAY['leased', 'judged']) e WHERE l.id = ${lease.id}::uuid`;
  await tx.$executeRaw`INSERT INTO outbox (topic, key, subject) VALUES ('judged', ${projectId}::uuid, ${judgement.id}::uuid)`;
  // As `count_judgement`, without its draw: what was told can't come again blind.
  await tx.$executeRaw`
    INSERT INTO tally (member_id, project_id, day, today, total)
    VALUES (${memberId}::uuid, ${projectId}::uuid, (clock_timestamp() AT TIME ZONE 'UTC')::date, 1, 1)
    ON CONFLICT (member_id, project_id) DO UPDATE SET
      today = CASE WHEN tally.day = excluded.day THEN tally.today + 1 ELSE 1 END,
      repeats_today = CASE WHEN tally.day = excluded.day THEN tally.repeats_today ELSE 0 END,
      day = excluded.day,
      total = tally.total + 1`;
  return task.id;
}

/** The same words are the same prompt, whoever wrote them; one of the project's own stays its own. */
async function promptOf(tx: Transaction, { workspaceId, projectId, turns }: BattleRow): Promise<string> {
  const messages: Message[] = [{ role: "user", content: turns[0]?.text ?? "" }];
  const hash = promptHash(messages);
  await tx.prompt.createMany({
    data: [
      {
        ...{ workspaceId, projectId, hash, cluster: hash, split: splitOf(hash), arena: true },
        messages: messages.map((message) => ({ ...message })),
      },
    ],
    skipDuplicates: true,
  });
  const { id } = await tx.prompt.findUniqueOrThrow({
    where: { projectId_hash: { projectId, hash } },
    select: { id: true },
  });
  return id;
}

async function insertCompletion(
  tx: Transaction,
  battle: BattleRow,
  promptId: string,
  side: "a" | "b",
): Promise<string> {
  const { temperature, topP, maxNewTokens } = ArenaSampling.parse(battle.sampling);
  const last = battle.turns.at(-1);
  const own =
    side === "a"
      ? { modelVersionId: battle.aModelId, seed: battle.aSeed, finishReason: last?.aFinishReason ?? null }
      : { modelVersionId: battle.bModelId, seed: battle.bSeed, finishReason: last?.bFinishReason ?? null };
  const { id } = await tx.completion.create({
    data: {
      ...own,
      ...{ workspaceId: battle.workspaceId, promptId, key: `arena.${battle.id}.${side}` },
      ...{ text: answerText(battle, side), sampling: { temperature, topK: 0, topP, maxNewTokens } },
    },
    select: { id: true },
  });
  return id;
}

/** Of one turn its words; a conversation that goes on is a trajectory, as everywhere (docs/trajectories.md). */
function answerText({ turns }: Pick<BattleRow, "turns">, side: "a" | "b"): string {
  const textOf = (turn: BattleRow["turns"][number]) => (side === "a" ? turn.aText : turn.bText) ?? "";
  const [first, ...more] = turns;
  if (!first || more.length === 0) return first ? textOf(first) : "";
  const steps = [
    { source: "agent" as const, message: textOf(first) },
    ...more.flatMap((turn) => [
      { source: "user" as const, message: turn.text },
      { source: "agent" as const, message: textOf(turn) },
    ]),
  ];
  return trajectoryText({
    schema_version: "ATIF-v1.7",
    steps: steps.map((step, index) => ({ step_id: index + 1, ...step })),
  });
}

async function questionnaireOf(tx: Transaction, { workspaceId, projectId }: BattleRow): Promise<string> {
  // Of two first votes at once, the second waits and finds it.
  await tx.$queryRaw`SELECT FROM project WHERE id = ${projectId}::uuid FOR NO KEY UPDATE`;
  const question = { ...standardQuestion("preference"), settings: { steps: 3, bothBad: true } };
  const latest = await tx.questionnaire.findFirst({
    where: { projectId, name: questionnaireName },
    orderBy: { version: "desc" },
  });
  const [only, ...more] = latest ? Questions.parse(latest.questions) : [];
  const fits =
    only?.kind === "preference" && more.length === 0 && only.settings.steps === 3 && only.settings.bothBad === true;
  if (latest && fits) return latest.id;
  const version = (latest?.version ?? 0) + 1;
  const made = await tx.questionnaire.create({
    data: { workspaceId, projectId, name: questionnaireName, version, questions: Questions.parse([question]) },
  });
  return made.id;
}
