import { createHash } from "node:crypto";
import {
  type AskedPairView,
  completionsOf,
  type GivenAnswer,
  type PairToAsk,
  Questions,
  refused,
  servedName,
} from "@touchstone/contracts";
import { namesItself } from "@touchstone/datasets";
import { splitOf } from "@touchstone/labeling";
import { type Actor, recordAudit } from "../audit/record.ts";
import type { Database, Transaction } from "../client.ts";
import { findModel, lockModel } from "../models/queries.ts";
import { promptHash } from "../prompts/insert.ts";
import type { GeneratedAnswer } from "./insert.ts";

interface Place {
  readonly workspaceId: string;
  readonly projectId: string;
}

/** Beside fresh answers of runs: whoever asks by hand waits for these. */
const batch = 90;
const reason = "playground";

/**
 * Makes of two answers, given to one conversation, a task for people: the prompt that it is (or was already), two candidates with
 * their model, sampling and seed, and the task itself, blind as any. The same pair again is the same task, however often it is sent.
 *
 * @throws DomainError not_found; invalid_value where nobody could choose between the two; conflict for a model of another project.
 */
export async function askPair(db: Database, by: Actor, projectId: string, asked: PairToAsk): Promise<AskedPairView> {
  const place = { workspaceId: by.workspaceId, projectId };
  const names = comparable(asked);
  return db.$transaction(async (tx) => {
    const project = await tx.project.findFirst({ where: { id: projectId, workspaceId: by.workspaceId } });
    if (!project) throw refused("notThere", { kind: "project" });
    const questionnaireId = await questionnaireOfTwo(tx, place, asked.questionnaire);
    for (const [index, { modelId }] of asked.answers.entries()) await assertPolicy(tx, place, modelId, index);
    const promptId = await promptOf(tx, place, asked.answers[0].messages);
    const completionIds: string[] = [];
    for (const [index, answer] of asked.answers.entries())
      completionIds.push(await completionOf(tx, place, promptId, answer, names[index] ?? []));
    const there = await tx.task.findFirst({
      where: {
        ...{ promptId, questionnaireId, evaluationId: null },
        OR: [{ completionIds: { equals: completionIds } }, { completionIds: { equals: completionIds.toReversed() } }],
      },
      select: { id: true, overlap: true },
    });
    if (there) return { taskId: there.id, already: true, overlap: there.overlap };
    const overlap = asked.overlap ?? project.overlap;
    const task = { ...place, promptId, questionnaireId, completionIds, overlap, batch, reason };
    const { id } = await tx.task.create({ data: task, select: { id: true } });
    await recordAudit(tx, by, "pair.asked", id, { projectId, name: asked.questionnaire, overlap });
    return { taskId: id, already: false, overlap };
  });
}

/** @returns what each answer says that it is. @throws DomainError invalid_value where there is nothing to choose, or who judges would know whose it is */
function comparable({ answers, selfNamed }: PairToAsk): string[][] {
  const [a, b] = answers;
  if (promptHash(a.messages) !== promptHash(b.messages))
    throw refused("pairOfTwoPrompts", { at: "answers.1.messages" });
  if (a.text === b.text) throw refused("pairOfOneText", { at: "answers.1.text" });
  return answers.map(({ text }, index) => {
    const names = namesItself(text, "");
    if (names.length > 0 && selfNamed === "hold")
      throw refused("pairNamesItself", { number: index + 1, names: names.join(", "), at: `answers.${index}.text` });
    return names;
  });
}

/** The newest version of that name. @throws DomainError invalid_value */
async function questionnaireOfTwo(tx: Transaction, place: Place, name: string): Promise<string> {
  const all = await tx.questionnaire.findMany({ where: place, orderBy: { version: "desc" } });
  const newest = all.find((one) => one.name === name);
  if (!newest) {
    const known = [...new Set(all.map((one) => one.name))].sort().join(", ");
    throw refused("noQuestionnaire", { name, known, at: "questionnaire" });
  }
  const { least, most } = completionsOf(Questions.parse(newest.questions));
  if (least > 2 || most < 2) throw refused("pairNotShown", { name, least, most, at: "questionnaire" });
  return newest.id;
}

/** Nobody deletes it before its answer is there. @throws DomainError not_found, invalid_value, conflict */
async function assertPolicy(tx: Transaction, place: Place, id: string, index: number): Promise<void> {
  await lockModel(tx, place.workspaceId, id);
  const model = await findModel(tx, place.workspaceId, id);
  const at = `answers.${index}.modelId`;
  if (model.kind !== "policy") throw refused("servingNotPolicy", { name: servedName(model), at });
  if (model.projectId !== null && model.projectId !== place.projectId)
    throw refused("pairOfOtherProject", { name: servedName(model), at });
}

/** The prompt that these turns are, held so that whoever sends the same pair meanwhile waits. */
async function promptOf(tx: Transaction, place: Place, messages: GivenAnswer["messages"]): Promise<string> {
  const hash = promptHash(messages);
  const fresh = { ...place, messages, cluster: hash, split: splitOf(hash), hash };
  await tx.prompt.createMany({ data: [fresh], skipDuplicates: true });
  const [row] = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM prompt WHERE project_id = ${place.projectId}::uuid AND hash = ${hash} FOR NO KEY UPDATE`;
  if (!row) throw new Error("A prompt was neither there nor could be written");
  return row.id;
}

/** The answer as one of a run's is kept, once. */
async function completionOf(
  tx: Transaction,
  { workspaceId }: Place,
  promptId: string,
  { modelId, sampling, seed, text, finishReason }: GivenAnswer,
  names: string[],
): Promise<string> {
  const { temperature, topP, maxNewTokens } = sampling;
  const drawn = [modelId, temperature, topP, maxNewTokens ?? null, seed, finishReason, text];
  const key = `playground.${createHash("sha256").update(JSON.stringify(drawn)).digest("hex")}`;
  const answer: GeneratedAnswer = {
    ...{ promptId, modelVersionId: modelId, text, seed, finishReason },
    ...(names.length > 0 ? { metadata: { namesItself: names } } : {}),
  };
  const data = [{ ...answer, workspaceId, sampling: { ...sampling }, key }];
  await tx.completion.createMany({ data, skipDuplicates: true });
  const { id } = await tx.completion.findUniqueOrThrow({
    where: { promptId_key: { promptId, key } },
    select: { id: true },
  });
  return id;
}
